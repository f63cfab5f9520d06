package dev.tocsin.deliver.outbox;

import dev.tocsin.deliver.destination.Answer;
import dev.tocsin.deliver.destination.Destination;
import dev.tocsin.deliver.destination.DestinationHealth;
import dev.tocsin.deliver.destination.HttpDestination;
import dev.tocsin.deliver.destination.LocalDestination;
import dev.tocsin.deliver.destination.Notice;
import dev.tocsin.deliver.latency.LatencyRecorder;
import dev.tocsin.deliver.latency.StagePair;
import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.alert.StageTimes;
import dev.tocsin.model.input.Input;
import dev.tocsin.world.chance.Chance;
import dev.tocsin.world.net.HttpCalling;
import dev.tocsin.world.net.HttpCalling.HttpOutcome;
import dev.tocsin.world.schedule.Worker;
import dev.tocsin.world.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/// Brings alerts to every destination, at least once, without ever holding up whoever decided them:
/// an event is put down under a short lock, and the outbox's own thread does the rest.
///
/// An event waits for the journal to hold its sequence number, at most
/// [OutboxLimits#durableWaitNanos], and leaves marked as undurable otherwise. A destination that
/// fails is tried again until it answers; the others do not notice.
public final class Outbox implements Worker {
  /// How long a destination may be silent before it is asked whether it is there, nanoseconds: so
  /// that readiness is known before the first alert.
  static final long PROBE_NANOS = 15_000_000_000L;

  /// How long until one that could not be reached is asked again at first, nanoseconds.
  static final long PROBE_AGAIN_NANOS = 1_000_000_000L;

  private final Clock clock;
  private final HttpCalling calling;
  private final Chance chance;
  private final LongSupplier durableSeq;
  private final OutboxListener listener;
  private final OutboxLimits limits;
  private final List<Lane> lanes = new ArrayList<>();
  private final List<LocalLane> locals = new ArrayList<>();
  private final LatencyRecorder latency = new LatencyRecorder();
  private final Deque<DeliveryRecord> records = new ArrayDeque<>();
  private final ConcurrentLinkedQueue<Runnable> outcomes = new ConcurrentLinkedQueue<>();
  private final Object lock = new Object();
  private volatile Runnable wake = () -> {};
  private long taken;
  private long undurable;

  /// @param durableSeq the sequence number through which the journal is durable; any thread
  public Outbox(
      Clock clock,
      HttpCalling calling,
      Chance chance,
      LongSupplier durableSeq,
      OutboxListener listener,
      OutboxLimits limits,
      List<Destination> destinations) {
    this.clock = clock;
    this.calling = calling;
    this.chance = chance;
    this.durableSeq = durableSeq;
    this.listener = listener;
    this.limits = limits;
    for (Destination destination : destinations) {
      switch (destination) {
        case HttpDestination http -> lanes.add(new Lane(http, limits));
        case LocalDestination local -> locals.add(new LocalLane(local, limits));
      }
    }
  }

  /// How to end the worker's idle wait; set once it was started.
  public void onWork(Runnable wakes) {
    wake = wakes;
  }

  /// Takes an event. Any thread; bounded time.
  ///
  /// @param times the stages up to the decision
  public void offer(AlertEvent event, StageTimes times) {
    synchronized (lock) {
      taken++;
      if (isNews(event)) {
        latency.record(
            times,
            StagePair.SAMPLE_RECEIVED,
            StagePair.RECEIVED_APPLIED,
            StagePair.APPLIED_DECIDED);
      }
      long nowMs = clock.wallMillis();
      Owed limit = owed(event, times);
      lanes.stream()
          .filter(lane -> lane.isDue(event, nowMs))
          .forEach(lane -> lane.add(copy(limit)));
      locals.stream().filter(lane -> lane.isDue(event)).forEach(lane -> lane.add(limit));
    }
    wake.run();
  }

  /// After a restart: the newest event of an alert, and which destinations had answered it when.
  public void restore(AlertEvent event, Map<String, Long> answeredAtMs) {
    synchronized (lock) {
      Owed again = owed(event, new StageTimes(0, 0, 0, 0, 0, 0));
      for (Lane lane : lanes) {
        Long at = answeredAtMs.get(lane.destination.name());
        if (at != null && !event.isResolved()) {
          lane.told.put(AlertKey.of(event), new Told.At(at, true));
        } else if (at == null && lane.destination.wants(event)) {
          lane.add(copy(again));
        }
      }
      for (LocalLane lane : locals) {
        if (!answeredAtMs.containsKey(lane.destination.name()) && lane.isDue(event)) {
          lane.add(again);
        }
      }
    }
    wake.run();
  }

