package dev.tocsin.bench.load;

import dev.tocsin.bench.memory.ClusterSeries;
import dev.tocsin.bench.remotewrite.RemoteWriteSender;
import dev.tocsin.bench.remotewrite.SentSamples;
import dev.tocsin.bench.remotewrite.TimedSample;
import dev.tocsin.bench.remotewrite.WriteRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Sends series that nobody has seen, one sample each, at a steady pace; those that are refused are
/// not sent again.
public final class SeriesStream implements AutoCloseable {
  private static final int AT_ONCE = 500;

  private final URI address;
  private final int series;
  private final int seconds;
  private final int connections;
  private final SentSamples sent;
  private final ClusterSeries shape = new ClusterSeries(true);
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong refusedRequests = new AtomicLong();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong tookNanos = new AtomicLong();
  private volatile boolean closed;

  /// @param seconds in which all of them are sent, if they are taken that fast
  public SeriesStream(URI address, int series, int seconds, int connections, SentSamples sent) {
    this.address = address;
    this.series = series;
    this.seconds = seconds;
    this.connections = connections;
    this.sent = sent;
  }

  public void start() {
    long beganNanos = System.nanoTime();
    for (int i = 0; i < connections; i++) {
      threads.add(Thread.ofPlatform().name("series-" + i).start(() -> run(beganNanos)));
    }
  }

  private void run(long beganNanos) {
    try (RemoteWriteSender sender = RemoteWriteSender.open(address)) {
      for (int from = next.getAndAdd(AT_ONCE);
          from < series && !closed;
          from = next.getAndAdd(AT_ONCE)) {
        long dueNanos = beganNanos + (long) ((double) from / series * seconds * 1e9);
        LockSupport.parkNanos(dueNanos - System.nanoTime());
        send(sender, from, Math.min(series, from + AT_ONCE));
      }
      tookNanos.accumulateAndGet(System.nanoTime() - beganNanos, Math::max);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void send(RemoteWriteSender sender, int from, int to) throws IOException {
    List<TimedSample> samples = new ArrayList<>(to - from);
    long timeMs = Instant.now().toEpochMilli();
    for (int i = from; i < to; i++) {
      samples.add(new TimedSample(shape.labels(i), timeMs, i));
    }
    sent.begin(samples.size());
    int status = sender.sendBody(WriteRequest.body(samples)).status();
    // Series that are refused are told as 429, and counted all the same.
    sent.answer(samples.size(), status);
    (status == 204 ? taken : refusedRequests).addAndGet(status == 204 ? samples.size() : 1);
  }

  /// Until all are sent.
  public void await() {
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public String describe() {
    return String.format(
        Locale.ROOT,
        "%d new series in %.1f s over %d connections: %d in requests that were taken whole, %d requests refused in part or whole",
        series,
        tookNanos.get() / 1e9,
        connections,
        taken.get(),
        refusedRequests.get());
  }

  @Override
  public void close() {
    closed = true;
    await();
  }
}
