package dev.tocsin.cli.journal;

import dev.tocsin.engine.Engine;
import dev.tocsin.engine.EngineOptions;
import dev.tocsin.engine.EngineView;
import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.limit.Limits;
import dev.tocsin.pipeline.journal.JournalConfig;
import dev.tocsin.pipeline.journal.recovery.Recovery;
import dev.tocsin.pipeline.journal.recovery.RecoveryReport;
import dev.tocsin.store.StoreLimits;
import dev.tocsin.world.disk.Disk;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A recorded journal through an engine of its own, with other rules or with those that ran. The
/// recorded inputs keep their order and their times. Other rules have other deadlines than those
/// that ran, so between two entries the ticks that they would have had come in between, at the
/// millisecond at which they are due; none for the time that the agent was down.
///
/// Same journal and same plan, same [Teller] calls. Single use, one thread.
public final class Replay {
  /// Of the engine; the command's heap is 512 MB.
  private static final StoreLimits STORE = new StoreLimits(Limits.SERIES_MAX, 96L << 20);

  /// Hears what would have been told.
  public interface Teller {
    /// The first entry is there.
    ///
    /// @param seq its number; beyond 1 what was before is gone
    void begins(long seq, long nowMs);

    /// @param byData whether a transaction decided it, and not the time
    /// @param groups how they stand after it
    void tell(AlertEvent event, boolean byData, List<EngineView.Group> groups);
  }

  private final ReplayPlan plan;
  private final RuleSet atFirst;
  private final Teller teller;
  private final Engine engine = new Engine(EngineOptions.of(STORE));
  private long seq;
  private long firstMs;
  private long lastMs;
  private long samples;
  private long entries;
  private boolean ended;

  private Replay(ReplayPlan plan, RuleSet atFirst, Teller teller) {
    this.plan = plan;
    this.atFirst = atFirst;
    this.teller = teller;
  }

  /// What was replayed.
  ///
  /// @param firstMs and `lastMs`: Unix milliseconds of the first and the last entry
  /// @param series those of the rules among them
  /// @param lost samples whose series is not known or had no room
  /// @param reloadProblem why the last rules were refused; empty: they were not
  /// @param notes of the journal's reader
  public record Result(
      long firstMs,
      long lastMs,
      long entries,
      long samples,
      int series,
      long lost,
      List<EngineView.Group> groups,
      String reloadProblem,
      List<String> notes) {
    public Result {
      groups = List.copyOf(groups);
      notes = List.copyOf(notes);
    }
  }

  /// Replays; throws [IOException] where the journal cannot be read at all.
  public static Result run(Disk disk, Path journal, ReplayPlan plan, Teller teller)
      throws IOException {
    Recovery recovery = Recovery.ofAll(disk, journal);
    RuleSet atFirst = recovery.oldestSeq() > 1 ? rulesOfCheckpoint(disk, journal) : RuleSet.NONE;
    Replay replay = new Replay(plan, atFirst, teller);
    RecoveryReport report = recovery.read(replay::entry);
    EngineView view = replay.engine.view();
    return new Result(
        replay.firstMs,
        replay.lastMs,
        replay.entries,
        replay.samples,
        replay.engine.store().seriesCount(),
        replay.engine.samplesWithoutSeries(),
        view.groups(),
        view.reloadProblem(),
        report.notes());
  }

  /// What ran when the beginning of the journal was dropped: the nearest that is known.
  private static RuleSet rulesOfCheckpoint(Disk disk, Path journal) throws IOException {
    Recovery newest = Recovery.open(disk, journal, JournalConfig.DEFAULT.withSalvage(true));
    try (DataInputStream checkpoint = newest.openCheckpoint()) {
      return checkpoint == null
          ? RuleSet.NONE
          : Engine.restore(checkpoint, EngineOptions.of(STORE)).rules();
    }
  }

  private void entry(long recordedSeq, long nowMs, Input input) {
    if (ended || nowMs > plan.toMs()) {
      ended = true;
      return;
    }
    if (entries++ == 0) {
      firstMs = nowMs;
      teller.begins(recordedSeq, nowMs);
      if (!(input instanceof Input.Reload) && !isRestart(recordedSeq, input)) {
        step(nowMs, new Input.Reload(plan.instead(atFirst)));
      }
    } else if (!plan.isAsRecorded() && !(input instanceof Input.Restarted)) {
      runUntil(nowMs);
    }
    lastMs = nowMs;
    switch (input) {
      case Input.Reload(RuleSet rules) -> step(nowMs, new Input.Reload(plan.instead(rules)));
      case Input.Transaction transaction -> {
        samples += transaction.sampleCount();
        step(nowMs, transaction);
      }
      case Input.Tick _, Input.Delivered _, Input.Restarted _, Input.Expire _ -> step(nowMs, input);
    }
  }

  /// The reload comes with the next entry.
  private static boolean isRestart(long recordedSeq, Input input) {
    return recordedSeq > 1 && input instanceof Input.Restarted;
  }

  private void runUntil(long nowMs) {
    long dueMs = engine.nextDeadlineMs();
    while (dueMs <= nowMs) {
      step(Math.max(dueMs, lastMs), new Input.Tick());
      long nextMs = engine.nextDeadlineMs();
      if (nextMs <= dueMs) {
        return; // as in the agent, a deadline is asked for once
      }
      dueMs = nextMs;
    }
  }

  private void step(long nowMs, Input input) {
    lastMs = Math.max(lastMs, nowMs);
    List<AlertEvent> events = engine.step(++seq, lastMs, input);
    if (events.isEmpty() || lastMs < plan.fromMs()) {
      return;
    }
    List<EngineView.Group> groups = engine.view().groups();
    boolean byData = input instanceof Input.Transaction;
    events.forEach(event -> teller.tell(event, byData, groups));
  }
}
