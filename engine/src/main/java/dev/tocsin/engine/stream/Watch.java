package dev.tocsin.engine.stream;

import dev.tocsin.engine.incremental.ConditionPlan;
import dev.tocsin.engine.partition.Conflicts;
import dev.tocsin.engine.partition.Leaves;
import dev.tocsin.engine.partition.PartitionKey;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Expr.VectorSelector;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.rules.file.AlertRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One alert rule that is watched, and its partitions. Between slots, of a rule without `for` all
/// partitions are of interest; of another one those that are awaited. Engine's thread.
public final class Watch {
  /// Members of a partition that the evaluator may be asked about after every sample, where no plan
  /// can spare it most of the times; a larger one is judged at slots alone.
  static final int MEMBERS_MAX = 512;

  /// Members of a partition that a plan looks at after every sample; a larger one is judged at
  /// slots alone, whether it has a plan or not.
  static final int PLANNED_MEMBERS_MAX = 4096;

  private static final Members[] NO_MEMBERS = {};

  private final AlertRule rule;
  private int order;
  private final long offsetMs;
  private final PartitionKey key;
  private final List<List<Matcher>> leaves;
  private final @Nullable ConditionPlan plan;
  private final Map<Labels, Partition> byLabels = new HashMap<>();
  private final List<Partition> solos = new ArrayList<>();
  private List<Partition> held = new ArrayList<>();
  private boolean mixed;
  private boolean paused;
  private List<Partition> deferred = new ArrayList<>();

  /// All its partitions are proven false for queries at these times, as long as no sample comes:
  /// from, inclusive.
  private long quietFromMs = Long.MAX_VALUE;

  /// To, exclusive.
  private long quietUntilMs = Long.MIN_VALUE;

  /// The time of the latest query for which a partition was looked at.
  private long lookedAtMs = Long.MIN_VALUE;

  /// So many slots in a row could leave next to nothing out; [SlotProofs].
  private int fruitless;

  /// So many more do not ask.
  private int unasked;

  /// What its last slot saw: what had come with this input, and is not later than this.
  private long seenSeq;

  private long seenMs = Long.MIN_VALUE;

  /// @param order among all rules
  /// @param offsetMs how long before now the query looks
  /// @param lookbackMs of the evaluator
  public Watch(AlertRule rule, int order, long offsetMs, long lookbackMs) {
    Expr expr = rule.expr();
    this.rule = rule;
    this.order = order;
    this.offsetMs = offsetMs;
    // What can fail as a whole only is looked at as a whole.
    this.key = Conflicts.partsMayFail(expr) ? PartitionKey.NONE : PartitionKey.of(rule);
    this.leaves = Leaves.of(expr).stream().map(VectorSelector::matchers).toList();
    this.plan = ConditionPlan.of(expr, lookbackMs);
  }

  int order() {
    return order;
  }

  /// Its place may change when rules are reloaded.
  public void order(int next) {
    order = next;
  }

  /// Whether its partitions are not to be judged now, because its slot has begun and not ended.
  public void pause(boolean on) {
    paused = on;
  }

  boolean isPaused() {
    return paused;
  }

  /// One that is queued has its turn when the slot has ended.
  void defer(Partition partition) {
    deferred.add(partition);
  }

  List<Partition> takeDeferred() {
    if (deferred.isEmpty()) {
      return List.of();
    }
    List<Partition> all = deferred;
    deferred = new ArrayList<>();
    return all;
  }

  /// Its group had its slot.
  ///
  /// @param seq the newest input before it, or of it
  /// @param queryMs the time of its query
  public void saw(long seq, long queryMs) {
    seenSeq = seq;
    seenMs = queryMs;
  }

  /// Whether its last slot saw a sample.
  ///
  /// @param seq of the input that brought it
  boolean hasSeen(long seq, long timeMs) {
    return seq <= seenSeq && timeMs <= seenMs;
  }

  boolean sawAt(long seq) {
    return seq == seenSeq;
  }

  public AlertRule rule() {
    return rule;
  }

  long offsetMs() {
    return offsetMs;
  }

  /// Whether all its partitions are of interest at all times: it has no `for`.
  boolean isImmediate() {
    return rule.forMs() == 0;
  }

