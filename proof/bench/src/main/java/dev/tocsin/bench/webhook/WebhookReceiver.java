package dev.tocsin.bench.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Receives webhook messages on the loopback address, notes when each arrived, and answers as it is
/// told: with any status, late, or not at all. Any thread may use it.
public final class WebhookReceiver implements AutoCloseable {
  static {
    // Without it the JDK's server waits for the client's delayed acknowledgement: 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<WebhookMessage> messages = new ArrayList<>();
  private final int port;
  private @Nullable HttpServer server;
  private volatile int status = 200;
  private volatile long delayMs;

  private WebhookReceiver(HttpServer server) {
    this.server = server;
    this.port = server.getAddress().getPort();
  }

  /// Listens on a free port.
  public static WebhookReceiver start() {
    HttpServer server = bind(0);
    WebhookReceiver receiver = new WebhookReceiver(server);
    receiver.serve(server);
    return receiver;
  }

  private static HttpServer bind(int port) {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(HttpServer listening) {
    listening.setExecutor(threads);
    listening.createContext("/", this::handle);
    listening.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Instant now = Instant.now();
    int answer = status;
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (delayMs > 0) {
        pause(delayMs);
      }
      if (exchange.getRequestMethod().equals("POST")) {
        note(now, exchange, body, answer);
      }
      exchange.sendResponseHeaders(answer, -1);
    }
  }

  private static void pause(long ms) {
    try {
      TimeUnit.MILLISECONDS.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void note(Instant now, HttpExchange exchange, byte[] body, int answer) {
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getLast()));
    long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    synchronized (messages) {
      messages.add(new WebhookMessage(nanos, headers, body, answer));
      messages.notifyAll();
    }
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

  /// Stops listening: connections are refused.
  public synchronized void refuse() {
    HttpServer listening = server;
    if (listening != null) {
      listening.stop(0);
      server = null;
    }
  }

  /// Listens again on the same port.
  public synchronized void listenAgain() {
    if (server == null) {
      HttpServer listening = bind(port);
      serve(listening);
      server = listening;
    }
  }

  /// All messages so far, in the order of arrival, whatever they were answered.
  public List<WebhookMessage> messages() {
    synchronized (messages) {
      return List.copyOf(messages);
    }
  }

  public int count() {
    synchronized (messages) {
      return messages.size();
    }
  }

  /// Those that were accepted, for which `wanted` holds.
  public List<WebhookMessage> accepted(Predicate<WebhookMessage> wanted) {
    return messages().stream().filter(m -> m.answered() / 100 == 2).filter(wanted).toList();
  }

  public void forget() {
    synchronized (messages) {
      messages.clear();
    }
  }

  /// Waits for the first message for which `wanted` holds, among those that came before too. Throws
  /// [IllegalStateException] with what came instead.
  public WebhookMessage await(String what, Duration limit, Predicate<WebhookMessage> wanted) {
    long deadline = System.nanoTime() + limit.toNanos();
    int looked = 0;
    synchronized (messages) {
      while (true) {
        for (; looked < messages.size(); looked++) {
          if (wanted.test(messages.get(looked))) {
            return messages.get(looked);
          }
        }
        long leftMs = (deadline - System.nanoTime()) / 1_000_000;
        if (leftMs <= 0) {
          throw new IllegalStateException(
              "not within " + limit.toMillis() + " ms: " + what + "; received: " + messages);
        }
        try {
          messages.wait(leftMs);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException(e);
        }
      }
    }
  }

  @Override
  public void close() {
    refuse();
    threads.shutdownNow();
  }
}
