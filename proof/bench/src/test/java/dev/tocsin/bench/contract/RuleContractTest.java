package dev.tocsin.bench.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bench.contract.generate.Cases;
import dev.tocsin.bench.contract.reference.Faults;
import dev.tocsin.bench.contract.reference.Planted;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The engine keeps the contract for hundreds of cases, and every planted mistake is found.
class RuleContractTest {
  private static final long SEED = 11;

  private static RuleFuzzer strict(Faults faults) {
    return new RuleFuzzer(Mode.STRICT, EngineSubject::of, faults);
  }

  @Test
  void onTheGridEverythingIsAsInPrometheus() {
    RuleFuzzer fuzzer = strict(Faults.NONE);
    fuzzer.run(new Cases(SEED), 0, 200, () -> true);
    assertThat(fuzzer.findings()).isEmpty();
    Coverage coverage = fuzzer.coverage();
    assertThat(coverage.features()).hasSizeGreaterThan(100);
    for (String what :
        List.of(
            "told FIRING",
            "told STILL_FIRING",
            "told RESOLVED",
            "told STILL_RESOLVED",
            "alert from inactive to pending",
            "alert from pending to firing",
            "alert from pending to inactive",
            "alert from firing to inactive",
            "alert from firing to pending",
            "alert kept firing",
            "rule err",
            "reload",
            "input Restart, busy before")) {
      assertThat(coverage.count(what)).as(what).isPositive();
    }
  }

  /// Which one is looked for, in the first cases of a seed.
  @ParameterizedTest
  @EnumSource(Planted.class)
  void aMistakeInOneOfBothIsFound(Planted planted) {
    RuleFuzzer faulty = strict(new Faults(Set.of(planted)));
    assertThat(faulty.firstFailure(new Cases(SEED), 0, 500)).as("%s", planted).isPresent();
  }

  /// A finding shows again by its number, and what is shown of it is small.
  @Test
  void aFindingIsMadeSmall() {
    RuleFuzzer faulty = strict(new Faults(Set.of(Planted.KEEP_FIRING_IGNORED)));
    long number = faulty.firstFailure(new Cases(SEED), 0, 500).orElseThrow();
    faulty.run(new Cases(SEED), number, number + 1, () -> true);
    Finding finding = faulty.findings().getFirst();
    assertThat(finding.script()).isEqualTo(new Cases(SEED).get(number));
    assertThat(finding.smallest().steps().size()).isLessThan(8);
    assertThat(finding.toString())
        .contains("again: " + finding.command(), "--case " + number, "keep_firing_for");
  }

  /// Findings that were: rules paired anew while an alert told early is open, lost alerts told
  /// anew, annotations of another rule, a histogram that cannot be written, a hold that was none.
  @ParameterizedTest
  @CsvSource({
    "4711, 797",
    "79, 1378",
    "79, 2462",
    "5, 17",
    "5, 229",
    "5, 448",
    "5, 644",
    "5, 1439",
    "5, 2082",
    "5, 3548",
    "5, 3771",
    "101, 13788",
    "102, 11767",
    "102, 12627",
    "105, 9610",
    "20261125, 62108",
    "11, 448",
    "77001, 7208",
    "77001, 8974",
    "77003, 42002"
  })
  void whatWasFoundOnceIsFine(long seed, long number) {
    RuleFuzzer fuzzer = new RuleFuzzer(Mode.STREAM, EngineSubject::of, Faults.NONE);
    fuzzer.run(new Cases(seed), number, number + 1, () -> true);
    assertThat(fuzzer.findings()).isEmpty();
  }

  private static RuleFuzzer stream(EarlySubject.Mistake mistake) {
    return new RuleFuzzer(
        Mode.STREAM, script -> new EarlySubject(script.aligned(), mistake), Faults.NONE);
  }

  @Test
  void whatMayBeToldEarlyIsFine() {
    RuleFuzzer fuzzer = stream(EarlySubject.Mistake.NONE);
    fuzzer.run(new Cases(SEED), 0, 100, () -> true);
    assertThat(fuzzer.findings()).isEmpty();
    RuleFuzzer grid = strict(Faults.NONE);
    grid.run(new Cases(SEED), 0, 100, () -> true);
    long more = fuzzer.coverage().count("told FIRING") - grid.coverage().count("told FIRING");
    assertThat(more).as("told besides the grid").isGreaterThan(20);
  }

  @ParameterizedTest
  @EnumSource(value = EarlySubject.Mistake.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void whatTheStreamMustNotDoIsFound(EarlySubject.Mistake mistake) {
    assertThat(stream(mistake).firstFailure(new Cases(SEED), 0, 500)).as("%s", mistake).isPresent();
  }

  /// What is told between the pieces of a slot is asked for its value too.
  @Test
  void anotherValueBetweenPiecesIsFound() {
    RuleFuzzer slipped =
        new RuleFuzzer(
            Mode.STREAM, script -> new SlippedSubject(EngineSubject.of(script)), Faults.NONE);
    assertThat(slipped.firstFailure(new Cases(SEED), 0, 500)).isPresent();
  }

  @Test
  void aJournalThatLosesAnInputIsFound() {
    RuleFuzzer forgetful =
        new RuleFuzzer(
            Mode.STRICT, script -> new ForgetfulSubject(EngineSubject.of(script), -1), Faults.NONE);
    assertThat(forgetful.firstFailure(new Cases(SEED), 0, 100)).isPresent();
  }
}
