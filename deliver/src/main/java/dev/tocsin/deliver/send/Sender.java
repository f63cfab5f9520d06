package dev.tocsin.deliver.send;

import dev.tocsin.deliver.destination.Answer;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.pipeline.journal.cursor.CursorPosition;
import dev.tocsin.pipeline.journal.cursor.Holds;
import dev.tocsin.pipeline.journal.cursor.PositionFile;
import dev.tocsin.pipeline.journal.format.FormatException;
import dev.tocsin.world.World;
import dev.tocsin.world.net.HttpCalling.HttpCall;
import dev.tocsin.world.net.HttpCalling.HttpOutcome;
import dev.tocsin.world.schedule.Worker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Sends all samples that come in to one place, from the journal: in order within a series, at
/// least once, also across crashes. The journal is the queue: what waits in memory is bounded, and
/// nothing but reading is asked of the journal. Its thread is that of a worker of its own.
///
/// Where it has got to is made durable every [#PERSIST_NANOS], and when it stops. After a crash it
/// begins there again, so some samples are sent twice.
public final class Sender implements Worker {
  /// Between two writes of the position, nanoseconds.
  private static final long PERSIST_NANOS = 5_000_000_000L;

  /// How often the journal is looked at that had nothing new, nanoseconds.
  private static final long POLL_NANOS = 100_000_000L;

  /// How long a disk that failed is left alone, nanoseconds.
  private static final long DISK_NANOS = 1_000_000_000L;

  private static final int ANSWER_BYTES = 512;

  private record Outcome(Shard shard, HttpOutcome outcome) {}

  private final SendConfig config;
  private final QueueConfig queue;
  private final SampleFormat format;
  private final World world;
  private final LongSupplier durableSeq;
  private final Holds holds;
  private final PositionFile file;
  private final OutgoingNames names;
  private final Shards shards;
  private final Lanes lanes;
  private final Placing placing;
  private final Tally tally;
  private final Map<String, String> headers;
  private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
  private volatile Runnable wake = () -> {};
  private volatile SenderStats stats = SenderStats.NONE;

  private CursorPosition persisted;
  private long persistAtNanos;
  private long pollAtNanos;
  private long readAtNanos = Long.MIN_VALUE;
  private boolean diskFails;
  private boolean limited;

  private Sender(
      SendConfig config,
      SampleFormat format,
      World world,
      SeriesNames here,
      LongSupplier durableSeq,
      Holds holds,
      PositionFile file,
      CursorPosition position,
      Consumer<String> log) {
    this.config = config;
    this.queue = config.queue();
    this.format = format;
    this.world = world;
    this.durableSeq = durableSeq;
    this.holds = holds;
    this.file = file;
    this.persisted = position;
    this.names = new OutgoingNames(here, config, world.chance());
    long now = world.clock().monotonicNanos();
    this.shards = new Shards(queue, now);
    this.lanes = new Lanes(world.disk(), holds.segments(), durableSeq, names, position);
    this.tally = new Tally(config.name(), log);
    this.placing = new Placing(config, world.clock(), durableSeq, shards, lanes, tally);
    this.persistAtNanos = now + PERSIST_NANOS;
    Map<String, String> all = new HashMap<>(config.headers());
    all.putAll(format.headers());
    this.headers = Map.copyOf(all);
  }

  /// Begins where it was left; a new one begins with the next sample that comes, and one whose
  /// position cannot be read with the oldest that the journal has.
  ///
  /// @param here the names of the series, shared
  /// @param durableSeq the newest entry that a crash cannot take any more
  public static Sender open(
      SendConfig config,
      SampleFormat format,
      World world,
      SeriesNames here,
      LongSupplier durableSeq,
      Holds holds,
      PositionFile file,
      Consumer<String> log)
      throws IOException {
    long newest = durableSeq.getAsLong() + 1;
    CursorPosition position;
    try {
      Optional<CursorPosition> found = file.read();
      position = found.orElse(CursorPosition.from(newest));
      if (position.ranges().getLast().from() > newest) {
        log.accept(
            "Sending to " + config.name() + ": the journal is older than what was sent of it.");
        position = CursorPosition.from(newest);
      }
    } catch (FormatException e) {
      log.accept(
          "Sending to " + config.name() + ": " + e.getMessage() + "; all that is there is sent.");
      position = CursorPosition.from(Math.max(1, holds.segments().after(0)));
    }
    file.write(position);
    holds.need(config.name(), position.oldest());
    return new Sender(config, format, world, here, durableSeq, holds, file, position, log);
  }

  /// How this worker is woken, before its thread begins.
  public void onAnswer(Runnable wakeWorker) {
    wake = wakeWorker;
  }

