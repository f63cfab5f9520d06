package dev.tocsin.bench.crash;

import dev.tocsin.bench.crash.sent.NumberedSender;
import dev.tocsin.bench.crash.sent.StoredSeries;
import dev.tocsin.bench.crash.sent.Verdict;
import dev.tocsin.bench.json.Json;
import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.process.ProcessRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One agent on one data folder that is killed again and again while numbered samples are written
/// to it. One thread. The seed decides when it is killed, as far as one can decide that from
/// outside.
public final class KillRun implements AutoCloseable {
  private static final int SENDERS = 4;

  /// After each start, what was sent in so many lives is looked for.
  private static final int LIVES_LOOKED = 3;

  /// Once in so many kills, in so many.
  private static final int LONG_LOOK_EVERY = 25;

  private static final int LIVES_LOOKED_LONG = 12;

  private static final int LOAD_NANOS_MIN = 20_000_000;
  private static final int LOAD_NANOS_MAX = 400_000_000;

  /// Once in so many kills a checkpoint is waited for, and the kill is at most so much later.
  private static final int IN_CHECKPOINT_ONE_IN = 3;

  private static final Duration CHECKPOINT_LIMIT = Duration.ofSeconds(1);
  private static final int IN_CHECKPOINT_NANOS_MAX = 20_000_000;

  /// Once in so many kills the next start is killed, too.
  private static final int IN_START_ONE_IN = 8;

  private static final int IN_START_NANOS_MAX = 900_000_000;

  /// A series whose samples come faster than one in a millisecond runs ahead of the clock.
  private static final long AHEAD_MS = 10_000;

  private static final Pattern RESTORED =
      Pattern.compile("restored: (\\d+) inputs replayed after checkpoint (\\d+)");

  /// How the agent tells that it could not read something that had been durable.
  private static final Pattern DAMAGE =
      Pattern.compile("left out: |read on nevertheless|cannot be used|not needed: checkpoint");

  private final SplittableRandom random;
  private final TocsinAgent agent;
  private final Path journal;
  private final List<HttpSender> senders = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final KillTally tally = new KillTally();

  /// When the lives began that are still remembered, Unix milliseconds.
  private final ArrayDeque<Long> lives = new ArrayDeque<>();

  private long checkpointSeq;

  private KillRun(long seed, TocsinAgent agent) {
    this.random = new SplittableRandom(seed);
    this.agent = agent;
    this.journal = agent.setup().data().resolve("journal");
    for (int i = 0; i < SENDERS; i++) {
      NumberedSender numbered =
          new NumberedSender(Integer.toString(i), HttpSender.LARGE_MAX, random.split());
      senders.add(new HttpSender(numbered, random.split()));
    }
  }

  /// Starts the agent. A checkpoint is wanted as often as can be configured.
  ///
  /// @param folder for its configuration and data
  public static KillRun start(long seed, Path folder) {
    String config =
        """
        host: {enabled: false}
        journal: {checkpoint_mebibytes: 1}
        """;
    return new KillRun(seed, TocsinAgent.Setup.in(folder).config(config).directly().start());
  }

  /// One kill under load, the start after it, and the look at what is there.
  public void kill() {
    begin();
    List<CompletableFuture<Void>> sending = new ArrayList<>();
    for (HttpSender sender : senders) {
      sender.begin();
      sending.add(
          CompletableFuture.runAsync(() -> sender.sendUntilGone(agent.writeAddress()), threads));
    }
    awaitMoment();
    int waiting = (int) senders.stream().filter(HttpSender::isWaiting).count();
    agent.kill();
    sending.forEach(CompletableFuture::join);
    tally.kills++;
    tally.requestsCut += waiting;
    tally.withRequests += waiting > 0 ? 1 : 0;
    tally.inCheckpoint += has(".checkpoint.tmp") ? 1 : 0;
    tally.inSegment += has(".journal.tmp") ? 1 : 0;
    if (random.nextInt(IN_START_ONE_IN) == 0) {
      killInStart();
    }
    agent.startAgain();
    note(agent.run());
    look();
  }

