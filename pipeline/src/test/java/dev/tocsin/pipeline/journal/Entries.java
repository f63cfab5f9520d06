package dev.tocsin.pipeline.journal;

import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.histogram.Buckets;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.input.RuleSettings;
import dev.tocsin.model.input.Settle;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.ring.Entry;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes inputs of every kind from a seed, and writes them as text to compare them.
final class Entries {
  private static final Tenant OTHER = new Tenant("müşteri-7");

  private final RandomGenerator random;
  private final boolean histograms;
  private final List<SeriesDefinition> series = new ArrayList<>();
  private long seq;
  private long nowMs = 1_700_000_000_000L;

  /// Floats only.
  Entries(RandomGenerator random) {
    this(random, false);
  }

  private Entries(RandomGenerator random, boolean histograms) {
    this.random = random;
    this.histograms = histograms;
  }

  /// With native histograms among the samples.
  static Entries mixed(RandomGenerator random) {
    return new Entries(random, true);
  }

  List<Entry> next(int count) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(next());
    }
    return entries;
  }

  Entry next() {
    nowMs += random.nextInt(1000);
    Input input =
        switch (random.nextInt(12)) {
          case 0, 1 -> new Input.Tick();
          case 2 ->
              new Input.Delivered("id-" + random.nextInt(), "pager", nowMs, random.nextBoolean());
          case 3 -> random.nextInt(4) == 0 ? reload(random.nextInt(150_000)) : reload(100);
          case 4 ->
              switch (random.nextInt(3)) {
                case 0 -> new Input.Restarted();
                case 1 -> expire(random.nextInt(5000));
                default -> new Input.Tick();
              };
          default -> transaction(random.nextInt(4) == 0 ? 600 : 12);
        };
    return new Entry(++seq, nowMs, input);
  }

  /// The next entry is the one behind this: for a start that did not find the last ones.
  void goOnBehind(long lastSeq) {
    seq = lastSeq;
  }

  List<SeriesDefinition> series() {
    return series;
  }

  /// Of series that no transaction here has.
  private Input expire(int count) {
    List<Integer> refs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      refs.add((1 << 30) + random.nextInt(1 << 30));
    }
    return new Input.Expire(refs, nowMs - random.nextInt(1000));
  }

  private Input reload(int length) {
    String content = "groups: [] # " + "ş".repeat(length / 2);
    return new Input.Reload(
        new RuleSet(
            List.of(new RuleSet.RuleText("a.yml", content), new RuleSet.RuleText("b.yml", "")),
            Labels.of("cluster", "eu-1"),
            "http://agent:9090/",
            15_000,
            random.nextInt(3),
            new RuleSettings(
                random.nextBoolean() ? RuleSettings.Mode.STRICT : RuleSettings.Mode.STREAM,
                random.nextBoolean() ? List.of() : List.of("one", "two"),
                random.nextBoolean()
                    ? List.of()
                    : List.of(
                        new RuleSettings.NoData("a", "", RuleSettings.Policy.HOLD),
                        new RuleSettings.NoData("", "{b=\"c\"}", RuleSettings.Policy.BLIND)),
                new Settle(
                    seq % 5000,
                    List.of("job", "ülke"),
                    List.of(new Settle.ForSources("{job=\"x\"}", seq % 77))))));
  }

  private Input transaction(int samplesMax) {
    Tenant tenant = random.nextInt(5) == 0 ? OTHER : Tenant.DEFAULT;
    List<SeriesDefinition> definitions = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      SeriesDefinition definition = new SeriesDefinition(series.size(), tenant, labels());
      definitions.add(definition);
      series.add(definition);
    }
    List<Slab> slabs = new ArrayList<>();
    int samples = series.isEmpty() ? 0 : random.nextInt(samplesMax);
    int histogramsPercent = histograms && random.nextInt(3) == 0 ? random.nextInt(1, 100) : 0;
    Slab slab = new Slab();
    slabs.add(slab);
    for (int i = 0; i < samples; i++) {
      if (slab.isFull() || random.nextInt(100) == 0) {
        slab = new Slab();
        slabs.add(slab);
      }
      int ref = random.nextInt(series.size());
      long timeMs = nowMs - random.nextInt(100);
      if (histogramsPercent > 0 && random.nextInt(100) < histogramsPercent) {
        slab.addHistogram(ref, timeMs, histogram());
      } else {
        slab.add(ref, timeMs, value());
      }
    }
    return new Input.Transaction(tenant, nowMs * 1_000_000 + 7, seq % 3 == 0, definitions, slabs);
  }

  private double value() {
    return switch (random.nextInt(5)) {
      case 0 -> StaleMarker.VALUE;
      case 1 -> Double.longBitsToDouble(StaleMarker.NORMAL_NAN_BITS);
      default -> random.nextDouble() * 1e6;
    };
  }

  private EncodedHistogram histogram() {
    int buckets = random.nextInt(500) == 0 ? random.nextInt(5000) : random.nextInt(5);
    double[] counts = new double[buckets];
    for (int i = 0; i < buckets; i++) {
      counts[i] = random.nextBoolean() ? random.nextInt(1000) : random.nextDouble();
    }
    return EncodedHistogram.of(
        new FloatHistogram(
            ResetHint.UNKNOWN,
            3,
            0.001,
            random.nextInt(3),
            random.nextInt(1000),
            value(),
            new Buckets(new int[] {random.nextInt(-9, 9)}, new int[] {buckets}, counts),
            Buckets.NONE,
            new double[0]));
  }

  private Labels labels() {
    int big = random.nextInt(40) == 0 ? 70_000 : 3;
    return Labels.of(
        "__name__", "metric_" + series.size(), "job", "ırmak", "path", "/x".repeat(big));
  }

  static String text(Entry entry) {
    return text(entry.seq(), entry.nowMs(), entry.input());
  }

  static String text(long seq, long nowMs, Input input) {
    String what =
        switch (input) {
          case Input.Transaction it -> text(it);
          default -> input.toString();
        };
    return seq + " " + nowMs + " " + what;
  }

  private static String text(Input.Transaction transaction) {
    StringBuilder out = new StringBuilder();
    out.append(transaction.tenant()).append(transaction.receivedNanos());
    out.append(transaction.partial());
    out.append(transaction.definitions());
    for (Slab slab : transaction.slabs()) {
      for (int i = 0; i < slab.count(); i++) {
        long bits = Double.doubleToRawLongBits(slab.values[i]);
        out.append(' ').append(slab.refs[i]).append('@').append(slab.timesMs[i]);
        out.append('=').append(HexFormat.of().toHexDigits(bits));
        EncodedHistogram histogram = slab.histograms() == null ? null : slab.histograms()[i];
        if (histogram != null) {
          out.append('/').append(HexFormat.of().toHexDigits(histogram.fingerprint()));
        }
      }
    }
    return out.toString();
  }
}