  public SendConfig config() {
    return config;
  }

  /// Any thread.
  public SenderStats stats() {
    return stats;
  }

  @Override
  public String name() {
    return "send";
  }

  @Override
  public boolean isNice() {
    return true;
  }

  @Override
  public int step() {
    long nowNanos = world.clock().monotonicNanos();
    int handled = takeOutcomes(nowNanos);
    if (nowNanos >= persistAtNanos) {
      keepHouse(nowNanos);
    }
    handled += fill(nowNanos);
    for (Shard shard : shards.all()) {
      handled += sendIfDue(shard, nowNanos);
    }
    publish();
    pollAtNanos = nowNanos + POLL_NANOS;
    return handled;
  }

  @Override
  public long deadlineNanos() {
    long next = Math.min(persistAtNanos, Math.max(readAtNanos, pollAtNanos));
    for (Shard shard : shards.all()) {
      if (shard.inFlight == null && shard.count() > 0) {
        next = Math.min(next, dueNanos(shard));
      }
    }
    return next;
  }

  /// What is under way is forgotten: the next start sends it again.
  @Override
  public void stopped() {
    takeOutcomes(world.clock().monotonicNanos());
    persist();
    lanes.close();
  }

  private int takeOutcomes(long nowNanos) {
    int taken = 0;
    for (Outcome next = outcomes.poll(); next != null; next = outcomes.poll()) {
      answered(next.shard, next.outcome, nowNanos);
      taken++;
    }
    return taken;
  }

  private void answered(Shard shard, HttpOutcome outcome, long nowNanos) {
    SampleFormat.Body body = shard.inFlight;
    shard.inFlight = null;
    if (body == null) {
      return;
    }
    tally.requests++;
    switch (answer(outcome)) {
      case Answer.Accepted() -> accepted(shard, body, outcome, nowNanos);
      case Answer.Again(long notBeforeMs, String reason) -> {
        tally.failures++;
        tally.retried += body.samples();
        tally.failing = config.scrub(reason);
        long waitMs = notBeforeMs > 0 ? notBeforeMs : shard.backoffMs;
        shard.notBeforeNanos = nowNanos + waitMs * 1_000_000;
        shard.backoffMs = Math.min(queue.maxBackoffMs(), 2 * Math.max(1, shard.backoffMs));
        shard.attempts++;
      }
      case Answer.Refused(String reason) -> {
        tally.failures++;
        tally.failing = "";
        tally.dropped(Dropped.HISTOGRAM, body.unwritable());
        tally.refused(Dropped.REFUSED, body.written(), told(reason, outcome), nowNanos);
        shard.remove(body.samples(), nowNanos);
        shard.backoffMs = queue.minBackoffMs();
      }
    }
  }

  private Answer answer(HttpOutcome outcome) {
    if (outcome instanceof HttpOutcome.Answered(int status, var _, var _)) {
      if (status == 429 && !queue.retryOn429()) {
        return new Answer.Refused("answered 429");
      }
      if (status >= 300 && status < 400) {
        // Not followed; but a receiver that moved is no reason to lose anything.
        return new Answer.Again(0, "answered " + status + ": the receiver is somewhere else");
      }
    }
    return Answer.of(outcome, world.clock().wallMillis());
  }

  /// With the beginning of what the receiver said: only it knows which sample it did not like.
  private String told(String reason, HttpOutcome outcome) {
    if (outcome instanceof HttpOutcome.Answered(int _, var _, byte[] content)) {
      String text = new String(content, StandardCharsets.UTF_8).strip();
      String clean = config.scrub(text.replaceAll("\\p{Cntrl}+", " "));
      return clean.isEmpty() ? reason : reason + ": " + clean;
    }
    return reason;
  }

  private void accepted(Shard shard, SampleFormat.Body body, HttpOutcome outcome, long nowNanos) {
    tally.failing = "";
    tally.newestSentMs = Math.max(tally.newestSentMs, shard.newestMs(body.samples()));
    int unwritten = 0;
    if (outcome instanceof HttpOutcome.Answered(int _, var answered, byte[] content)) {
      SampleFormat.Unwritten left = format.unwritten(body, answered, content);
      unwritten = Math.min(left.samples(), body.written());
      if (unwritten > 0) {
        tally.refused(Dropped.UNWRITTEN, unwritten, config.scrub(left.reason()), nowNanos);
      }
    }
    tally.dropped(Dropped.HISTOGRAM, body.unwritable());
    tally.sent += body.written() - unwritten;
    tally.sentHistograms += body.histograms();
    tally.sentBytes += body.bytes().length;
    shard.remove(body.samples(), nowNanos);
    shard.backoffMs = queue.minBackoffMs();
  }

