package dev.tocsin.bench.latency;

import dev.tocsin.bench.json.Json;
import dev.tocsin.bench.latency.RoundResult.LoadResult;
import dev.tocsin.bench.load.AccountsWatch;
import dev.tocsin.bench.load.BackgroundLoad;
import dev.tocsin.bench.process.Await;
import dev.tocsin.bench.process.ProcessFigures;
import dev.tocsin.bench.process.ThreadTimes;
import dev.tocsin.bench.process.WorkFolder;
import dev.tocsin.bench.remotewrite.PatientSender;
import dev.tocsin.bench.remotewrite.RemoteWriteSender;
import dev.tocsin.bench.remotewrite.SentSamples;
import dev.tocsin.bench.remotewrite.TimedSample;
import dev.tocsin.bench.remotewrite.WriteRequest;
import dev.tocsin.bench.report.Percentiles;
import dev.tocsin.bench.webhook.WebhookMessage;
import dev.tocsin.bench.webhook.WebhookReceiver;
import dev.tocsin.model.labels.Labels;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/// One round: a freshly started subject, a warm-up, then one crossing series after the other at a
/// steady pace. Each crossing is one write with one sample that is taken as it is sent.
public final class LatencyRound {
  private static final Duration LOST_AFTER = Duration.ofSeconds(10);
  private static final Duration SETTLING = Duration.ofSeconds(20);
  private static final int DEFINED_AT_ONCE = 500;
  private static final String VALUE = "bench_value";
  private static final String HELD = "bench_held";

  /// Crossings come up to this much after their turn: a pace that is a multiple of the rule
  /// interval would meet every evaluation at the same, lucky or unlucky, distance.
  private static final long JITTER_NANOS = 10_000_000;

  private static final long JITTER_SEED = 20_261_124;
  private static final String[] STAGES = {"Sample", "Received", "Applied", "Decided", "Handed"};

  private final LatencyOptions options;
  private final WebhookReceiver receiver;
  private final RemoteWriteSender sender;
  private final SentSamples sent;
  private int refused;
  private long lateNanos;

  private LatencyRound(
      LatencyOptions options,
      WebhookReceiver receiver,
      RemoteWriteSender sender,
      SentSamples sent) {
    this.sent = sent;
    this.options = options;
    this.receiver = receiver;
    this.sender = sender;
  }

  public static RoundResult run(Subject subject, LatencyOptions options) throws IOException {
    SentSamples sent = new SentSamples();
    try (WorkFolder folder = WorkFolder.make("latency");
        WebhookReceiver receiver = WebhookReceiver.start();
        Subject.Running running = subject.start(folder.path(), options, receiver);
        BackgroundLoad load = new BackgroundLoad(options.load(), running.writeAddress(), sent)) {
      Optional<AccountsWatch> accounts =
          running.accounts().isEmpty()
              ? Optional.empty()
              : Optional.of(AccountsWatch.start(running::accounts, sent));
      load.start();
      // Not before: some servers close a connection on which nothing comes for some seconds.
      try (RemoteWriteSender sender = RemoteWriteSender.open(running.writeAddress())) {
        LatencyRound round = new LatencyRound(options, receiver, sender, sent);
        RoundResult result = round.measure(running, load);
        load.stop();
        accounts.ifPresent(AccountsWatch::finish);
        return result;
      } finally {
        accounts.ifPresent(AccountsWatch::close);
      }
    }
  }

