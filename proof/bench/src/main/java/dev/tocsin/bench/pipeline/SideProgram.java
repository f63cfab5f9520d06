package dev.tocsin.bench.pipeline;

import dev.tocsin.bench.process.Await;
import dev.tocsin.bench.process.ProcessFigures;
import dev.tocsin.bench.process.WorkFolder;
import dev.tocsin.bench.report.Percentiles;
import dev.tocsin.world.World;
import dev.tocsin.world.real.RealWorld;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// One side in a process of its own, whose memory is then its: `ring|queue`, events a second,
/// warm-up seconds, seconds, seconds flat out. Prints one line of figures.
public final class SideProgram {
  private static final Duration WRITTEN_LIMIT = Duration.ofSeconds(30);

  private final Side side;
  private final long[] turns = new long[Course.PRODUCERS];

  private SideProgram(Side side) {
    this.side = side;
  }

  public static void main(String[] arguments) throws IOException {
    int perSecond = Integer.parseInt(arguments[1]);
    int warmUp = Integer.parseInt(arguments[2]);
    int seconds = Integer.parseInt(arguments[3]);
    int flatOut = Integer.parseInt(arguments[4]);
    Course course = new Course((int) ((long) perSecond * (warmUp + seconds) / Course.BATCH) + 1024);
    try (WorkFolder folder = WorkFolder.make("pipeline");
        World world = RealWorld.open();
        Side side =
            arguments[0].equals("ring")
                ? new RingSide(world, folder.path(), course)
                : new QueueSide(folder.path(), course)) {
      SideProgram program = new SideProgram(side);
      long start = System.nanoTime();
      long from = start + warmUp * 1_000_000_000L;
      long to = from + seconds * 1_000_000_000L;
      program.openLoop(perSecond, start, to);
      program.awaitWritten();
      long[] written = course.toWritten(from, to);
      long[] durable = course.toDurable(from, to);
      ProcessFigures open = ProcessFigures.of(ProcessHandle.current().pid());
      long before = side.written();
      long flatNanos = program.flatOut(flatOut);
      long events = side.written() - before;
      ProcessFigures end = ProcessFigures.of(ProcessHandle.current().pid());
      System.out.println(
          "figures written-p50=%d written-p99=%d written-max=%d durable-p99=%d batches=%d per-second=%d open-kib=%d max-kib=%d open-cpu-ns=%d"
              .formatted(
                  Percentiles.of(written).p50(),
                  Percentiles.of(written).p99(),
                  Percentiles.of(written).max(),
                  durable.length == 0 ? -1 : Percentiles.of(durable).p99(),
                  written.length,
                  (long) (events * 1e9 / flatNanos),
                  open.residentMaxKib(),
                  end.residentMaxKib(),
                  open.cpu().toNanos()));
    }
  }

  /// Batches at their times, whatever became of those before.
  private void openLoop(int perSecond, long start, long end) {
    double periodNanos = 1e9 * Course.BATCH * Course.PRODUCERS / perSecond;
    inParallel(
        producer -> {
          long first = start + (long) (periodNanos * producer / Course.PRODUCERS);
          for (long turn = 0; true; turn++) {
            long due = first + (long) (turn * periodNanos);
            if (due - end >= 0) {
              return;
            }
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
              LockSupport.parkNanos(left);
            }
            side.hand(producer, turns[producer]++, due);
          }
        });
  }

  private long flatOut(int seconds) {
    long start = System.nanoTime();
    long end = start + seconds * 1_000_000_000L;
    inParallel(
        producer -> {
          while (System.nanoTime() - end < 0) {
            side.hand(producer, turns[producer]++, 0);
          }
        });
    awaitWritten();
    return System.nanoTime() - start;
  }

  private interface Producer {
    void run(int producer);
  }

  private static void inParallel(Producer work) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Course.PRODUCERS; i++) {
      int producer = i;
      threads.add(Thread.ofPlatform().name("producer-" + i).start(() -> work.run(producer)));
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitWritten() {
    long handed = 0;
    for (long turn : turns) {
      handed += turn * Course.BATCH;
    }
    long expected = handed;
    Await.until("all events are written", WRITTEN_LIMIT, () -> side.written() == expected);
    LockSupport.parkNanos(50_000_000); // the last write and force
  }
}
