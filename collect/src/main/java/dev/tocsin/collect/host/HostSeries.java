package dev.tocsin.collect.host;

import dev.tocsin.model.labels.Labels;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// All series of the host, each in a slot with its newest value. A part asks for a slot once, keeps
/// it, and from then on only sets numbers. Bounded: beyond [#SERIES_MAX] a new series gets no slot
/// and is not collected (counted); before that, series that ended long ago give theirs up. One
/// thread at a time.
final class HostSeries {
  static final int SERIES_MAX = 20_000;

  /// No slot: setting it does nothing.
  static final int NONE = -1;

  private static final int UNKNOWN_REF = -2;

  private final String job;
  private final String instance;
  private final int seriesMax;
  private final Map<Labels, Integer> slots = new HashMap<>();
  private final Map<String, MetricInfo> metrics = new TreeMap<>();
  private final Deque<Integer> free = new ArrayDeque<>();

  private MetricInfo[] infos = new MetricInfo[256];
  private Labels[] labels = new Labels[256];
  private int[] refs = new int[256];
  private double[] values = new double[256];
  private int[] seen = new int[256];
  private boolean[] live = new boolean[256];
  private boolean[] fixed = new boolean[256];
  private int used;
  private int collection;
  private int count;
  private int epoch;
  private int withoutRef;
  private long turnedAway;

  HostSeries(String job, String instance, int seriesMax) {
    this.job = job;
    this.instance = instance;
    this.seriesMax = seriesMax;
  }

  /// Says which series a sample belongs to; asked once a series.
  interface RefSource {
    /// The reference, or -1 where there may be no more series.
    int ref(Labels labels);

    /// Whether a reference is still good: a series without samples for a long time loses its own.
    default boolean isGiven(int ref) {
      return true;
    }
  }

  /// Is told what to send.
  interface Emission {
    /// @param slot of the series
    /// @param ended whether the sample is the marker that ends the series
    void sample(int slot, int ref, double value, boolean ended);
  }

  /// Changes whenever slots were given up: a kept slot is good only within its epoch.
  int epoch() {
    return epoch;
  }

  /// A collection begins.
  void begin() {
    collection++;
    count = 0;
    if (slots.size() > seriesMax / 4 * 3) {
      giveUpEnded();
    }
  }

  /// The slot of a series that may end, good within this epoch.
  int slot(MetricInfo metric, String... namesAndValues) {
    Labels.Builder builder = Labels.builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      builder.set(namesAndValues[i], namesAndValues[i + 1]);
    }
    builder.set("job", job).set("instance", instance).set(Labels.METRIC_NAME, metric.name());
    Labels identity = builder.build();
    Integer known = slots.get(identity);
    return known != null ? known : newSlot(metric, identity);
  }

  /// The slot of a series that is kept for good.
  int fixedSlot(MetricInfo metric, String... namesAndValues) {
    int slot = slot(metric, namesAndValues);
    if (slot != NONE) {
      fixed[slot] = true;
    }
    return slot;
  }

  void set(int slot, double value) {
    if (slot == NONE) {
      return;
    }
    if (seen[slot] != collection) {
      seen[slot] = collection;
      count++;
    }
    values[slot] = value;
  }

  /// The value set last; 0 for a slot that was never set.
  double value(int slot) {
    return slot == NONE ? 0 : values[slot];
  }

  /// Series set in this collection.
  int count() {
    return count;
  }

  /// Finds the references that are not known yet. Returns how many samples there are to send:
  /// values, and markers of the series that ended; those without a reference not among them.
  int resolve(RefSource source) {
    int samples = 0;
    withoutRef = 0;
    for (int slot = 0; slot < used; slot++) {
      if (seen[slot] == collection || live[slot]) {
        if (refs[slot] < 0 || !source.isGiven(refs[slot])) {
          refs[slot] = source.ref(labels[slot]);
        }
        samples += refs[slot] >= 0 ? 1 : 0;
        withoutRef += refs[slot] >= 0 ? 0 : 1;
      }
    }
    return samples;
  }

  /// Samples of the last [#resolve] that found no reference.
  int withoutRef() {
    return withoutRef;
  }

  /// Hands out what there is to send, and takes it as sent.
  void emit(Emission emission) {
    for (int slot = 0; slot < used; slot++) {
      boolean now = seen[slot] == collection;
      if ((now || live[slot]) && refs[slot] >= 0) {
        emission.sample(slot, refs[slot], values[slot], !now);
        live[slot] = now;
      }
    }
  }

  /// Series that got no slot so far.
  long turnedAway() {
    return turnedAway;
  }

  List<MetricInfo> metrics() {
    return List.copyOf(metrics.values());
  }

  /// Shows the values of the newest collection.
  void visit(MetricVisitor visitor) {
    int[] order =
        IntStream.range(0, used)
            .filter(slot -> seen[slot] == collection && collection > 0)
            .boxed()
            .sorted(
                Comparator.comparing((Integer slot) -> infos[slot].name())
                    .thenComparing(slot -> labels[slot]))
            .mapToInt(Integer::intValue)
            .toArray();
    List<String> added = List.of(Labels.METRIC_NAME, "job", "instance");
    @Nullable MetricInfo last = null;
    for (int slot : order) {
      if (last == null || !infos[slot].name().equals(last.name())) {
        last = infos[slot];
        visitor.metric(last);
      }
      visitor.sample(labels[slot].without(added), values[slot]);
    }
  }

  private int newSlot(MetricInfo metric, Labels identity) {
    int slot;
    if (!free.isEmpty()) {
      slot = free.removeLast();
    } else if (used < seriesMax) {
      slot = used++;
      if (slot == refs.length) {
        grow();
      }
    } else {
      turnedAway++;
      return NONE;
    }
    infos[slot] = metrics.computeIfAbsent(metric.name(), _ -> metric);
    labels[slot] = identity;
    refs[slot] = UNKNOWN_REF;
    values[slot] = 0;
    seen[slot] = 0;
    live[slot] = false;
    fixed[slot] = false;
    slots.put(identity, slot);
    return slot;
  }

  private void giveUpEnded() {
    boolean any = false;
    for (int slot = 0; slot < used; slot++) {
      boolean ended = !live[slot] && !fixed[slot] && seen[slot] < collection - 1;
      if (ended && slots.remove(labels[slot], slot)) {
        free.addLast(slot);
        any = true;
      }
    }
    epoch += any ? 1 : 0;
  }

  private void grow() {
    int size = Math.min(seriesMax, 2 * refs.length);
    infos = Arrays.copyOf(infos, size);
    labels = Arrays.copyOf(labels, size);
    refs = Arrays.copyOf(refs, size);
    values = Arrays.copyOf(values, size);
    seen = Arrays.copyOf(seen, size);
    live = Arrays.copyOf(live, size);
    fixed = Arrays.copyOf(fixed, size);
  }
}
