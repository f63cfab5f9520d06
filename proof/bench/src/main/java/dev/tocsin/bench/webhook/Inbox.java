package dev.tocsin.bench.webhook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The messages that came, in the order in which they were noted. Any thread.
final class Inbox {
  private final List<WebhookMessage> messages = new ArrayList<>();

  synchronized void add(WebhookMessage message) {
    messages.add(message);
    notifyAll();
  }

  synchronized List<WebhookMessage> all() {
    return List.copyOf(messages);
  }

  synchronized int count() {
    return messages.size();
  }

  synchronized void forget() {
    messages.clear();
  }

  /// As [WebhookReceiver#await].
  synchronized WebhookMessage await(String what, Duration limit, Predicate<WebhookMessage> wanted) {
    long deadline = System.nanoTime() + limit.toNanos();
    int looked = 0;
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
        wait(leftMs);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
