package dev.tocsin.bench.remotewrite;

import dev.tocsin.bench.http.HttpAnswer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Sends what must have been taken before a measurement begins. A write that is answered 429 or
/// 503, or not in time, is sent again after a pause: who gets history as fast as it is taken may
/// well say that it is too fast. The pauses are the same for every side; `Retry-After` is not
/// asked, since it is meant for senders that are not alone. Not thread-safe.
public final class PatientSender implements AutoCloseable {
  private static final long PAUSE_MS = 100;
  private static final long PAUSE_MAX_MS = 1_000;

  private final URI address;
  private final Duration answerLimit;
  private final long patienceNanos;
  private SentSamples sent = new SentSamples();
  private @Nullable RemoteWriteSender sender;

  private PatientSender(URI address, Duration answerLimit, Duration patience) {
    this.address = address;
    this.answerLimit = answerLimit;
    this.patienceNanos = patience.toNanos();
  }

  /// @param address where to write
  public static PatientSender open(URI address) {
    return open(address, Duration.ofSeconds(10), Duration.ofMinutes(1));
  }

  /// @param answerLimit for the answer to one try
  /// @param patience from the first try of a write; after it there is no other one
  static PatientSender open(URI address, Duration answerLimit, Duration patience) {
    return new PatientSender(address, answerLimit, patience);
  }

  /// Tells this of all samples that are sent from now on.
  public PatientSender counting(SentSamples counter) {
    sent = counter;
    return this;
  }

  /// The same as [#send(String, byte[], long)] where nobody counts.
  public void send(String what, byte[] body) throws IOException {
    send(what, body, 0);
  }

  /// Sends a body until it is answered 2xx. Throws [IllegalStateException] with the answer where it
  /// is another one, or still "later" when patience ends.
  ///
  /// @param what is written, for the message
  /// @param samples in the body
  public void send(String what, byte[] body, long samples) throws IOException {
    long began = System.nanoTime();
    long pauseMs = PAUSE_MS;
    for (int tries = 1; true; tries++) {
      sent.begin(samples);
      HttpAnswer answer = attempt(body);
      sent.answer(samples, answer == null ? 503 : answer.status());
      if (answer != null && answer.status() / 100 == 2) {
        return;
      }
      boolean isLater = answer == null || answer.status() == 429 || answer.status() == 503;
      if (!isLater || System.nanoTime() - began >= patienceNanos) {
        throw new IllegalStateException(
            what
                + " could not be written; try "
                + tries
                + " got "
                + (answer == null ? "no answer in " + answerLimit.toMillis() + " ms" : answer));
      }
      LockSupport.parkNanos(pauseMs * 1_000_000);
      pauseMs = Math.min(2 * pauseMs, PAUSE_MAX_MS);
    }
  }

  /// Null where no answer came in time.
  private @Nullable HttpAnswer attempt(byte[] body) throws IOException {
    try {
      RemoteWriteSender open = sender;
      if (open == null) {
        open = RemoteWriteSender.open(address);
        sender = open;
        open.answerLimit(answerLimit);
      }
      return open.sendBody(body);
    } catch (SocketTimeoutException e) {
      // Its answer may come yet and would be taken for that to the next try.
      close();
      return null;
    }
  }

  @Override
  public void close() {
    if (sender != null) {
      sender.close();
      sender = null;
    }
  }
}
