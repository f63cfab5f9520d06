package dev.tocsin.engine.partition;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.rules.file.Rule;
import dev.tocsin.rules.file.TextEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Label names by which an expression can be evaluated part by part: it makes no difference whether
/// the series are restricted to one combination of values of these labels and then evaluated, or
/// evaluated and then the result restricted. An absent label is a value of its own, the empty one.
///
/// The names are finitely many, or all but finitely many. Any part of a valid key is valid too. The
/// labels that describe the metric itself ([#DESCRIBING]) are never among them, since functions
/// take them away.
///
/// The empty key makes one part of all; every expression has it. Only under the empty key can there
/// be a result where there are no series (`absent(x)`, `vector(1)`).
///
/// What is said of results holds where the expression can be evaluated over all series. Where it
/// cannot, because series of a match conflict or because of a limit, the whole rule has failed, even
/// where every part has a result: see [Conflicts].
///
/// @param allBut whether `names` are those left out
/// @param names without those of [#DESCRIBING]
public record PartitionKey(boolean allBut, Set<String> names) {
  /// In no key.
  static final Set<String> DESCRIBING = Set.of(Labels.METRIC_NAME, "__type__", "__unit__");

  /// All labels but those of [#DESCRIBING]: every series is a part of its own.
  public static final PartitionKey ALL = new PartitionKey(true, Set.of());

  /// One part.
  public static final PartitionKey NONE = new PartitionKey(false, Set.of());

  public PartitionKey {
    TreeSet<String> others = new TreeSet<>(names);
    others.removeAll(DESCRIBING);
    names = Set.copyOf(others);
  }

  /// The largest key that is proven.
  public static PartitionKey of(Expr expr) {
    return KeyFinder.key(expr);
  }

  /// Without the labels that the rule overwrites: so two elements that become the same alert or the
  /// same recorded series come from the same part, and each part has its own.
  public static PartitionKey of(Rule rule) {
    List<String> overwritten = new ArrayList<>();
    // An alert's name becomes a label last of all; a recorded series has it as its metric name.
    overwritten.add("alertname");
    rule.labelTexts().stream().map(TextEntry::name).forEach(overwritten::add);
    return of(rule.expr()).minus(overwritten);
  }

  public static PartitionKey only(Collection<String> names) {
    return new PartitionKey(false, Set.copyOf(names));
  }

  public boolean contains(String name) {
    return names.contains(name) ? !allBut : allBut && !DESCRIBING.contains(name);
  }

  /// Whether there is only one part.
  public boolean isEmpty() {
    return !allBut && names.isEmpty();
  }

  public PartitionKey intersect(PartitionKey other) {
    if (allBut && other.allBut) {
      Set<String> left = new TreeSet<>(names);
      left.addAll(other.names);
      return new PartitionKey(true, left);
    }
    PartitionKey finite = allBut ? other : this;
    PartitionKey any = allBut ? this : other;
    Set<String> kept = new TreeSet<>(finite.names);
    kept.removeIf(name -> !any.contains(name));
    return new PartitionKey(false, kept);
  }

  public PartitionKey intersect(Collection<String> only) {
    return intersect(only(only));
  }

  public PartitionKey minus(Collection<String> taken) {
    return intersect(new PartitionKey(true, Set.copyOf(taken)));
  }

  /// Which part a series or an element of a result belongs to: its labels whose names are in the
  /// key.
  public Labels restrict(Labels labels) {
    if (allBut) {
      Set<String> left = new TreeSet<>(names);
      left.addAll(DESCRIBING);
      return labels.without(left);
    }
    return names.isEmpty() ? Labels.empty() : labels.only(names);
  }

  /// As a sentence would name them.
  @Override
  public String toString() {
    String listed = String.join(", ", new TreeSet<>(names));
    if (allBut) {
      return names.isEmpty() ? "all labels" : "all labels but " + listed;
    }
    return names.isEmpty() ? "no label" : listed;
  }
}