  private Owed owed(AlertEvent event, StageTimes times) {
    return new Owed(event, times, clock.monotonicNanos() + limits.durableWaitNanos());
  }

  private static Owed copy(Owed one) {
    return new Owed(one.event, one.times, one.undurableAfterNanos);
  }

  private static boolean isNews(AlertEvent event) {
    return event.kind() == AlertEvent.Kind.FIRING || event.kind() == AlertEvent.Kind.RESOLVED;
  }

  @Override
  public String name() {
    return "outbox";
  }

  @Override
  public int step() {
    int done = 0;
    for (Runnable outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
      outcome.run();
      done++;
    }
    for (LocalLane lane : locals) {
      done += tell(lane);
    }
    for (Lane lane : lanes) {
      done += send(lane);
    }
    return done;
  }

  @Override
  public long deadlineNanos() {
    synchronized (lock) {
      long deadline = Long.MAX_VALUE;
      for (Lane lane : lanes) {
        deadline = Math.min(deadline, Math.min(lane.deadlineNanos(), probeNanos(lane)));
      }
      for (LocalLane lane : locals) {
        deadline = Math.min(deadline, lane.deadlineNanos());
      }
      return deadline;
    }
  }

  private int tell(LocalLane lane) {
    int done = 0;
    while (true) {
      Notice notice;
      synchronized (lock) {
        if (!lane.isReady(clock.monotonicNanos(), durableSeq.getAsLong())) {
          return done;
        }
        Owed owed = lane.take();
        owed.attempts = 1;
        notice = notice(owed);
      }
      lane.destination.tell(notice);
      delivered(notice.event(), lane.destination.name(), true);
      done++;
    }
  }

  /// With the lock held.
  private Notice notice(Owed owed) {
    boolean early = owed.event.seq() > durableSeq.getAsLong();
    undurable += early ? 1 : 0;
    StageTimes times = owed.times.handed(clock.wallNanos());
    if (owed.attempts == 1 && isNews(owed.event)) {
      latency.record(times, StagePair.DECIDED_HANDED, StagePair.SAMPLE_HANDED);
    }
    return new Notice(owed.event, times, early, owed.attempts);
  }

  private int send(Lane lane) {
    int done = 0;
    while (true) {
      List<Chain> batch = List.of();
      List<Notice> notices = new ArrayList<>();
      boolean probe;
      synchronized (lock) {
        long nowNanos = clock.monotonicNanos();
        probe = nowNanos >= probeNanos(lane);
        if (lane.mayBegin(nowNanos)) {
          batch = lane.take(nowNanos, durableSeq.getAsLong());
          batch.forEach(chain -> notices.add(notice(chain.first())));
        }
        if (batch.isEmpty() && !probe) {
          return done;
        }
        lane.probing |= batch.isEmpty();
        lane.lastContactNanos = nowNanos;
      }
      begin(lane, batch, notices);
      done++;
    }
  }

  /// When the lane is to be asked whether it is there, monotonic nanoseconds. With the lock held.
  private static long probeNanos(Lane lane) {
    // One that is owed something is asked by being told.
    if (lane.probing || lane.requestsInFlight > 0 || lane.owesSomething()) {
      return Long.MAX_VALUE;
    }
    if (lane.lastContactNanos == Long.MIN_VALUE) {
      return Long.MIN_VALUE;
    }
    // One that was just lost is often back soon; readiness should not lag behind by much.
    int doublings = Math.min(lane.probesFailed - 1, 4);
    long afterFailure = PROBE_AGAIN_NANOS << Math.max(0, doublings);
    boolean down = lane.health.reachable() == DestinationHealth.Reachable.NO;
    return lane.lastContactNanos + (down ? Math.min(afterFailure, PROBE_NANOS) : PROBE_NANOS);
  }

  private void begin(Lane lane, List<Chain> batch, List<Notice> notices) {
    HttpCalling.HttpCall call =
        notices.isEmpty() ? lane.destination.probe() : lane.destination.request(notices);
    calling.call(
        call,
        outcome -> {
          long answeredNanos = clock.wallNanos();
          outcomes.add(
              () -> {
                if (notices.isEmpty()) {
                  probed(lane, outcome);
                } else {
                  answered(lane, batch, notices, outcome, answeredNanos);
                }
              });
          wake.run();
        });
  }

