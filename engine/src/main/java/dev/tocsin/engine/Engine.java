package dev.tocsin.engine;

import dev.tocsin.engine.stream.SettleStats;
import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.model.problem.Problem;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.promql.data.SeriesSource;
import dev.tocsin.rules.state.StateReader;
import dev.tocsin.rules.state.StateWriter;
import dev.tocsin.store.Store;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// Decides. A pure machine: a series of inputs gives a series of events, the same wherever and
/// whenever it is repeated; after [#restore] it goes on as if nothing had happened.
///
/// Rules see the series of [Tenant#DEFAULT] and write into them. Groups are evaluated at their own
/// slots (see [SlotGrid]), as Prometheus does it. Declared differences from Prometheus: the state
/// of alerts is kept to the millisecond, time that the process was down counts towards `for`, after
/// it alerts are held for a moment (see [Outage]), and a receiver hears of the end of an alert that
/// was lost (see [Announcer]).
///
/// One thread calls everything but [#view], [#source] and [#store], which any thread may call.
public final class Engine {
  static final int MAGIC = 0x54454e31; // "TEN1"

  /// What is written. Version 1, in which rules have no settings, 2, in which nothing waits to
  /// settle, and 3, in which no reference was given up, are read too.
  static final int VERSION = 4;

  private final Store store;
  private final SeriesTable table;
  private final Ledger ledger;
  private final Announcer announcer;
  private final FadingSeries fading;
  private final Groups groups;
  private final GroupEvaluation evaluation;
  private final Overlay overlay;
  private final SlotQueue slots;
  private final Expiry expiry;
  private final long pieceCost;
  private final Outage outage = new Outage();
  private RuleSet rules = RuleSet.NONE;
  private long lastNowMs = Long.MIN_VALUE;

  /// Of the step that is being done, Unix milliseconds.
  private long stepMs = Long.MIN_VALUE;

  /// Its number.
  private long stepSeq;

  /// When slots, lost alerts or fading series are due.
  private long slotsDeadlineMs = Long.MAX_VALUE;

  private long deadlineMs = Long.MAX_VALUE;

  /// Of the last step; see [#leftTraces].
  private boolean hasTraces;

  private volatile String reloadProblem = "";

  public Engine(EngineOptions options) {
    this(options, new SeriesNames(options.hashSeed()));
  }

  /// With names that others share, so that they are in memory once.
  public Engine(EngineOptions options, SeriesNames names) {
    this(options, new Store(options.store(), names));
  }

  private Engine(EngineOptions options, Store store) {
    Tenant tenant = Tenant.DEFAULT;
    this.store = store;
    this.table = new SeriesTable(store);
    this.ledger = new Ledger(tenant);
    this.announcer = new Announcer(tenant, ledger);
    RuleSource source = new RuleSource(store, tenant);
    RuleWriter writer = new RuleWriter(store, tenant, this::written);
    this.fading = new FadingSeries(writer);
    this.groups = new Groups(options.slots(), source, announcer, fading);
    EvidenceReader evidence = new EvidenceReader(store, source, table);
    this.evaluation =
        new GroupEvaluation(
            new RuleQueries(source, options.evaluation()),
            writer,
            evidence,
            announcer,
            outage,
            options.stopwatch());
    this.overlay =
        new Overlay(store, tenant, source, evaluation, options.evaluation().lookbackMs());
    this.slots = new SlotQueue(groups.agenda(), evaluation, source, overlay);
    this.expiry =
        new Expiry(
            store,
            table,
            source,
            groups,
            fading,
            evidence,
            overlay,
            options.evaluation().lookbackMs());
    this.pieceCost = options.pieceCost();
  }

  /// Takes one input. Events are in the order of slots, groups, rules and labels; alerts that were
  /// lost and resolve now come last.
  ///
  /// @param seq of the input; ascending
  /// @param nowMs the sequencer's time of the input, Unix milliseconds; never decreases
  public List<AlertEvent> step(long seq, long nowMs, Input input) {
    List<AlertEvent> events = new ArrayList<>();
    stepMs = nowMs;
    stepSeq = seq;
    hasTraces = true;
    switch (input) {
      case Input.Transaction transaction -> {
        table.apply(transaction, transaction.partial() ? this::arrived : this::written);
        settleBetweenSlots(seq, nowMs, events);
      }
      case Input.Tick _ -> tick(seq, nowMs, events);
      case Input.Reload(RuleSet next) -> {
        slots.finish(seq, nowMs, events);
        reload(next, nowMs);
      }
      case Input.Delivered(String id, String receiver, long atMs, boolean accepted) -> {
        if (accepted) {
          ledger.answered(id, receiver, atMs);
        }
        settleBetweenSlots(seq, nowMs, events);
      }
      case Input.Expire expire -> {
        slots.finish(seq, nowMs, events);
        expiry.apply(expire, nowMs, rules);
        settleBetweenSlots(seq, nowMs, events);
      }
      case Input.Restarted _ -> {
        slots.finish(seq, nowMs, events);
        outage.restarted(lastNowMs);
        groups.skipTo(nowMs);
        renewDeadline();
      }
    }
    lastNowMs = nowMs;
    return events;
  }

