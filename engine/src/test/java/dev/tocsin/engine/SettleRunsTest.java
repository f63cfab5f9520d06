package dev.tocsin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSettings;
import dev.tocsin.model.input.RuleSettings.Mode;
import dev.tocsin.model.input.Settle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/// Generated scrapes in parts, over rules of each kind of look. Slots are at whole multiples of 5
/// and 10 s.
class SettleRunsTest {
  private static final int RUNS = 24;
  private static final int SCRAPES = 60;
  private static final long SETTLE_MS = 40;
  private static final String[] FILES = {
    Stand.group(
        """
        - {alert: Ratio, expr: a / b > 1}
        - {alert: RatioLater, expr: a / b > 1, for: 7s}
        - {alert: Unplanned, expr: a atan2 b > 0.9}
        - {alert: Quantile, expr: 'histogram_quantile(0.5, h_bucket) > 1'}
        - {alert: Gone, expr: absent(a)}
        """),
    Stand.group(
        "interval: 5s",
        """
        - {record: 'job:a', expr: sum by (job) (a)}
        - {alert: Recorded, expr: 'job:a > 16'}
        - {alert: Sum, expr: sum(a) > 1.4 * sum(b)}
        - {alert: Rate, expr: 'rate(a[20s]) > 0.3', for: 3s, keep_firing_for: 4s}
        - {alert: Changed, expr: 'changes(b[15s]) > 7'}
        - {alert: Smooth, expr: 'quantile_over_time(0.5, a[10s]) > b'}
        """),
  };

  /// What happens at one millisecond.
  private record Happening(long timeMs, Map<String, Double> part) {}

  private record Scrape(long timeMs, long settledMs, Map<String, Double> samples) {}

  private static Stand start(Mode mode, long settleMs) {
    Stand stand = new Stand();
    Settle settle = Settle.NONE.with(settleMs);
    stand.step(
        new Input.Reload(
            Stand.rules(mode, FILES).with(RuleSettings.DEFAULT.withMode(mode).withSettle(settle))));
    stand.tick(10_000);
    assertThat(stand.engine.reloadProblem()).isEmpty();
    return stand;
  }

  /// Without the evidence: it names the oldest series, and which those are depends on the parts.
  private static String text(AlertEvent event) {
    return "%s %s %s@%d-%d"
        .formatted(
            event.kind(), event.labels(), event.value(), event.firedAtMs(), event.resolvedAtMs());
  }

  private static List<String> texts(Stand stand) {
    return stand.events.stream().map(SettleRunsTest::text).toList();
  }

  /// Scrapes that settle before the next slot; all times of parts and of settling are different.
  private static List<Scrape> scrapes(SplittableRandom random, List<Happening> parts) {
    List<Scrape> scrapes = new ArrayList<>();
    Set<Long> taken = new TreeSet<>();
    for (int i = 0; i < SCRAPES; i++) {
      long timeMs = 10_100L + random.nextInt(60_000);
      boolean nearSlot = timeMs % 5_000 < 10 || timeMs % 5_000 > 5_000 - 3 * SETTLE_MS;
      Map<String, Double> samples = samples(random, "i" + i % 3);
      List<Long> times = new ArrayList<>(List.of(timeMs, timeMs + SETTLE_MS));
      samples.forEach((_, _) -> times.add(timeMs + 1 + random.nextInt((int) SETTLE_MS - 1)));
      boolean sameSource =
          scrapes.stream()
              .anyMatch(
                  one ->
                      Math.abs(one.timeMs - timeMs) <= SETTLE_MS
                          && one.samples.keySet().stream().anyMatch(samples::containsKey));
      if (nearSlot || sameSource || times.stream().anyMatch(taken::contains)) {
        continue;
      }
      taken.addAll(times);
      scrapes.add(new Scrape(timeMs, timeMs + SETTLE_MS, samples));
      int part = 0;
      for (Map.Entry<String, Double> sample : new TreeMap<>(samples).entrySet()) {
        long atMs = part++ == 0 ? timeMs : times.get(part);
        parts.add(new Happening(atMs, Map.of(sample.getKey(), sample.getValue())));
      }
    }
    return scrapes;
  }

  private static Map<String, Double> samples(SplittableRandom random, String instance) {
    Map<String, Double> samples = new HashMap<>();
    String source = " job=j instance=" + instance;
    boolean ends = random.nextInt(12) == 0;
    samples.put("a" + source, ends ? StaleMarker.VALUE : random.nextInt(12));
    samples.put("b" + source, ends ? StaleMarker.VALUE : random.nextInt(12));
    double low = random.nextInt(12);
    samples.put("h_bucket le=1" + source, low);
    samples.put("h_bucket le=+Inf" + source, low + random.nextInt(12));
    return samples;
  }

  @Test
  void toTheLooksItIsAsIfAScrapeCameWholeWhenItSettles() {
    int told = 0;
    for (long seed = 100; seed < 100 + RUNS; seed++) {
      List<Happening> parts = new ArrayList<>();
      List<Scrape> scrapes = scrapes(new SplittableRandom(seed), parts);
      Stand settling = start(Mode.STREAM, SETTLE_MS);
      Stand whole = start(Mode.STREAM, 0);
      for (long nowMs : moments(scrapes, parts)) {
        step(settling, nowMs, parts, one -> scrapeOf(scrapes, one.part, one.timeMs).timeMs);
        List<Happening> wholes = new ArrayList<>();
        scrapes.forEach(one -> wholes.add(new Happening(one.settledMs, one.samples)));
        step(whole, nowMs, wholes, one -> one.timeMs - SETTLE_MS);
      }
      assertThat(texts(settling)).as("seed " + seed).isEqualTo(texts(whole));
      told += settling.events.size();
    }
    assertThat(told).as("events seen in all runs").isGreaterThan(700);
  }

