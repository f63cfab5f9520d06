package dev.tocsin.bench.crash;

import dev.tocsin.bench.crash.sent.NumberedRequest;
import dev.tocsin.bench.crash.sent.NumberedSender;
import dev.tocsin.bench.http.HttpAnswer;
import dev.tocsin.bench.remotewrite.RemoteWriteSender;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Sends numbered samples by remote write 1.0 over one connection, as fast as they are taken, until
/// the connection breaks; what was not acknowledged is sent again first. One thread at a time.
final class HttpSender {
  /// Once in so many requests a large one: an entry of many frames.
  private static final int LARGE_ONE_IN = 20;

  private static final int SMALL_MAX = 100;
  static final int LARGE_MAX = 1_000;
  private static final long PAUSE_NANOS_MAX = 6_000_000;

  /// After an answer that says "later".
  private static final long LATER_NANOS = 20_000_000;

  private final NumberedSender sender;
  private final RandomGenerator random;
  private @Nullable NumberedRequest pending;
  private volatile boolean isWaiting;
  private volatile long acknowledged;
  private long acknowledgedSamples;
  private long laters;
  private long resent;

  HttpSender(NumberedSender sender, RandomGenerator random) {
    this.sender = sender;
    this.random = random;
  }

  /// Until the agent is gone. Throws [IllegalStateException] where an answer is none of those that
  /// a sender may get.
  void sendUntilGone(URI address) {
    try (RemoteWriteSender http = RemoteWriteSender.open(address)) {
      resent += pending == null ? 0 : 1;
      while (true) {
        NumberedRequest request = pending;
        if (request == null) {
          request = sender.next(size(), Instant.now().toEpochMilli());
          pending = request;
        }
        send(http, request);
        LockSupport.parkNanos(random.nextLong(PAUSE_NANOS_MAX));
      }
    } catch (IOException e) {
      // It was killed.
    }
  }

  private void send(RemoteWriteSender http, NumberedRequest request) throws IOException {
    isWaiting = true;
    HttpAnswer answer = http.send(request.samples());
    isWaiting = false;
    switch (answer.status()) {
      case 204 -> {
        request.acknowledged();
        pending = null;
        acknowledgedSamples += request.samples().size();
        long count = acknowledged + 1; // one thread: no update can be lost
        acknowledged = count;
      }
      case 429, 503 -> {
        laters++;
        LockSupport.parkNanos(LATER_NANOS);
      }
      default -> throw new IllegalStateException("a write was answered " + answer);
    }
  }

  private int size() {
    return 1 + random.nextInt(random.nextInt(LARGE_ONE_IN) == 0 ? LARGE_MAX : SMALL_MAX);
  }

  NumberedSender sender() {
    return sender;
  }

  /// Whether a request of its is on its way or being worked on. Any thread.
  boolean isWaiting() {
    return isWaiting;
  }

  /// Before it sends again.
  void begin() {
    isWaiting = false;
  }

  /// Requests. Any thread.
  long acknowledged() {
    return acknowledged;
  }

  long acknowledgedSamples() {
    return acknowledgedSamples;
  }

  /// Answers that say "later".
  long laters() {
    return laters;
  }

  /// Requests that were sent again to the next life.
  long resent() {
    return resent;
  }
}
