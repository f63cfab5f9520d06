package dev.tocsin.bench.load;

import dev.tocsin.bench.remotewrite.PatientSender;
import dev.tocsin.bench.remotewrite.RemoteWriteSender;
import dev.tocsin.bench.remotewrite.SentSamples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Writes the load at its pace, on threads of its own, until it is closed. A write that comes late
/// is followed by the next at once, so that nothing is left out while the subject is slow.
public final class BackgroundLoad implements AutoCloseable {
  private final LoadPlan plan;
  private final URI writeAddress;
  private final SentSamples sent;
  private final List<LoadBody> bodies = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong lateMaxNanos = new AtomicLong();
  private final AtomicReference<@Nullable Exception> fillFailure = new AtomicReference<>();
  private volatile boolean closed;

  public BackgroundLoad(LoadPlan plan, URI writeAddress) {
    this(plan, writeAddress, new SentSamples());
  }

  /// @param sent is told of all samples
  public BackgroundLoad(LoadPlan plan, URI writeAddress, SentSamples sent) {
    this.sent = sent;
    this.plan = plan;
    this.writeAddress = writeAddress;
    for (int from = 0; from < plan.series(); from += plan.samplesPerRequest()) {
      bodies.add(new LoadBody(from, plan.samplesPerRequest()));
    }
  }

  /// Writes history as fast as it is taken, all of it, then goes on at the pace. Throws
  /// [IllegalStateException] where history is not taken.
  public void start() {
    if (plan.isNone()) {
      return;
    }
    fill();
    long startNanos = System.nanoTime();
    for (int i = 0; i < plan.connections(); i++) {
      int number = i;
      threads.add(Thread.ofPlatform().name("load-" + i).start(() -> run(number, startNanos)));
    }
  }

  private void fill() {
    long nowMs = Instant.now().toEpochMilli();
    List<Thread> fillers = new ArrayList<>();
    for (int i = 0; i < plan.connections(); i++) {
      int number = i;
      fillers.add(Thread.ofPlatform().name("fill-" + i).start(() -> fill(number, nowMs)));
    }
    try {
      for (Thread filler : fillers) {
        filler.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Exception failure = fillFailure.get();
    if (failure != null) {
      throw new IllegalStateException("there is not all of the history", failure);
    }
  }

  private void fill(int number, long nowMs) {
    int step = plan.historyStepSeconds();
    try (PatientSender sender = PatientSender.open(writeAddress).counting(sent)) {
      for (int ago = plan.historySeconds(); ago > 0; ago -= step) {
        for (int b = number; b < bodies.size(); b += plan.connections()) {
          LoadBody body = bodies.get(b);
          sender.send("history", body.next(nowMs - ago * 1000L, step), body.samples());
        }
      }
    } catch (IOException | IllegalStateException e) {
      fillFailure.set(e);
    }
  }

  /// Every so many-th write is this connection's.
  private void run(int number, long startNanos) {
    double periodNanos = 1e9 * plan.samplesPerRequest() / plan.samplesPerSecond();
    int seconds = Math.max(1, Math.round((float) plan.series() / plan.samplesPerSecond()));
    try (RemoteWriteSender sender = RemoteWriteSender.open(writeAddress)) {
      for (long turn = 0; !closed; turn++) {
        int bodyOfTurn = Math.toIntExact((turn * plan.connections() + number) % bodies.size());
        LoadBody body = bodies.get(bodyOfTurn);
        long due = startNanos + (long) ((turn * plan.connections() + number) * periodNanos);
        long late = pace(due);
        lateMaxNanos.accumulateAndGet(late, Math::max);
        synchronized (body) { // where bodies are no multiple of connections
          send(sender, body, Instant.now().toEpochMilli(), seconds);
        }
      }
    } catch (IOException e) {
      if (!closed) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void send(RemoteWriteSender sender, LoadBody body, long timeMs, int seconds)
      throws IOException {
    sent.begin(body.samples());
    int status = sender.sendBody(body.next(timeMs, seconds)).status();
    sent.answer(body.samples(), status);
    (status / 100 == 2 ? accepted : refused).addAndGet(body.samples());
  }

  private static long pace(long dueNanos) {
    long left = dueNanos - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = dueNanos - System.nanoTime();
    }
    return -left;
  }

  /// Counts from now on; what came before is forgotten.
  public void countFromNow() {
    accepted.set(0);
    refused.set(0);
    lateMaxNanos.set(0);
  }

  /// Samples in writes that were answered 2xx.
  public long accepted() {
    return accepted.get();
  }

  /// Samples in writes that were answered otherwise.
  public long refused() {
    return refused.get();
  }

  /// How far behind its pace a write was at most.
  public long lateMaxNanos() {
    return lateMaxNanos.get();
  }

  @Override
  public void close() {
    stop();
  }

  /// Ends it, and waits for what is on its way.
  public void stop() {
    closed = true;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