  /// Of parts, of settling, and of slots.
  private static Set<Long> moments(List<Scrape> scrapes, List<Happening> parts) {
    Set<Long> moments = new TreeSet<>();
    parts.forEach(one -> moments.add(one.timeMs));
    scrapes.forEach(one -> moments.add(one.settledMs));
    for (long slotMs = 15_000; slotMs <= 80_000; slotMs += 5_000) {
      moments.add(slotMs);
    }
    return moments;
  }

  /// What happens now; else a tick, so that there are as many steps as in another engine.
  private static void step(
      Stand stand, long nowMs, List<Happening> all, ToLongFunction<Happening> sampleMs) {
    stand.nowMs = nowMs;
    boolean any = false;
    for (Happening one : all) {
      if (one.timeMs == nowMs) {
        stand.part(sampleMs.applyAsLong(one), one.part);
        any = true;
      }
    }
    if (!any) {
      stand.tick(nowMs);
    }
  }

  private static Scrape scrapeOf(List<Scrape> scrapes, Map<String, Double> piece, long nowMs) {
    return scrapes.stream()
        .filter(one -> one.timeMs <= nowMs && nowMs < one.settledMs)
        .filter(one -> one.samples.keySet().containsAll(piece.keySet()))
        .findFirst()
        .orElseThrow();
  }

  /// Parts at any times, of the same scrape and of others, late, twice, around slots and beyond
  /// their settle time; other settle times now and then.
  private static void wild(Stand stand, SplittableRandom random, int at, Runnable then) {
    long nowMs = 10_000;
    for (int i = 0; i < 400; i++) {
      if (i == at) {
        then.run();
      }
      nowMs += random.nextInt(4) == 0 ? random.nextInt(1500) : random.nextInt(30);
      stand.nowMs = nowMs;
      int kind = random.nextInt(100);
      if (kind < 60) {
        long timeMs = nowMs - nowMs % 500 - (random.nextInt(10) == 0 ? 500 : 0);
        Map<String, Double> part = samples(random, "i" + random.nextInt(3));
        part.values().removeIf(_ -> random.nextBoolean());
        stand.part(timeMs, part);
      } else if (kind < 97) {
        stand.tick(nowMs);
      } else if (kind < 99) {
        stand.step(new Input.Restarted());
      } else {
        long settleMs = random.nextInt(3) * 30L;
        stand.step(
            new Input.Reload(
                Stand.rules(Mode.STREAM, FILES)
                    .with(RuleSettings.DEFAULT.withSettle(Settle.NONE.with(settleMs)))));
      }
    }
  }

  @Test
  void aCopyGoesOnAsTheOriginal() {
    int told = 0;
    long newer = 0;
    long late = 0;
    for (long seed = 500; seed < 500 + RUNS; seed++) {
      Stand through = start(Mode.STREAM, SETTLE_MS);
      wild(through, new SplittableRandom(seed), -1, () -> {});
      Stand copied = start(Mode.STREAM, SETTLE_MS);
      int at = new SplittableRandom(seed).nextInt(400);
      wild(copied, new SplittableRandom(seed), at, copied::restore);
      assertThat(copied.events).as("events with seed " + seed).isEqualTo(through.events);
      assertThat(copied.bytes()).as("checkpoint with seed " + seed).isEqualTo(through.bytes());
      told += through.events.size();
      newer += through.engine.settles().newer();
      late += through.engine.settles().lateSamples();
    }
    assertThat(told).as("events seen in all runs").isGreaterThan(700);
    assertThat(newer).isGreaterThan(100);
    assertThat(late).isGreaterThan(100);
  }

  /// What a slot decides does not depend on the looks, and so not on what they wait for.
  @Test
  void theSlotsAreTheSame() {
    for (long seed = 900; seed < 900 + RUNS / 2; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Happening> parts = new ArrayList<>();
      List<Scrape> scrapes = scrapes(random, parts);
      List<String> strict = slots(start(Mode.STRICT, 0), parts, scrapes);
      assertThat(slots(start(Mode.STREAM, 3000), parts, scrapes))
          .as("seed " + seed)
          .isEqualTo(strict);
      assertThat(strict).anyMatch(line -> line.contains("firing"));
    }
  }

  private static List<String> slots(Stand stand, List<Happening> parts, List<Scrape> scrapes) {
    List<Happening> all = new ArrayList<>(parts);
    all.sort(Comparator.comparingLong(Happening::timeMs));
    List<String> lines = new ArrayList<>();
    long slotMs = 15_000;
    for (Happening one : all) {
      while (slotMs <= one.timeMs) {
        stand.tick(slotMs);
        lines.addAll(stand.query("ALERTS_FOR_STATE", slotMs));
        lines.addAll(stand.query("ALERTS", slotMs));
        lines.addAll(stand.query("job:a", slotMs));
        slotMs += 5_000;
      }
      stand.nowMs = one.timeMs;
      stand.part(scrapeOf(scrapes, one.part, one.timeMs).timeMs, one.part);
    }
    return lines;
  }
}