  private void probed(Lane lane, HttpOutcome outcome) {
    synchronized (lock) {
      lane.probing = false;
      switch (outcome) {
        case HttpOutcome.Answered _ -> reachable(lane);
        case HttpOutcome.Failed(String reason) -> {
          lane.probesFailed++;
          unreachable(lane, reason);
        }
      }
    }
  }

  private void answered(
      Lane lane, List<Chain> batch, List<Notice> notices, HttpOutcome outcome, long answeredNanos) {
    long nowMs = answeredNanos / 1_000_000;
    switch (Answer.of(outcome, nowMs)) {
      case Answer.Accepted _ -> {
        synchronized (lock) {
          lane.failuresInARow = 0;
          reachable(lane);
          lane.finished(batch, true, nowMs);
          notices.forEach(notice -> record(lane, notice, answeredNanos, ""));
        }
        notices.forEach(notice -> delivered(notice.event(), lane.destination.name(), true));
      }
      case Answer.Refused(String reason) -> {
        String clean = lane.destination.scrub(reason);
        synchronized (lock) {
          lane.failuresInARow = 0;
          lane.health = lane.health.refused(nowMs, clean);
          lane.finished(batch, false, nowMs);
          notices.forEach(notice -> record(lane, notice, answeredNanos, clean));
        }
        listener.log(lane.destination.name() + " refused " + batch.size() + " alert(s): " + clean);
        notices.forEach(notice -> delivered(notice.event(), lane.destination.name(), false));
      }
      case Answer.Again(long notBeforeMs, String reason) -> again(lane, batch, notBeforeMs, reason);
    }
  }

  private void again(Lane lane, List<Chain> batch, long notBeforeMs, String reason) {
    synchronized (lock) {
      lane.failuresInARow++;
      long waitNanos = Backoff.DEFAULT.nanos(lane.failuresInARow, chance);
      long askedNanos = notBeforeMs * 1_000_000;
      lane.notBeforeNanos = clock.monotonicNanos() + Math.max(waitNanos, askedNanos);
      lane.failed(batch);
      unreachable(lane, reason);
    }
  }

  /// With the lock held.
  private void reachable(Lane lane) {
    if (lane.health.reachable() == DestinationHealth.Reachable.NO) {
      listener.log(lane.destination.name() + " can be reached again");
    }
    lane.probesFailed = 0;
    lane.health = lane.health.succeeded(clock.wallMillis());
  }

  /// With the lock held.
  private void unreachable(Lane lane, String reason) {
    String clean = lane.destination.scrub(reason);
    if (lane.health.reachable() != DestinationHealth.Reachable.NO) {
      listener.log(lane.destination.name() + " cannot be told: " + clean + "; trying again");
    }
    lane.health = lane.health.failed(clock.wallMillis(), clean);
  }

  /// With the lock held.
  private void record(Lane lane, Notice notice, long answeredNanos, String reason) {
    StageTimes times = notice.times().answered(answeredNanos);
    if (isNews(notice.event())) {
      latency.record(times, StagePair.HANDED_ANSWERED, StagePair.SAMPLE_ANSWERED);
    }
    records.addLast(
        new DeliveryRecord(
            notice.event(),
            lane.destination.name(),
            times,
            notice.attempt(),
            notice.undurable(),
            reason.isEmpty(),
            reason));
    if (records.size() > limits.records()) {
      records.removeFirst();
    }
  }

  private void delivered(AlertEvent event, String receiver, boolean accepted) {
    listener.delivered(new Input.Delivered(event.id(), receiver, clock.wallMillis(), accepted));
  }

  /// Any thread.
  public OutboxStats stats() {
    synchronized (lock) {
      List<LaneStats> all = new ArrayList<>();
      lanes.forEach(lane -> all.add(lane.stats()));
      locals.forEach(lane -> all.add(lane.stats()));
      return new OutboxStats(taken, undurable, all);
    }
  }

  /// Of the destinations told by HTTP. Any thread.
  public List<DestinationHealth> health() {
    synchronized (lock) {
      return lanes.stream().map(lane -> lane.health).toList();
    }
  }

  /// The last deliveries, newest last. Any thread.
  public List<DeliveryRecord> records() {
    synchronized (lock) {
      return List.copyOf(records);
    }
  }

  public LatencyRecorder latency() {
    return latency;
  }
}
