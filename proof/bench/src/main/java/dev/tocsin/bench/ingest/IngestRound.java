package dev.tocsin.bench.ingest;

import dev.tocsin.bench.process.Await;
import dev.tocsin.bench.process.ProcessFigures;
import dev.tocsin.bench.process.ThreadTimes;
import dev.tocsin.bench.process.WorkFolder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// One round with one subject: fresh process, warm-up, the measured seconds, then the counts.
public final class IngestRound {
  private static final Duration STORED_LIMIT = Duration.ofSeconds(60);
  private static final long LOOK_EVERY_NANOS = 200_000_000;

  private IngestRound() {}

  /// Throws [IllegalStateException] where a write fails, or it does not have what it has taken.
  public static IngestResult run(IngestSubject subject, IngestPlan plan) {
    try (WorkFolder folder = WorkFolder.make("ingest");
        IngestSubject.Running running = subject.start(folder.path())) {
      Feeder feeder = new Feeder(plan, running.writeAddress());
      try (feeder) {
        feeder.start();
        pause(feeder, plan.warmUpSeconds());
        IngestResult.Mark from = mark(feeder, running);
        pause(feeder, plan.seconds());
        IngestResult.Mark to = mark(feeder, running);
        Map<String, Duration> threads = ThreadTimes.since(from.threads(), to.threads());
        feeder.close();
        feeder.check();
        IngestSubject.Stored stored = stored(running, feeder, plan);
        ProcessFigures after = running.figures();
        return new IngestResult(
            to.samples() - from.samples(),
            to.nanos() - from.nanos(),
            to.figures().cpu().minus(from.figures().cpu()),
            threads,
            after.residentMaxKib(),
            after.residentAnonymousKib(),
            feeder.repeated(),
            feeder.sentBytes(),
            feeder.plainBytes(),
            stored,
            running.note());
      }
    }
  }

  private static IngestResult.Mark mark(Feeder feeder, IngestSubject.Running running) {
    return new IngestResult.Mark(
        System.nanoTime(), feeder.accepted(), running.figures(), running.threadTimes());
  }

  private static void pause(Feeder feeder, int seconds) {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    for (long left = seconds * 1_000_000_000L; left > 0; left = end - System.nanoTime()) {
      feeder.check();
      LockSupport.parkNanos(Math.min(left, 100_000_000));
    }
  }

  /// Waits until it can be seen: some programs show what they took a little later.
  private static IngestSubject.Stored stored(
      IngestSubject.Running running, Feeder feeder, IngestPlan plan) {
    IngestSubject.Stored[] last = new IngestSubject.Stored[1];
    try {
      Await.until(
          "all samples are stored",
          STORED_LIMIT,
          () -> {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
            if (running.samples() != feeder.accepted()) {
              last[0] = new IngestSubject.Stored(running.samples(), -1, Double.NaN);
              return false;
            }
            IngestSubject.Stored now = running.stored(plan.series(), feeder.lastMs());
            last[0] = now;
            return now.samples() == feeder.accepted()
                && (now.series() < 0
                    || (now.series() == plan.series() && now.lastValue() == feeder.lastValue()));
          });
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          "%d samples of %d series were taken, the last value is %s, and it has %s"
              .formatted(feeder.accepted(), plan.series(), feeder.lastValue(), last[0]),
          e);
    }
    return last[0];
  }
}
