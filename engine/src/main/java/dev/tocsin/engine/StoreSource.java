package dev.tocsin.engine;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.data.SeriesData;
import dev.tocsin.promql.data.SeriesSource;
import dev.tocsin.promql.eval.EvalException;
import dev.tocsin.store.Samples;
import dev.tocsin.store.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The series of one tenant, for one query. One thread, any.
final class StoreSource implements SeriesSource {
  /// A series read counts as so many samples more: its labels and its place in the query take that
  /// much memory, whatever it has.
  static final int SERIES_SAMPLES = 16;

  /// Bytes of a float sample in memory: a native histogram counts as so many as it takes.
  private static final int SAMPLE_BYTES = 16;

  private final Store store;
  private final Tenant tenant;
  private final long samplesMax;
  private final BooleanSupplier cancelled;
  private long read;

  /// @param samplesMax the most that all selections of the query read; beyond it the query is
  ///   refused, since all that is read is in memory at once
  StoreSource(Store store, Tenant tenant, long samplesMax, BooleanSupplier cancelled) {
    this.cancelled = cancelled;
    this.store = store;
    this.tenant = tenant;
    this.samplesMax = samplesMax;
  }

  @Override
  public List<SeriesData> select(List<Matcher> matchers, long minTimeMs, long maxTimeMs) {
    List<SeriesData> found = new ArrayList<>();
    for (int id : candidates(store, tenant, matchers)) {
      Labels labels = accepted(id, matchers);
      if (labels == null) {
        continue;
      }
      Samples samples = read(id, minTimeMs, maxTimeMs, samplesMax - read);
      read += samples.count() == 0 ? 0 : weight(samples) + SERIES_SAMPLES;
      if (read > samplesMax) {
        throw tooMany();
      }
      if (samples.count() > 0) {
        found.add(data(labels, samples));
      }
    }
    return found;
  }

  /// What is read is not held, so it is not counted.
  @Override
  public void forEach(
      List<Matcher> matchers, long minTimeMs, long maxTimeMs, Predicate<SeriesData> visitor) {
    for (int id : candidates(store, tenant, matchers)) {
      Labels labels = accepted(id, matchers);
      if (labels == null) {
        continue;
      }
      Samples samples = read(id, minTimeMs, maxTimeMs, samplesMax);
      if (samples.count() > 0 && !visitor.test(data(labels, samples))) {
        return;
      }
    }
  }

  private @Nullable Labels accepted(int id, List<Matcher> matchers) {
    poll(cancelled);
    Labels labels = store.labels(id);
    return accepts(matchers, labels, () -> poll(cancelled)) ? labels : null;
  }

  private Samples read(int id, long minTimeMs, long maxTimeMs, long samplesLeft) {
    Samples samples = store.read(id, minTimeMs, maxTimeMs, histogramBytes(samplesLeft));
    if (samples == null) {
      throw tooMany();
    }
    return samples;
  }

  private static EvalException tooMany() {
    return new EvalException(
        EvalException.Kind.LIMIT,
        "query processing would load too many samples into memory in query execution");
  }

  private static SeriesData data(Labels labels, Samples samples) {
    return new SeriesData(
        labels,
        samples.timesMs(),
        samples.values(),
        samples.histograms(),
        null,
        samples.from(),
        samples.to());
  }

  /// Matching and reading take their time: a regular expression on a long value, a long history.
  static void poll(BooleanSupplier cancelled) {
    if (cancelled.getAsBoolean()) {
      throw new EvalException(
          EvalException.Kind.CANCELED, "query was canceled in expression evaluation");
    }
  }

  /// @param poll called again and again while a regular expression looks at a long value
  static boolean accepts(List<Matcher> matchers, Labels labels, Runnable poll) {
    for (int i = 0; i < matchers.size(); i++) {
      Matcher matcher = matchers.get(i);
      if (!matcher.accepts(labels.get(matcher.name()), poll)) {
        return false;
      }
    }
    return true;
  }

  private static long histogramBytes(long samples) {
    return samples > Long.MAX_VALUE / SAMPLE_BYTES ? Long.MAX_VALUE : samples * SAMPLE_BYTES;
  }

  /// As many floats as take its memory.
  private static long weight(Samples samples) {
    return samples.count() + samples.histogramBytes() / SAMPLE_BYTES;
  }

  static boolean accepts(List<Matcher> matchers, Labels labels) {
    for (int i = 0; i < matchers.size(); i++) {
      if (!matchers.get(i).accepts(labels)) {
        return false;
      }
    }
    return true;
  }

  /// The ids that have all labels that are asked for by value; ascending.
  static int[] candidates(Store store, Tenant tenant, List<Matcher> matchers) {
    int[] common = null;
    for (Matcher matcher : matchers) {
      if (matcher.kind() == Matcher.Kind.EQUAL && !matcher.value().isEmpty()) {
        int[] ids = store.ids(tenant, matcher.name(), matcher.value());
        common = common == null ? ids : common(common, ids);
      }
    }
    return common == null ? store.ids(tenant) : common;
  }

  /// What is in both.
  private static int[] common(int[] some, int[] others) {
    int[] both = new int[Math.min(some.length, others.length)];
    int count = 0;
    int j = 0;
    for (int id : some) {
      while (j < others.length && others[j] < id) {
        j++;
      }
      if (j < others.length && others[j] == id) {
        both[count++] = id;
      }
    }
    return Arrays.copyOf(both, count);
  }
}