  /// Gives samples of the journal their places in the shards.
  private int fill(long nowNanos) {
    shards.changeIfEmpty();
    if (names.areMany() && shards.waiting() == 0) {
      names.renew();
      lanes.forgetOutgoing();
    }
    if (nowNanos < readAtNanos || shards.isChanging() || names.areMany()) {
      return 0;
    }
    try {
      int filled = placing.fill(nowNanos);
      diskFails = false;
      return filled;
    } catch (IOException e) {
      if (!diskFails) {
        tally.tell("the journal cannot be read: " + e.getMessage() + "; trying again.");
      }
      diskFails = true;
      readAtNanos = nowNanos + DISK_NANOS;
      return 0;
    }
  }

  private long dueNanos(Shard shard) {
    boolean full = shard.count() >= queue.samplesPerSend() || shard.attempts > 0;
    long ready =
        full || shards.isChanging() || names.areMany()
            ? Long.MIN_VALUE
            : shard.waitingSinceNanos + queue.deadlineMs() * 1_000_000;
    return Math.max(ready, shard.notBeforeNanos);
  }

  private int sendIfDue(Shard shard, long nowNanos) {
    if (shard.inFlight != null || shard.count() == 0 || dueNanos(shard) > nowNanos) {
      return 0;
    }
    if (queue.sampleAgeMsMax() > 0) {
      int old = shard.olderThan(world.clock().wallMillis() - queue.sampleAgeMsMax());
      tally.dropped(Dropped.TOO_OLD, old);
      if (old > 0) {
        shard.remove(old, nowNanos);
        return 1;
      }
    }
    int samples = Math.min(shard.count(), queue.samplesPerSend());
    SampleFormat.Body body = format.body(shard.first(samples, names.names()));
    shard.inFlight = body;
    HttpCall call =
        new HttpCall(
            "POST", config.url().reveal(), headers, body.bytes(), config.timeoutMs(), ANSWER_BYTES);
    world
        .calling()
        .call(
            call,
            outcome -> {
              outcomes.add(new Outcome(shard, outcome));
              wake.run();
            });
    return 1;
  }

  /// Bounds what is kept for it, makes its position durable, and looks how many shards it needs.
  private void keepHouse(long nowNanos) {
    persistAtNanos = nowNanos + PERSIST_NANOS;
    persist();
    shards.look(behindMs(), !tally.failing.isEmpty(), nowNanos);
  }

  private void persist() {
    try {
      CursorPosition now = lanes.position(shards.all(), 0);
      long allowed = holds.firstAllowed(now.oldest());
      if (allowed > now.oldest()) {
        leaveOut(allowed);
        now = lanes.position(shards.all(), allowed);
      } else if (behindMs() == 0) {
        limited = false;
      }
      if (!now.equals(persisted)) {
        file.write(now);
        persisted = now;
        holds.need(config.name(), now.oldest());
        holds.release();
      }
    } catch (IOException e) {
      if (!diskFails) {
        tally.tell("its position cannot be kept: " + e.getMessage() + "; trying again.");
      }
      diskFails = true;
    }
  }

  private void leaveOut(long firstAllowed) {
    long before = lanes.passed().limited();
    lanes.skipTo(firstAllowed);
    long left = lanes.passed().limited() - before;
    if (!limited && left > 0) {
      tally.tell(
          "too far behind: the journal keeps no more for it. "
              + left
              + " input(s) are left out, and more until it has caught up.");
    }
    limited = limited || left > 0;
  }

  /// How long the oldest sample that was read and not accepted has been here.
  private long behindMs() {
    long oldestMs = Long.MAX_VALUE;
    for (Shard shard : shards.all()) {
      if (shard.count() > 0) {
        oldestMs = Math.min(oldestMs, shard.firstArrivedMs());
      }
    }
    Lane front = lanes.front();
    if (oldestMs == Long.MAX_VALUE) {
      if (front.readMs == 0 || front.nextSeq() > durableSeq.getAsLong()) {
        return 0;
      }
      oldestMs = front.readMs;
    }
    return Math.max(0, world.clock().wallMillis() - oldestMs);
  }

  private void publish() {
    stats =
        new SenderStats(
            tally.sent,
            tally.sentHistograms,
            tally.dropped,
            tally.retried,
            tally.requests,
            tally.failures,
            tally.sentBytes,
            shards.waiting(),
            holds.segments().bytesFrom(persisted.oldest()),
            tally.newestSentMs,
            behindMs(),
            shards.all().length,
            lanes.ranges(),
            lanes.passed(),
            tally.failing);
  }
}
