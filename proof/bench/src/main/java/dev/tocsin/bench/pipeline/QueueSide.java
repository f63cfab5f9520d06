package dev.tocsin.bench.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;

/// As it is usually written: an object an event in a `LinkedBlockingQueue`, and a pool of threads
/// that take up to 256 of them, make bytes of them and append these to a file. It forces nothing.
final class QueueSide implements Side {
  private static final int THREADS = 4;
  private static final int EVENT_BYTES = 24;

  private final LinkedBlockingQueue<Event> queue = new LinkedBlockingQueue<>(Course.SLOTS);
  private final List<Thread> pool = new ArrayList<>();
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong batches = new AtomicLong();
  private final FileChannel file;
  private final Course course;

  /// @param dueNanos of the last event of a timed batch; else 0
  private record Event(int ref, long timeMs, double value, long batch, long dueNanos) {}

  QueueSide(Path folder, Course course) throws IOException {
    this.course = course;
    file =
        FileChannel.open(
            folder.resolve("events"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    for (int i = 0; i < THREADS; i++) {
      pool.add(Thread.ofPlatform().name("pool-" + i).start(this::run));
    }
  }

  @Override
  public void hand(int producer, long turn, long dueNanos) {
    long batch = dueNanos == 0 ? 0 : batches.incrementAndGet();
    try {
      for (int i = 0; i < Course.BATCH; i++) {
        boolean isLast = i == Course.BATCH - 1;
        queue.put(new Event(i, turn, (double) (turn + i), batch, isLast ? dueNanos : 0));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<Event> taken = new ArrayList<>(Course.BATCH);
    ByteBuffer bytes = ByteBuffer.allocateDirect(Integer.BYTES + Course.BATCH * EVENT_BYTES);
    CRC32C crc = new CRC32C();
    try {
      while (true) {
        taken.clear();
        taken.add(queue.take());
        queue.drainTo(taken, Course.BATCH - 1);
        encode(taken, bytes, crc);
        synchronized (file) {
          while (bytes.hasRemaining()) {
            file.write(bytes);
          }
        }
        long now = System.nanoTime();
        for (Event event : taken) {
          if (event.dueNanos != 0) {
            course.due(event.batch, event.dueNanos);
            course.written(event.batch, now);
          }
        }
        written.addAndGet(taken.size());
      }
    } catch (InterruptedException e) {
      // It ends.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void encode(List<Event> taken, ByteBuffer bytes, CRC32C crc) {
    bytes.clear().position(Integer.BYTES);
    for (Event event : taken) {
      bytes.putLong((long) event.ref << 32).putLong(event.timeMs).putDouble(event.value);
    }
    bytes.flip().position(Integer.BYTES);
    crc.reset();
    crc.update(bytes);
    bytes.putInt(0, (int) crc.getValue()).position(0);
  }

  @Override
  public long written() {
    return written.get();
  }

  @Override
  public void close() {
    try {
      for (Thread thread : pool) {
        thread.interrupt();
        thread.join();
      }
      file.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