  /// Whether all its partitions are kept, and not only those of interest: with a plan, slots need
  /// not evaluate what is proven to have no element.
  boolean isWhole() {
    return isImmediate() || plan != null;
  }

  @Nullable ConditionPlan plan() {
    return plan;
  }

  List<List<Matcher>> leaves() {
    return leaves;
  }

  /// Which leaf has these matchers; -1: none.
  int leaf(List<Matcher> matchers) {
    return leaves.indexOf(matchers);
  }

  /// The labels that say which partition a series or an element of the result is in.
  Labels key(Labels labels) {
    return key.restrict(labels);
  }

  PartitionKey key() {
    return key;
  }

  @Nullable Partition known(Labels keyLabels) {
    return byLabels.get(keyLabels);
  }

  Partition partition(Labels keyLabels) {
    return byLabels.computeIfAbsent(keyLabels, key -> create(key, -1));
  }

  /// A partition that is this series and no other.
  Partition solo(int id) {
    Partition made = create(Labels.empty(), id);
    solos.add(made);
    return made;
  }

  private Partition create(Labels keyLabels, int solo) {
    if (solo >= 0) {
      return new Partition(this, keyLabels, solo, NO_MEMBERS);
    }
    Members[] members = new Members[leaves.size()];
    for (int i = 0; i < members.length; i++) {
      members[i] = new Members();
    }
    return new Partition(this, keyLabels, -1, members);
  }

  /// Whether series are partitions of their own: the rule has one selector, that of one metric, and
  /// the key is all labels but a few.
  boolean hasSolos() {
    return !mixed && leaves.size() == 1 && key.names().allBut() && pinsName(leaves.getFirst());
  }

  /// Whether a series with these labels shares its partition with no other of them: all its labels
  /// but the name are in the key.
  boolean isSolo(Labels labels) {
    for (String name : key.names().names()) {
      if (!name.equals(Labels.METRIC_NAME) && !labels.get(name).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static boolean pinsName(List<Matcher> matchers) {
    return matchers.stream()
        .anyMatch(
            matcher ->
                matcher.kind() == Matcher.Kind.EQUAL && matcher.name().equals(Labels.METRIC_NAME));
  }

  /// Two series that would be partitions of their own are one: from now on none is alone.
  void mix() {
    mixed = true;
    solos.clear();
  }

  void forget(Partition partition) {
    byLabels.remove(partition.key);
  }

  /// Notes that it is occupied, or awaited.
  void hold(Partition partition) {
    held.add(partition);
  }

  /// Takes all that are noted.
  List<Partition> release() {
    if (held.isEmpty()) {
      return List.of();
    }
    List<Partition> all = held;
    held = new ArrayList<>();
    return all;
  }

  Collection<Partition> partitions() {
    return byLabels.values();
  }

  /// Partitions that are one series each, where [#hasSolos]; then there are no others.
  List<Partition> solos() {
    return solos;
  }

  /// A sample came, or a series, or an alert began or ended: what was proven of all holds no
  /// longer.
  void stir() {
    quietUntilMs = Long.MIN_VALUE;
  }

  /// All partitions are proven false for queries in that time, as long as none is stirred.
  void calm(long fromMs, long untilMs) {
    quietFromMs = fromMs;
    quietUntilMs = untilMs;
  }

  boolean isCalm(long queryMs) {
    return queryMs >= quietFromMs && queryMs < quietUntilMs;
  }

  /// A partition is looked at: what is found holds for queries from that time on.
  void lookedAt(long queryMs) {
    lookedAtMs = Math.max(lookedAtMs, queryMs);
  }

  boolean wasLookedAtAfter(long queryMs) {
    return lookedAtMs > queryMs;
  }

  /// Whether this slot is not to ask what it can leave out.
  boolean isFruitless() {
    if (unasked == 0) {
      return false;
    }
    unasked--;
    return true;
  }

  /// A slot asked, and could leave next to nothing out.
  ///
  /// @param most so many that follow do not ask
  void fruitless(int most) {
    fruitless = Math.min(most, Math.max(1, 2 * fruitless));
    unasked = fruitless;
  }

  /// A slot could leave something out.
  void fruitful() {
    fruitless = 0;
  }
}
