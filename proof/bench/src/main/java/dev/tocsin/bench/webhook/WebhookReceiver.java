package dev.tocsin.bench.webhook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Receives webhook messages on the loopback address, notes when each arrived, and answers as it is
/// told: with any status, late, or not at all. Any thread may use it.
///
/// A message's time is part of what is measured, so nothing lies between the socket and the note of
/// it: the thread that waits in the read of a connection also takes the time. That is wall time,
/// once the whole body has been read; the message is noted then, however late it is answered. Every
/// POST is a message, whatever its path; other methods are answered the same and not noted.
///
/// At most [#CONNECTIONS_MAX] connections are open at once. One beyond is closed at once, unread,
/// and counted: [#turnedAway].
public final class WebhookReceiver implements AutoCloseable {
  /// An Alertmanager opens one connection for each alert that it tells at the same moment: 1,000 of
  /// a load case, and those with `for`.
  static final int CONNECTIONS_MAX = 2048;

  private final Inbox inbox = new Inbox();
  private final AtomicInteger turnedAway = new AtomicInteger();
  private final int port;
  private @Nullable Listening listening;
  private volatile int status = 200;
  private volatile long delayMs;

  private WebhookReceiver() {
    listening = listen(0);
    port = listening.port();
  }

  /// Listens on a free port.
  public static WebhookReceiver start() {
    return new WebhookReceiver();
  }

  private Listening listen(int at) {
    try {
      return Listening.open(at, CONNECTIONS_MAX, this::receive, turnedAway);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reply receive(IncomingRequest request) {
    Reply reply = new Reply(status, delayMs);
    if (request.method().equals("POST")) {
      inbox.add(
          new WebhookMessage(
              request.arrivedNanos(), request.headers(), request.body(), reply.status()));
    }
    return reply;
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port + "/alerts");
  }

  /// The status of all later answers.
  public void answerWith(int newStatus) {
    status = newStatus;
  }

  /// How long all later answers take, in milliseconds.
  public void answerAfter(long newDelayMs) {
    delayMs = newDelayMs;
  }

  /// Stops listening: open connections are closed, new ones are refused. Answers that are still
  /// waited for are not given.
  public synchronized void refuse() {
    Listening open = listening;
    if (open != null) {
      open.close();
      listening = null;
    }
  }

  /// Listens again on the same port.
  public synchronized void listenAgain() {
    if (listening == null) {
      listening = listen(port);
    }
  }

  /// All messages so far, in the order of arrival, whatever they were answered.
  public List<WebhookMessage> messages() {
    return inbox.all();
  }

  public int count() {
    return inbox.count();
  }

  /// Those that were accepted, for which `wanted` holds.
  public List<WebhookMessage> accepted(Predicate<WebhookMessage> wanted) {
    return messages().stream().filter(m -> m.answered() / 100 == 2).filter(wanted).toList();
  }

  public void forget() {
    inbox.forget();
  }

  /// Connections beyond the limit since the start: where there are any, no latency is to be
  /// trusted.
  public int turnedAway() {
    return turnedAway.get();
  }

  /// Waits for the first message for which `wanted` holds, among those that came before too. Throws
  /// [IllegalStateException] with what came instead.
  public WebhookMessage await(String what, Duration limit, Predicate<WebhookMessage> wanted) {
    return inbox.await(what, limit, wanted);
  }

  @Override
  public void close() {
    refuse();
  }
}
