package dev.tocsin.bench.crash.power;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// No power cut takes what was acknowledged, and mistakes that would let it are found.
class PowerCaseTest {
  private static PowerTally run(long first, int seeds, Planted planted) {
    PowerTally tally = new PowerTally();
    for (long seed = first; seed < first + seeds; seed++) {
      PowerCase.run(seed, planted, tally, _ -> {});
    }
    return tally;
  }

  @Test
  void whateverIsAcknowledgedSurvives() {
    PowerTally tally = run(1000, 60, Planted.NONE);
    assertThat(tally.findings()).isEmpty();
    assertThat(tally.verdict.looked()).isGreaterThan(20_000);
  }

  /// The forgotten force of a restart was found by these.
  @Test
  void seedsThatFailedOnceHold() {
    assertThat(run(249, 1, Planted.NONE).findings()).isEmpty();
    assertThat(run(271, 1, Planted.NONE).findings()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aPlantedMistakeIsFound(Planted planted) {
    assertThat(run(1, 20, planted).badSeeds()).isGreaterThan(5);
  }

  @Test
  void theProcessEndsWhereItHurts() {
    assertThat(run(2000, 150, Planted.NONE).places())
        .containsKeys(
            "a checkpoint being written: write",
            "a checkpoint being written: force",
            "a checkpoint being written: rename",
            "a segment being made: preallocate",
            "a segment being made: write",
            "a segment being made: force",
            "a segment being made: rename",
            "a segment: write",
            "a segment: force",
            "a segment: preallocate",
            "/data/journal: force_directory",
            "a start: a segment: read");
  }
}