  private void tick(long seq, long nowMs, List<AlertEvent> events) {
    boolean isSettling = !rules.settings().settle().isOff();
    hasTraces = isSettling;
    outage.ticked(nowMs);
    if (nowMs >= slotsDeadlineMs || !slots.isEmpty()) {
      // What settles sees what the rules saw: no sample may come between them.
      slots.advance(seq, nowMs, isSettling ? EngineOptions.WHOLE : pieceCost, events);
      hasTraces |= evaluation.takeTraces();
      if (slots.isEmpty()) {
        hasTraces |= nowMs >= fading.deadlineMs();
        events.addAll(announcer.expire(seq, nowMs));
        fading.fade(nowMs);
      }
      renewDeadline();
    }
    settle(seq, nowMs, events);
    hasTraces |= !events.isEmpty();
  }

  private void settleBetweenSlots(long seq, long nowMs, List<AlertEvent> events) {
    if (nowMs < slotsDeadlineMs) {
      settle(seq, nowMs, events);
    } else {
      // The tick that is due comes first, or an alert would begin after the slot that ends it.
      overlay.pass();
    }
  }

  private void settle(long seq, long nowMs, List<AlertEvent> events) {
    overlay.settle(seq, lastNowMs, nowMs, events);
    deadlineMs = Math.min(slotsDeadlineMs, overlay.deadlineMs());
  }

  /// Whether slots are due that have begun and not ended; then a tick is due at once.
  public boolean isInSlot() {
    return !slots.isEmpty();
  }

  private void written(int id, long timeMs) {
    overlay.touched(id, timeMs, stepMs);
  }

  private void arrived(int id, long timeMs) {
    overlay.arrived(id, timeMs, stepSeq, stepMs);
  }

  private void reload(RuleSet next, long nowMs) {
    Problems problems = new Problems();
    if (groups.reload(next, nowMs, problems)) {
      rules = next;
      evaluation.settings(next);
      overlay.reloaded(groups.all(), next.settings(), nowMs);
      reloadProblem = "";
      renewDeadline();
    } else {
      reloadProblem =
          problems.list().stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }
  }

  private void renewDeadline() {
    // They come behind the rules of the slots.
    long other =
        slots.isEmpty() ? Math.min(announcer.deadlineMs(), fading.deadlineMs()) : Long.MAX_VALUE;
    slotsDeadlineMs = Math.min(groups.agenda().deadlineMs(), other);
    deadlineMs = Math.min(slotsDeadlineMs, overlay.deadlineMs());
  }

  /// When a tick is due, Unix milliseconds; `Long.MAX_VALUE`: never. An earlier one does nothing.
  public long nextDeadlineMs() {
    return slots.isEmpty() ? deadlineMs : Math.min(deadlineMs, lastNowMs);
  }

  /// Whether the last step left anything behind but the times at which rules were evaluated. A tick
  /// that did not may be lost in a crash: the process then was down a moment earlier.
  public boolean leftTraces() {
    return hasTraces;
  }

  /// How the groups stand. Any thread.
  public EngineView view() {
    return Views.of(groups.all(), reloadProblem);
  }

  /// Why the newest rules were refused; empty where they run. Any thread.
  public String reloadProblem() {
    return reloadProblem;
  }

  /// The series of a tenant, for queries. Any thread.
  public SeriesSource source(Tenant tenant) {
    return source(tenant, Long.MAX_VALUE, () -> false);
  }

  /// The same, for one query whose selections together may read no more samples than that. Any
  /// thread.
  ///
  /// @param cancelled asked again and again while it selects; true ends it
  public SeriesSource source(Tenant tenant, long samplesMax, BooleanSupplier cancelled) {
    return new StoreSource(store, tenant, samplesMax, cancelled);
  }

  /// The series of a tenant without their samples. Any thread.
  ///
  /// @param cancelled asked again and again while it searches; true ends it
  public SeriesSearch search(Tenant tenant, BooleanSupplier cancelled) {
    return new SeriesSearch(store, tenant, cancelled);
  }

