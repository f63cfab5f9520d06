package dev.tocsin.engine;

import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.InvalidHistogramException;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.rules.record.RuleSample;
import dev.tocsin.store.Store;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes what rules give into the store, at once: the next rule sees it. Engine's thread.
final class RuleWriter {
  /// Is told of a sample that was written.
  @FunctionalInterface
  interface Written {
    void written(int id, long timeMs);
  }

  private final Store store;
  private final Tenant tenant;
  private final Written written;

  RuleWriter(Store store, Tenant tenant, Written written) {
    this.store = store;
    this.tenant = tenant;
    this.written = written;
  }

  /// Writes samples, and stale markers for the series that the rule wrote last time and not now.
  /// Returns what went wrong, or the empty text.
  String write(RuleRun rule, List<RuleSample> samples, long timeMs) {
    if (samples.isEmpty() && rule.written.isEmpty()) {
      return "";
    }
    Map<Labels, Integer> before = rule.written;
    Map<Labels, Integer> now = LinkedHashMap.newLinkedHashMap(samples.size());
    int refused = 0;
    int withoutRoom = 0;
    int tooLarge = 0;
    String invalid = "";
    for (RuleSample sample : samples) {
      String contradiction = contradiction(sample.histogram());
      if (!contradiction.isEmpty()) {
        invalid = contradiction;
        continue;
      }
      EncodedHistogram histogram = encoded(sample.histogram());
      if (sample.histogram() != null && histogram == null) {
        tooLarge++;
        continue;
      }
      Integer known = before.get(sample.labels());
      int id = known != null ? known : store.intern(tenant, sample.labels());
      if (id < 0) {
        withoutRoom++;
      } else if (append(id, timeMs, sample.value(), histogram)) {
        now.put(sample.labels(), id);
      } else {
        refused++;
      }
    }
    before.forEach(
        (labels, id) -> {
          if (!now.containsKey(labels)) {
            end(id, timeMs);
          }
        });
    rule.written = now.isEmpty() ? Map.of() : now;
    return invalid.isEmpty() ? problem(refused, withoutRoom, tooLarge) : invalid;
  }

  /// What is wrong with a histogram in itself, as of one that is subtracted from a smaller one; the
  /// empty text if nothing. Prometheus's storage refuses it too.
  private static String contradiction(@Nullable FloatHistogram histogram) {
    if (histogram == null) {
      return "";
    }
    try {
      histogram.validate();
      return "";
    } catch (InvalidHistogramException e) {
      return "a histogram of the result was not written: " + e.getMessage();
    }
  }

  /// Null where there is none, or it is larger than allowed.
  private static @Nullable EncodedHistogram encoded(@Nullable FloatHistogram histogram) {
    return histogram == null || !EncodedHistogram.fits(histogram)
        ? null
        : EncodedHistogram.of(histogram);
  }

  /// The same sample once more is no mistake.
  private boolean append(int id, long timeMs, double value, @Nullable EncodedHistogram histogram) {
    long bits = histogram == null ? Double.doubleToRawLongBits(value) : histogram.fingerprint();
    boolean same = store.lastTimeMs(id) == timeMs && store.lastBits(id) == bits;
    if (same) {
      return true;
    }
    boolean taken =
        histogram == null
            ? store.append(id, timeMs, value)
            : store.appendHistogram(id, timeMs, histogram);
    if (taken) {
      written.written(id, timeMs);
    }
    return taken;
  }

  private void end(int id, long timeMs) {
    if (store.append(id, timeMs, StaleMarker.VALUE)) {
      written.written(id, timeMs);
    }
  }

  private static String problem(int refused, int withoutRoom, int tooLarge) {
    if (tooLarge > 0) {
      return tooLarge + " histograms of the result were not written: they have too many buckets";
    }
    if (withoutRoom > 0) {
      return withoutRoom + " samples of the result were not written: no room for more series";
    }
    if (refused > 0) {
      return refused
          + " samples of the result were not written: their series have samples of this time or"
          + " later";
    }
    return "";
  }

  /// Ends series; one that has a sample of this time or later lives on.
  void fade(Collection<Integer> ids, long timeMs) {
    for (int id : ids) {
      if (store.lastTimeMs(id) != Long.MIN_VALUE && !StaleMarker.is(store.lastValue(id))) {
        end(id, timeMs);
      }
    }
  }
}
