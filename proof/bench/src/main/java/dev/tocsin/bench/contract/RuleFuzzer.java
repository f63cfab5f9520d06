package dev.tocsin.bench.contract;

import dev.tocsin.bench.contract.generate.Cases;
import dev.tocsin.bench.contract.reference.Faults;
import dev.tocsin.bench.contract.script.Script;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Runs cases one after the other, and makes those that fail smaller.
public final class RuleFuzzer {
  /// A run ends after so many findings.
  private static final int FINDINGS_MAX = 10;

  private final Mode mode;
  private final Function<Script, Subject> subjects;
  private final Faults faults;
  private final Coverage coverage = new Coverage();
  private final List<Finding> findings = new ArrayList<>();

  /// @param subjects makes what is looked at, new for every run
  /// @param faults of the simulation
  public RuleFuzzer(Mode mode, Function<Script, Subject> subjects, Faults faults) {
    this.mode = mode;
    this.subjects = subjects;
    this.faults = faults;
  }

  public Coverage coverage() {
    return coverage;
  }

  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /// Runs the cases from `first` to below `end`, as long as it may.
  ///
  /// @param mayGoOn asked before each
  public void run(Cases cases, long first, long end, BooleanSupplier mayGoOn) {
    for (long i = first; i < end && findings.size() < FINDINGS_MAX && mayGoOn.getAsBoolean(); i++) {
      Script script = cases.get(i);
      coverage.add(script);
      run(script, coverage::saw).ifPresent(wrong -> findings.add(finding(script, wrong)));
    }
  }

  /// The first case from there that fails, as it is; empty where none below `end` does.
  public Optional<Long> firstFailure(Cases cases, long first, long end) {
    for (long i = first; i < end; i++) {
      if (run(cases.get(i), (_, _) -> {}).isPresent()) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private Finding finding(Script script, String wrong) {
    Script smallest =
        new Shrinking(script, other -> run(other, (_, _) -> {}).isPresent()).smallest();
    String there = run(smallest, (_, _) -> {}).orElse("nothing");
    return new Finding(mode, script, wrong, smallest, there);
  }

  /// An exception is wrong too.
  private Optional<String> run(Script script, ContractRun.Observer observer) {
    try {
      return new ContractRun(script, mode, subjects.apply(script), faults, observer).run();
    } catch (RuntimeException e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      return Optional.of(trace.toString());
    }
  }
}