  private RoundResult measure(Subject.Running running, BackgroundLoad load) throws IOException {
    try (PatientSender patient = PatientSender.open(running.writeAddress()).counting(sent)) {
      define(patient, VALUE, "warm", options.warmUp());
      define(patient, VALUE, "n", options.alerts());
      define(patient, HELD, "held", options.held());
    }
    Crossings _ = cross("warm", options.warmUp(), 0);
    awaitMessages(options.warmUp());
    receiver.forget();
    refused = 0;
    lateNanos = 0;
    ProcessFigures before = running.figures();
    Map<String, Duration> threadsBefore = running.threadTimes();
    load.countFromNow();
    long beganNanos = System.nanoTime();
    Crossings crossings = cross("n", options.alerts(), options.held());
    awaitMessages(options.alerts() + options.held());
    Duration took = Duration.ofNanos(System.nanoTime() - beganNanos);
    LoadResult loaded =
        new LoadResult(load.accepted(), load.refused(), load.lateMaxNanos() / 1_000_000);
    ProcessFigures after = running.figures();
    Map<String, Duration> threads = ThreadTimes.since(threadsBefore, running.threadTimes());

    Map<String, WebhookMessage> first = new HashMap<>();
    int messages = 0;
    for (WebhookMessage message : receiver.messages()) {
      for (Json alert : message.alerts()) {
        Json labels = alert.get("labels");
        messages++;
        first.putIfAbsent(labels.has("n") ? labels.get("n").text() : labels.toString(), message);
      }
    }
    long[] latencies = new long[options.alerts()];
    for (int i = 0; i < latencies.length; i++) {
      WebhookMessage message = first.get("n-" + i);
      latencies[i] =
          message == null ? Percentiles.NEVER : message.arrivedNanos() - crossings.sentNanos()[i];
    }
    List<WebhookMessage> crossed =
        first.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("n-"))
            .map(Map.Entry::getValue)
            .toList();
    return new RoundResult(
        Percentiles.of(latencies),
        HeldAlerts.latencies(running.alertsAddress(), options, first),
        Percentiles.of(crossings.answerNanos()),
        refused,
        messages - first.size(),
        lateNanos / 1_000_000,
        loaded,
        after.cpu().minus(before.cpu()),
        took,
        after,
        threads,
        idle(running, load),
        stages(crossed),
        note(running));
  }

  /// What it uses once the load has stopped: what was under way is left some seconds.
  private OptionalDouble idle(Subject.Running running, BackgroundLoad load) {
    if (options.idleSeconds() == 0) {
      return OptionalDouble.empty();
    }
    load.close();
    pace(System.nanoTime() + SETTLING.toNanos());
    Duration before = running.figures().cpu();
    long beganNanos = System.nanoTime();
    pace(beganNanos + Duration.ofSeconds(options.idleSeconds()).toNanos());
    Duration used = running.figures().cpu().minus(before);
    return OptionalDouble.of(used.toNanos() / (double) (System.nanoTime() - beganNanos));
  }

  /// What the subject says of itself, and the receiver where it failed it.
  private String note(Subject.Running running) {
    int turnedAway = receiver.turnedAway();
    return turnedAway == 0
        ? running.note()
        : running.note() + " The receiver turned away " + turnedAway + " connections.";
  }

  /// All series below the threshold, so that a crossing makes no series. The load has just begun,
  /// and a side that still works through its history may ask to come again.
  private static void define(PatientSender patient, String metric, String name, int count)
      throws IOException {
    List<TimedSample> batch = new ArrayList<>();
    long timeMs = Instant.now().toEpochMilli();
    for (int i = 0; i < count; i++) {
      batch.add(new TimedSample(series(metric, name, i), timeMs, 0));
      if (batch.size() == DEFINED_AT_ONCE || i == count - 1) {
        patient.send("the series of " + metric, WriteRequest.body(batch), batch.size());
        batch.clear();
      }
    }
  }

  private static Labels series(String metric, String name, int i) {
    return Labels.of("__name__", metric, "n", name + "-" + i);
  }

  /// @param sentNanos when each crossing sample was sent, as Unix nanoseconds
  /// @param answerNanos how long its write took
  private record Crossings(long[] sentNanos, long[] answerNanos) {}

  /// @param held as many series of the rule with `for` cross too, spread over the others
  private Crossings cross(String name, int count, int held) throws IOException {
    long[] sentNanos = new long[count];
    long[] answerNanos = new long[count];
    long periodNanos = 1_000_000_000L / options.perSecond();
    int holdSteps = (int) ((long) options.holdMs() * options.perSecond() / 1000);
    SplittableRandom chance = new SplittableRandom(JITTER_SEED);
    long start = System.nanoTime();
    int steps = options.holdMs() > 0 ? count + holdSteps : count;
    int heldSent = 0;
    for (int step = 0; step < steps; step++) {
      pace(start + step * periodNanos + chance.nextLong(JITTER_NANOS));
      if (step < count) {
        long began = System.nanoTime();
        Instant now = Instant.now();
        sentNanos[step] = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        send(List.of(new TimedSample(series(VALUE, name, step), now.toEpochMilli(), 1)));
        answerNanos[step] = System.nanoTime() - began;
      }
      if (options.holdMs() > 0 && step >= holdSteps) {
        long timeMs = Instant.now().toEpochMilli();
        send(List.of(new TimedSample(series(VALUE, name, step - holdSteps), timeMs, 0)));
      }
      while (heldSent < held && (long) heldSent * count <= (long) step * held) {
        long timeMs = Instant.now().toEpochMilli();
        send(List.of(new TimedSample(series(HELD, "held", heldSent++), timeMs, 1)));
      }
    }
    return new Crossings(sentNanos, answerNanos);
  }

  private void pace(long dueNanos) {
    long left = dueNanos - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = dueNanos - System.nanoTime();
    }
    lateNanos = Math.max(lateNanos, -left);
  }

  private void send(List<TimedSample> samples) throws IOException {
    sent.begin(samples.size());
    int status = sender.send(samples).status();
    sent.answer(samples.size(), status);
    if (status / 100 != 2) {
      refused++;
    }
  }

  private void awaitMessages(int count) {
    try {
      Await.until(
          "all messages", LOST_AFTER.plusNanos(heldNanos()), () -> receiver.count() >= count);
    } catch (IllegalStateException e) {
      // Counted as lost.
    }
  }

  private long heldNanos() {
    return options.held() == 0 ? 0 : HeldAlerts.nanos(options.heldFor());
  }

  /// Of subjects that tell the time of each stage in headers.
  private static Map<String, Percentiles> stages(List<WebhookMessage> messages) {
    Map<String, Percentiles> stages = new LinkedHashMap<>();
    if (messages.isEmpty() || messages.getFirst().header(header(STAGES[0])).isEmpty()) {
      return stages;
    }
    for (int s = 0; s < STAGES.length; s++) {
      long[] nanos = new long[messages.size()];
      for (int i = 0; i < nanos.length; i++) {
        WebhookMessage message = messages.get(i);
        long from = Long.parseLong(message.header(header(STAGES[s])));
        long to =
            s + 1 < STAGES.length
                ? Long.parseLong(message.header(header(STAGES[s + 1])))
                : message.arrivedNanos();
        nanos[i] = to - from;
      }
      String next = s + 1 < STAGES.length ? STAGES[s + 1] : "Arrived";
      stages.put(
          (STAGES[s] + " -> " + next).toLowerCase(java.util.Locale.ROOT), Percentiles.of(nanos));
    }
    return stages;
  }

  private static String header(String stage) {
    return "X-Tocsin-" + stage + "-Time-Ns";
  }
}
