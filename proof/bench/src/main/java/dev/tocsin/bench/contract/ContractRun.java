package dev.tocsin.bench.contract;

import dev.tocsin.bench.contract.check.Check;
import dev.tocsin.bench.contract.check.Moment;
import dev.tocsin.bench.contract.reference.Faults;
import dev.tocsin.bench.contract.reference.RuleManager;
import dev.tocsin.bench.contract.script.Script;
import dev.tocsin.bench.contract.script.Step;
import dev.tocsin.bench.contract.seen.Early;
import dev.tocsin.bench.contract.seen.Expected;
import dev.tocsin.bench.contract.seen.GroupSeen;
import dev.tocsin.bench.contract.seen.SeriesSeen;
import dev.tocsin.bench.contract.seen.Told;
import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.input.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Runs one case through both sides. Single use.
final class ContractRun {
  /// Ticks of one case; beyond it nothing ever ends.
  private static final int TICKS_MAX = 50_000;

  private final Script script;
  private final Check check;
  private final Subject subject;
  private final RuleManager reference;
  private final Observer observer;
  private final Inputs inputs;
  private final List<AlertEvent> events = new ArrayList<>();
  private final boolean strict;
  private List<GroupSeen> groups = List.of();
  private @Nullable Replay replay;
  private long seq;
  private long nowMs;
  private int ticks;

  /// Sees every input and what came of it.
  interface Observer {
    void saw(Input input, Moment moment);
  }

  ContractRun(Script script, Mode mode, Subject subject, Faults faults, Observer observer) {
    this.script = script;
    this.strict = mode == Mode.STRICT;
    this.check = mode.check();
    this.inputs = new Inputs(mode);
    this.subject = subject;
    this.reference = new RuleManager(script.aligned(), faults);
    this.observer = observer;
  }

  /// What does not hold, if anything.
  Optional<String> run() {
    for (Step step : script.steps()) {
      Optional<String> wrong = step.busy() ? Optional.empty() : ticksUntil(step.atMs());
      if (wrong.isEmpty()) {
        wrong = step(Math.max(nowMs, step.atMs()), inputs.of(step, events));
      }
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    Optional<String> wrong = series(reference.series(), subject.series());
    return wrong.isPresent() || replay == null ? wrong : replay.check(subject, strict);
  }

  private Optional<String> ticksUntil(long endMs) {
    while (true) {
      long deadlineMs = Math.min(reference.deadlineMs(), subject.deadlineMs());
      if (deadlineMs > endMs) {
        return Optional.empty();
      }
      if (++ticks > TICKS_MAX) {
        return Optional.of("a deadline stays due: " + deadlineMs);
      }
      long lateMs = Math.floorMod(deadlineMs * 31, script.lateMs() + 1L);
      long tickMs = Math.max(nowMs, Math.min(deadlineMs + lateMs, endMs));
      Optional<String> wrong = step(tickMs, new Input.Tick());
      if (wrong.isPresent()) {
        return wrong;
      }
    }
  }

  private Optional<String> step(long atMs, Input input) {
    nowMs = atMs;
    seq++;
    List<AlertEvent> told = subject.step(seq, nowMs, input);
    events.addAll(told);
    List<Told> actual = subject.told(nowMs, told);
    List<AlertEvent> before = subject.toldInSlot();
    Set<Told> inSlot = before.isEmpty() ? Set.of() : Set.copyOf(subject.told(nowMs, before));
    List<Early> earlyInSlot = new ArrayList<>();
    Runnable look = inSlot.isEmpty() ? () -> {} : () -> earlyInSlot.addAll(reference.early(nowMs));
    List<Expected> expected = reference.step(nowMs, input, look);
    List<GroupSeen> after = reference.groups();
    Moment moment =
        new Moment(
            nowMs,
            input instanceof Input.Tick,
            input instanceof Input.Restarted || input instanceof Input.Reload,
            expected,
            actual,
            inSlot,
            earlyInSlot,
            groups,
            after,
            subject.groups(),
            reference);
    groups = after;
    if (replay != null) {
      replay.add(new Replay.Entry(seq, nowMs, input), told);
    } else if (seq > script.copyAt()) {
      replay = new Replay(subject.bytes());
    }
    observer.saw(input, moment);
    Optional<String> wrong = check.look(moment);
    if (wrong.isEmpty() && strict && reference.deadlineMs() != subject.deadlineMs()) {
      wrong =
          Optional.of(
              "the next deadline is "
                  + subject.deadlineMs()
                  + " and not "
                  + reference.deadlineMs());
    }
    return wrong.map(text -> "at " + nowMs + ", input " + seq + " (" + name(input) + "): " + text);
  }

  private static String name(Input input) {
    return input.getClass().getSimpleName();
  }

  private static Optional<String> series(List<SeriesSeen> expected, List<SeriesSeen> actual) {
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      SeriesSeen one = expected.get(i);
      SeriesSeen other = actual.get(i);
      if (!one.equals(other)) {
        return Optional.of("series otherwise:\n  expected " + one + "\n  written  " + other);
      }
    }
    return expected.size() == actual.size()
        ? Optional.empty()
        : Optional.of(expected.size() + " series expected, " + actual.size() + " written");
  }
}
