package dev.tocsin.bench.contract;

import dev.tocsin.bench.contract.script.Script;
import dev.tocsin.bench.contract.seen.AlertSeen;
import dev.tocsin.bench.contract.seen.GroupSeen;
import dev.tocsin.bench.contract.seen.RuleSeen;
import dev.tocsin.bench.contract.seen.SeriesSeen;
import dev.tocsin.engine.Engine;
import dev.tocsin.engine.EngineOptions;
import dev.tocsin.engine.EngineView;
import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.promql.data.SeriesData;
import dev.tocsin.store.StoreLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// The engine itself.
public final class EngineSubject implements Subject {
  private static final StoreLimits STORE = new StoreLimits(10_000, 4 << 20);

  /// Of one time.
  private static final long TICKS_MAX = 1000;

  private final EngineOptions options;
  private final Engine engine;
  private List<AlertEvent> toldInSlot = List.of();

  private EngineSubject(EngineOptions options, Engine engine) {
    this.options = options;
    this.engine = engine;
  }

  /// One that evaluates its slots at once.
  ///
  /// @param aligned whether slots are at whole multiples of the interval
  public static EngineSubject of(boolean aligned) {
    return of(aligned, EngineOptions.WHOLE);
  }

  /// The one for a case: of every second case it evaluates the slots rule by rule, with a tick for
  /// each.
  public static EngineSubject of(Script script) {
    return of(script.aligned(), script.number() % 2 == 0 ? EngineOptions.WHOLE : 1);
  }

  private static EngineSubject of(boolean aligned, long pieceCost) {
    EngineOptions.Slots slots = aligned ? EngineOptions.Slots.ALIGNED : EngineOptions.Slots.SPREAD;
    EngineOptions options = EngineOptions.of(STORE).withSlots(slots).withPieceCost(pieceCost);
    return new EngineSubject(options, new Engine(options));
  }

  /// A tick that leaves slots in pieces is followed by others at the same time until they have
  /// ended, which here count as one.
  @Override
  public List<AlertEvent> step(long seq, long nowMs, Input input) {
    long first = seq * TICKS_MAX;
    List<AlertEvent> events = new ArrayList<>(engine.step(first, nowMs, input));
    toldInSlot = List.of();
    for (long more = 1; engine.isInSlot(); more++) {
      toldInSlot = List.copyOf(events);
      if (more == TICKS_MAX) {
        throw new IllegalStateException("slots never end");
      }
      events.addAll(engine.step(first + more, nowMs, new Input.Tick()));
    }
    return events;
  }

  @Override
  public List<AlertEvent> toldInSlot() {
    return toldInSlot;
  }

  @Override
  public long deadlineMs() {
    return engine.nextDeadlineMs();
  }

  @Override
  public List<GroupSeen> groups() {
    return engine.view().groups().stream().map(EngineSubject::seen).toList();
  }

  private static GroupSeen seen(EngineView.Group group) {
    return new GroupSeen(
        group.file(),
        group.name(),
        group.lastEvaluationMs(),
        group.evaluations(),
        group.missed(),
        group.rules().stream().map(EngineSubject::seen).toList());
  }

  private static RuleSeen seen(EngineView.Rule rule) {
    return new RuleSeen(
        rule.name(),
        rule.query(),
        rule.health().word(),
        rule.alerts().stream().map(EngineSubject::seen).toList());
  }

  private static AlertSeen seen(EngineView.Alert alert) {
    boolean fires = alert.state() == AlertState.FIRING;
    return new AlertSeen(
        alert.labels(),
        alert.annotations(),
        alert.state(),
        alert.value(),
        alert.activeAtMs(),
        fires ? alert.firedAtMs() : 0,
        fires ? alert.keepFiringSinceMs() : 0);
  }

  @Override
  public List<SeriesSeen> series() {
    return engine.source(Tenant.DEFAULT).select(List.of(), Long.MIN_VALUE, Long.MAX_VALUE).stream()
        .filter((SeriesData data) -> data.count() > 0)
        .map(SeriesSeen::of)
        .toList();
  }

  @Override
  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      engine.checkpoint(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public Subject copy(byte[] bytes) {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      Subject copy = new EngineSubject(options, Engine.restore(in, options));
      if (in.read() >= 0) {
        throw new IOException("the checkpoint was not read to its end");
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
