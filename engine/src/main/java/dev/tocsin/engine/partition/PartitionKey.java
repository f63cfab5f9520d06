package dev.tocsin.engine.partition;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.rules.file.Rule;
import dev.tocsin.rules.file.TextEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Label names by which an expression can be evaluated part by part: it makes no difference whether
/// the series are restricted to one combination of values of these labels and then evaluated, or
/// evaluated and then the result restricted. An absent label is a value of its own, the empty one.
///
/// Any subset of a valid key is valid. The labels that describe the metric itself ([#DESCRIBING])
/// are never in one, since functions take them away.
///
/// The empty key makes one part of all; every expression has it. Only under the empty key can there
/// be a result where there are no series (`absent(x)`, `vector(1)`).
///
/// What is said of results holds where the expression has one over all series. Where a part fails,
/// the expression fails over all series too; the other way round see [Conflicts]. Orders of
/// elements and remarks are no part of a result, and `limit` is counted over all parts.
public record PartitionKey(NameSet names) {
  /// In no key.
  static final Set<String> DESCRIBING = Set.of(Labels.METRIC_NAME, "__type__", "__unit__");

  /// All labels but those of [#DESCRIBING]: every set of labels is a part of its own.
  public static final PartitionKey ALL = new PartitionKey(NameSet.ALL);

  /// One part.
  public static final PartitionKey NONE = new PartitionKey(NameSet.NONE);

  public PartitionKey {
    names = names.minus(DESCRIBING);
  }

  /// The largest key that is proven.
  public static PartitionKey of(Expr expr) {
    return KeyFinder.key(expr);
  }

  /// Without the labels that the rule overwrites: so two elements that become the same alert or the
  /// same recorded series come from the same part, and what each part makes is told apart by the
  /// key's labels.
  public static PartitionKey of(Rule rule) {
    List<String> overwritten = new ArrayList<>();
    // An alert's name becomes a label.
    overwritten.add("alertname");
    rule.labelTexts().stream().map(TextEntry::name).forEach(overwritten::add);
    return of(rule.expr()).minus(overwritten);
  }

  public static PartitionKey only(Collection<String> names) {
    return new PartitionKey(NameSet.only(names));
  }

  public boolean contains(String name) {
    return names.contains(name);
  }

  /// Whether there is only one part.
  public boolean isEmpty() {
    return names.isEmpty();
  }

  public PartitionKey intersect(PartitionKey other) {
    return new PartitionKey(names.intersect(other.names));
  }

  public PartitionKey intersect(Collection<String> only) {
    return new PartitionKey(names.intersect(only));
  }

  public PartitionKey minus(Collection<String> taken) {
    return new PartitionKey(names.minus(taken));
  }

  /// Which part a series or an element of a result belongs to: its labels whose names are in the
  /// key.
  public Labels restrict(Labels labels) {
    return names.allBut() ? labels.without(names.names()) : labels.only(names.names());
  }

  /// As a sentence would name them.
  @Override
  public String toString() {
    return names.allBut() && names.names().equals(DESCRIBING)
        ? "all labels"
        : names.union(names.allBut() ? DESCRIBING : Set.of()).toString();
  }
}