  /// Any thread may read it.
  public Store store() {
    return store;
  }

  /// Every reference known, ascending: rebuilds the intake's table after a restart.
  public void forEachReference(ReferenceVisitor visitor) {
    table.forEach(visitor);
  }

  /// The reference that a new series may get, or a later one: all before it were given.
  public int referencesEnd() {
    return table.end();
  }

  /// Series that got no sample for so long, or for as long as rules look back: what an
  /// [Input.Expire] is made of. Takes a look at every series.
  ///
  /// @param most of those from outside
  public IdleSeries idle(long nowMs, long keepMs, int most) {
    return expiry.idle(nowMs, keepMs, most, rules);
  }

  /// Goes on with leaving the names of removed series behind: a piece of work at a time, to be
  /// asked for again and again. Returns whether there is more. Nothing that is decided depends on
  /// it.
  ///
  /// @param most series looked at
  public boolean renewNames(int most) {
    return store.renew(most);
  }

  /// For the outbox after a restart.
  public List<Owed> owed() {
    return ledger.owed();
  }

  /// Samples that came without a series: a mistake of whoever made the transaction, or the series
  /// had no room.
  public long samplesWithoutSeries() {
    return table.samplesWithoutSeries();
  }

  /// How scrapes that came in parts settled. Any thread.
  public SettleStats settles() {
    return overlay.settles();
  }

  /// The rules that run.
  public RuleSet rules() {
    return rules;
  }

  /// The engine as it is, to be written by another thread while this one goes on: what changes in
  /// place is copied, everything else is read later. Only one at a time, until it is closed.
  ///
  /// @throws IllegalStateException where there is one, or while [#isInSlot]
  public FrozenEngine freeze() {
    if (isInSlot()) {
      throw new IllegalStateException("slots have begun and not ended");
    }
    try {
      StateBuffer beforeRules = new StateBuffer();
      StateWriter writer = beforeRules.writer();
      writer.number(lastNowMs);
      outage.write(writer);
      StateBuffer state = new StateBuffer();
      writeState(state.writer());
      StateBuffer between = new StateBuffer();
      overlay.write(between.writer());
      FrozenSeriesTable references = table.freeze();
      // The store last: where anything else fails, it is not left frozen.
      return new FrozenEngine(store.freeze(), beforeRules, rules, state, references, between);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory has no such errors
    }
  }

  private void writeState(StateWriter writer) throws IOException {
    writer.text(reloadProblem);
    GroupsCodec.write(writer, groups.all());
    announcer.write(writer);
    fading.write(writer);
    ledger.write(writer);
  }

  /// Writes everything, at once.
  public void checkpoint(DataOutput out) throws IOException {
    try (FrozenEngine now = freeze()) {
      now.writeTo(out);
    }
  }

  /// Reads what [#checkpoint] wrote. Anything else is an [IOException].
  public static Engine restore(DataInput in, EngineOptions options) throws IOException {
    return restore(in, options, new SeriesNames(options.hashSeed()));
  }

  /// The same with names that others share.
  public static Engine restore(DataInput in, EngineOptions options, SeriesNames names)
      throws IOException {
    int magic = in.readInt();
    int version = in.readInt();
    if (magic != MAGIC) {
      throw new IOException("no checkpoint of the engine: it starts otherwise");
    }
    if (version < 1 || version > VERSION) {
      throw new IOException(
          "checkpoint of the engine: version " + version + ", only 1 to " + VERSION + " are read");
    }
    Store store = Store.readFrom(in, options.store(), names);
    Engine engine = new Engine(options, store);
    engine.read(new StateReader(in), version);
    return engine;
  }

  private void read(StateReader in, int version) throws IOException {
    lastNowMs = in.number();
    outage.read(in);
    reload(RuleSetCodec.read(in, version), 0);
    if (!reloadProblem.isEmpty()) {
      throw new IOException("checkpoint of the engine: its rules are refused: " + reloadProblem);
    }
    reloadProblem = in.text();
    GroupsCodec.read(in, groups.all(), store, version);
    groups.agenda().renew(groups.all());
    announcer.read(in);
    fading.read(in, store.idsEnd());
    ledger.read(in);
    table.read(in, version);
    if (version > 2) {
      overlay.read(in);
    }
    for (GroupRun group : groups.all()) {
      if (group.isWatched) {
        overlay.evaluated(group, lastNowMs, lastNowMs);
      }
    }
    overlay.restored();
    renewDeadline();
  }
}
