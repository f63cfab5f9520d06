package dev.tocsin.bench.ingest;

import dev.tocsin.bench.http.HttpAnswer;
import dev.tocsin.bench.http.HttpConnection;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Sends the plan's requests in turn until it is stopped, each connection the next one when the one
/// before was answered, so that all series advance alike. What is answered 429 or 503 is sent
/// again.
final class Feeder implements AutoCloseable {
  private static final long PAUSE_NANOS = 1_000_000;

  private final IngestPlan plan;
  private final URI address;
  private final long startMs = Instant.now().toEpochMilli() / 1000 * 1000 - IngestPlan.BACK_MS;
  private final List<Thread> threads = new ArrayList<>();
  private final List<IngestBody> bodies = new ArrayList<>();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong repeated = new AtomicLong();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /// Requests begun, over all rounds.
  private final AtomicLong turns = new AtomicLong();

  /// Rounds of the first request that were taken.
  private volatile long rounds;

  private volatile boolean stopping;

  Feeder(IngestPlan plan, URI address) {
    this.plan = plan;
    this.address = address;
    for (int from = 0; from < plan.series(); from += plan.samplesPerRequest()) {
      bodies.add(new IngestBody(from, plan.samplesPerRequest(), address));
    }
  }

  /// Bytes of a sample as it is sent, head not counted.
  double sentBytes() {
    return bodies.stream().mapToLong(IngestBody::bodyBytes).sum() / (double) plan.series();
  }

  /// Bytes of a sample before compression.
  double plainBytes() {
    return bodies.stream().mapToLong(IngestBody::plainBytes).sum() / (double) plan.series();
  }

  void start() {
    long startNanos = System.nanoTime();
    for (int i = 0; i < plan.connections(); i++) {
      int number = i;
      threads.add(Thread.ofPlatform().name("feeder-" + number).start(() -> run(startNanos)));
    }
  }

  private void run(long startNanos) {
    try (HttpConnection connection = HttpConnection.open(address)) {
      while (!stopping) {
        long turn = turns.getAndIncrement();
        pace(startNanos, turn);
        IngestBody body = bodies.get((int) (turn % bodies.size()));
        long round = turn / bodies.size();
        synchronized (body) { // where a connection is a whole round behind
          send(connection, body.next(startMs + round * IngestPlan.STEP_MS, round));
          rounds = body == bodies.getFirst() ? round + 1 : rounds;
        }
        accepted.addAndGet(body.samples());
      }
    } catch (IOException | IllegalStateException e) {
      failure.compareAndSet(null, e);
    }
  }

  private void pace(long startNanos, long turn) {
    if (plan.samplesPerSecond() == 0) {
      return;
    }
    double seconds = (double) turn * plan.samplesPerRequest() / plan.samplesPerSecond();
    long left = startNanos + (long) (seconds * 1e9) - System.nanoTime();
    if (left > 0) {
      LockSupport.parkNanos(left);
    }
  }

  private void send(HttpConnection connection, byte[] request) throws IOException {
    while (true) {
      connection.sendRaw(request);
      HttpAnswer answer = connection.readAnswer("POST");
      if (answer.status() / 100 == 2) {
        return;
      }
      if (answer.status() != 429 && answer.status() != 503) {
        throw new IllegalStateException("a write was answered " + answer);
      }
      repeated.incrementAndGet();
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /// Throws [IllegalStateException] where a connection has failed.
  void check() {
    Exception first = failure.get();
    if (first != null) {
      throw new IllegalStateException("sending failed", first);
    }
  }

  /// Samples in requests that were answered 2xx.
  long accepted() {
    return accepted.get();
  }

  /// Requests that had to be sent again.
  long repeated() {
    return repeated.get();
  }

  /// The newest time of the first series, Unix milliseconds. After [#close].
  long lastMs() {
    return startMs + (rounds - 1) * IngestPlan.STEP_MS;
  }

  /// The newest value of the first series. After [#close].
  double lastValue() {
    return IngestBody.value(0, rounds - 1);
  }

  /// Ends when the requests under way are answered.
  @Override
  public void close() {
    stopping = true;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
