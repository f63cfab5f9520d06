package dev.tocsin.bench.load;

import dev.tocsin.bench.remotewrite.SentSamples;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads an agent's accounts again and again while it is under load, and finds out whether every
/// sample is in exactly one place, by the agent's counters and by the sender's own: received =
/// applied durable + applied undurable + refused + in flight in every scrape; no fewer than the
/// sender had answered before it, and no more than it had begun after it.
///
/// Only for an agent that gets samples from this sender alone.
public final class AccountsWatch implements AutoCloseable {
  private static final long PERIOD_NANOS = 200_000_000;
  private static final Duration SETTLING = Duration.ofSeconds(20);

  private final Supplier<String> metrics;
  private final SentSamples sent;
  private final AtomicReference<@Nullable String> broken = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean closed;
  private volatile int scrapes;

  private AccountsWatch(Supplier<String> metrics, SentSamples sent) {
    this.metrics = metrics;
    this.sent = sent;
    this.thread = Thread.ofPlatform().name("accounts").unstarted(this::run);
  }

  /// @param metrics gives the text of `/metrics`, each time anew
  public static AccountsWatch start(Supplier<String> metrics, SentSamples sent) {
    AccountsWatch watch = new AccountsWatch(metrics, sent);
    watch.thread.start();
    return watch;
  }

  private record Scrape(long received, long applied, long refused, long inFlight, long journalled) {
    static Scrape of(String text) {
      return new Scrape(
          sum(text, "tocsin_samples_received_total"),
          sum(text, "tocsin_samples_applied_total"),
          sum(text, "tocsin_samples_refused_total"),
          sum(text, "tocsin_samples_in_flight"),
          sum(text, "tocsin_journal_samples_total"));
    }

    private static long sum(String text, String name) {
      return text.lines()
          .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
          .sum();
    }

    boolean isBalanced() {
      return received == applied + refused + inFlight;
    }
  }

  private void run() {
    while (!closed) {
      Scrape _ = look();
      LockSupport.parkNanos(PERIOD_NANOS);
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread after the other
  private Scrape look() {
    long answered = sent.answered();
    Scrape now = Scrape.of(metrics.get());
    long begun = sent.begun();
    scrapes++;
    if (!now.isBalanced()) {
      breaks("the sum is wrong: " + now);
    } else if (now.received < answered || now.received > begun) {
      breaks("the sender had " + answered + " answered, " + begun + " begun: " + now);
    }
    return now;
  }

  private void breaks(String what) {
    broken.compareAndSet(null, "scrape " + scrapes + ": " + what);
  }

  /// How many were read.
  public int scrapes() {
    return scrapes;
  }

  /// When the load has ended: waits until nothing is in flight, and compares all counts. Throws
  /// [IllegalStateException] with the numbers where they never agreed, or do not now.
  public void finish() {
    close();
    long deadline = System.nanoTime() + SETTLING.toNanos();
    Scrape end = look();
    while (end.inFlight > 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(PERIOD_NANOS / 10);
      end = look();
    }
    long least = sent.answered();
    long most = least + sent.turnedAway();
    if (end.inFlight != 0 || end.received < least || end.received > most) {
      breaks("at the end the sender had " + least + " to " + most + ": " + end);
    }
    if (end.journalled != end.applied) {
      breaks("at the end the journal has others than the engine: " + end);
    }
    String wrong = broken.get();
    if (wrong != null) {
      throw new IllegalStateException("accounts: " + wrong);
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