  private void begin() {
    lives.addLast(Instant.now().toEpochMilli());
    while (lives.size() > LIVES_LOOKED_LONG) {
      lives.removeFirst();
    }
    long before = lives.getFirst() - 1;
    senders.forEach(sender -> sender.sender().forgetThrough(before));
  }

  private void awaitMoment() {
    long enough = acknowledged() + SENDERS;
    await(Duration.ofSeconds(10), () -> acknowledged() >= enough);
    if (random.nextInt(IN_CHECKPOINT_ONE_IN) == 0) {
      await(CHECKPOINT_LIMIT, () -> has(".checkpoint.tmp"));
      LockSupport.parkNanos(random.nextInt(IN_CHECKPOINT_NANOS_MAX));
    } else {
      LockSupport.parkNanos(LOAD_NANOS_MIN + random.nextInt(LOAD_NANOS_MAX - LOAD_NANOS_MIN));
    }
  }

  private static void await(Duration limit, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(500_000);
    }
  }

  private long acknowledged() {
    return senders.stream().mapToLong(HttpSender::acknowledged).sum();
  }

  private boolean has(String end) {
    try (Stream<Path> files = Files.list(journal)) {
      return files.anyMatch(file -> file.toString().endsWith(end));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void killInStart() {
    try (ProcessRun run = agent.setup().port(agent.address().getPort()).launch()) {
      LockSupport.parkNanos(random.nextInt(IN_START_NANOS_MAX));
      run.kill();
      tally.inStart++;
    }
  }

  private void note(ProcessRun run) {
    for (String line : run.out()) {
      tally.tornEnds += line.contains("a write that was interrupted") ? 1 : 0;
      tally.damages += DAMAGE.matcher(line).find() ? 1 : 0;
      Matcher restored = RESTORED.matcher(line);
      if (restored.find()) {
        tally.replayed += Long.parseLong(restored.group(1));
        long seq = Long.parseLong(restored.group(2));
        tally.checkpoints += seq != checkpointSeq ? 1 : 0;
        checkpointSeq = seq;
      }
    }
  }

  private void look() {
    boolean isLong = tally.kills % LONG_LOOK_EVERY == 0;
    int recent = Math.min(lives.size(), isLong ? LIVES_LOOKED_LONG : LIVES_LOOKED);
    long afterMs = lives.stream().skip(lives.size() - recent).findFirst().orElseThrow() - 1;
    for (HttpSender sender : senders) {
      NumberedSender numbered = sender.sender();
      Verdict verdict = numbered.check(stored(numbered.name(), afterMs), afterMs);
      var _ = tally.verdict.add(verdict);
    }
  }

  /// All samples of a sender later than that.
  private List<StoredSeries> stored(String sender, long afterMs) {
    long untilMs = Instant.now().toEpochMilli() + AHEAD_MS;
    List<StoredSeries> all = new ArrayList<>();
    addStored(sender, afterMs, untilMs, all);
    return all;
  }

  /// Those of a part of the time, in halves where they are too many for one answer.
  private void addStored(String sender, long afterMs, long untilMs, List<StoredSeries> all) {
    String query =
        "%s{sender=\"%s\"}[%dms]".formatted(NumberedSender.METRIC, sender, untilMs - afterMs);
    String time = String.format(Locale.ROOT, "%d.%03d", untilMs / 1000, untilMs % 1000);
    Optional<List<Json>> answer = agent.queryWithin(query, time);
    if (answer.isPresent()) {
      answer.get().forEach(element -> all.add(StoredSeries.of(element)));
      return;
    }
    long middleMs = (afterMs + untilMs) / 2;
    addStored(sender, afterMs, middleMs, all);
    addStored(sender, middleMs, untilMs, all);
  }

  /// The figures so far.
  public KillTally tally() {
    tally.requests = acknowledged();
    tally.samples = senders.stream().mapToLong(HttpSender::acknowledgedSamples).sum();
    tally.laters = senders.stream().mapToLong(HttpSender::laters).sum();
    tally.resent = senders.stream().mapToLong(HttpSender::resent).sum();
    return tally;
  }

  @Override
  public void close() {
    agent.close();
    threads.close();
  }
}
