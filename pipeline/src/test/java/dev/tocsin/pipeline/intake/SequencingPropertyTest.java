package dev.tocsin.pipeline.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.limit.Limits;
import dev.tocsin.pipeline.accounting.Accounts;
import dev.tocsin.pipeline.accounting.Refusal;
import dev.tocsin.pipeline.ring.RingSize;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The sequencer takes and refuses what a reference without arrays, slabs and locks does.
class SequencingPropertyTest {
  private static final int HISTOGRAM_BYTES = 60;

  private record Sample(int ref, long timeMs, double value, boolean isHistogram) {
    String text() {
      return ref + "@" + timeMs + "=" + value + (isHistogram ? "h" : "");
    }
  }

  /// The rules of the sequencer, said naively.
  private static final class Reference {
    final Map<Integer, Sample> newest = new HashMap<>();
    final Map<Refusal, Integer> refused = new EnumMap<>(Refusal.class);
    final List<String> accepted = new ArrayList<>();

    void offer(Sample sample, long nowMs) {
      Refusal refusal = refusal(sample, newest.get(sample.ref), nowMs);
      if (refusal != null) {
        refused.merge(refusal, 1, Integer::sum);
      } else {
        newest.put(sample.ref, sample);
        accepted.add(sample.text());
      }
    }

    private static @Nullable Refusal refusal(Sample sample, @Nullable Sample last, long nowMs) {
      if (last != null && last.equals(sample)) {
        return Refusal.DUPLICATE;
      } else if (sample.timeMs > nowMs + Limits.AHEAD_MS_MAX) {
        return Refusal.TOO_FAR_AHEAD;
      } else if (sample.timeMs < nowMs - Limits.BEHIND_MS_MAX) {
        return Refusal.TOO_OLD;
      } else if (last != null && sample.timeMs == last.timeMs) {
        return Refusal.DUPLICATE_VALUE;
      } else if (last != null && sample.timeMs < last.timeMs) {
        return Refusal.OUT_OF_ORDER;
      }
      return null;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void acceptsAndRefusesWhatTheReferenceDoes(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    IntakeFixture fixture = new IntakeFixture(new RingSize(16, 32, 8), 10_000, 0, 0);
    int series = 1 + random.nextInt(40);
    for (int i = 0; i < series; i++) {
      fixture.ref("s" + i);
    }
    Reference reference = new Reference();
    long nowMs = 0;
    for (int round = 0; round < 150; round++) {
      fixture.clock.moveWall(random.nextInt(-2000, 6000));
      nowMs = Math.max(nowMs, fixture.clock.wallMillis());
      reference.accepted.clear();
      reference.refused.clear();
      int count = random.nextInt(random.nextBoolean() ? 10 : 3 * Slab.CAPACITY + 5);
      Receipt receipt;
      try (Staging staging = fixture.begin(count, count * HISTOGRAM_BYTES)) {
        for (int i = 0; i < count; i++) {
          Sample sample = sample(random, series, nowMs);
          if (sample.isHistogram) {
            EncodedHistogram histogram = IntakeFixture.histogram(sample.value);
            staging.addHistogram(sample.ref, sample.timeMs, histogram);
          } else {
            staging.add(sample.ref, sample.timeMs, sample.value);
          }
          reference.offer(sample, nowMs);
        }
        receipt = staging.commit();
      }
      assertThat(receipt.refused())
          .as("seed %d, round %d", seed, round)
          .isEqualTo(reference.refused);
      assertThat(receipt.accepted()).isEqualTo(reference.accepted.size());
      assertThat(fixture.samplesForEngine())
          .as("seed %d, round %d", seed, round)
          .isEqualTo(reference.accepted);
      fixture.passAll();
    }
    Accounts accounts = fixture.accounting.snapshot();
    assertThat(accounts).matches(Accounts::isBalanced);
    assertThat(accounts.inFlight()).isZero();
    assertThat(accounts.appliedDurable()).isPositive();
    assertThat(fixture.ring.slabsInUse()).isZero();
    assertThat(fixture.ring.histogramBytesInUse()).isZero();
  }

  private static Sample sample(RandomGenerator random, int series, long nowMs) {
    long timeMs =
        switch (random.nextInt(20)) {
          case 0 -> nowMs + Limits.AHEAD_MS_MAX + random.nextInt(-3, 4);
          case 1 -> nowMs - Limits.BEHIND_MS_MAX + random.nextInt(-3, 4);
          default -> nowMs + random.nextInt(-500, 500);
        };
    double value =
        switch (random.nextInt(4)) {
          case 0 -> Double.NaN;
          case 1 -> -0.0;
          default -> random.nextInt(2);
        };
    // A few series get most samples, so that times meet.
    int ref = random.nextInt(1 + random.nextInt(series));
    return new Sample(ref, timeMs, value, random.nextInt(4) == 0);
  }
}
