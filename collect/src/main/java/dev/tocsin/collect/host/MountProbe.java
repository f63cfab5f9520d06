package dev.tocsin.collect.host;

import dev.tocsin.world.host.Host;
import dev.tocsin.world.schedule.Scheduler;
import dev.tocsin.world.time.Clock;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// Asks file systems how full they are, one after the other in a task of its own, because one that
/// hangs (a network file system without its server) hangs whoever asks. When a task has hung for
/// the time allowed, it is given up and another goes on without that file system. Never more than
/// [#TASKS_MAX] hang at once; beyond it nothing is asked until one comes back, and all file systems
/// time out.
final class MountProbe {
  static final int TASKS_MAX = 8;

  private final Host host;
  private final Scheduler scheduler;
  private final Clock clock;
  private final long timeoutNanos;
  private @Nullable Task newest;
  private int running;

  MountProbe(Host host, Scheduler scheduler, Clock clock, long timeoutNanos) {
    this.host = host;
    this.scheduler = scheduler;
    this.clock = clock;
    this.timeoutNanos = timeoutNanos;
  }

  private final class Task implements Runnable {
    final List<Mount> mounts;
    long movedNanos = clock.monotonicNanos();

    Task(List<Mount> mounts) {
      this.mounts = mounts;
    }

    @Override
    public void run() {
      try {
        for (Mount mount : mounts) {
          if (!moved(this)) {
            return;
          }
          if (mount.beginAsking()) {
            ask(mount);
          }
        }
      } finally {
        ended(this);
      }
    }

    private void ask(Mount mount) {
      try {
        Host.FileSystemUse use = host.fileSystem(Path.of(mount.mountPoint()));
        mount.answered(use, clock.monotonicNanos());
      } catch (IOException | InvalidPathException e) {
        mount.failed(String.valueOf(e.getMessage()), clock.monotonicNanos());
      }
    }
  }

  /// Starts to ask, unless the last round is still on its way.
  synchronized void ask(List<Mount> mounts) {
    Task last = newest;
    boolean underWay = last != null && clock.monotonicNanos() - last.movedNanos <= timeoutNanos;
    if (underWay || running >= TASKS_MAX || mounts.isEmpty()) {
      return;
    }
    Task task = new Task(List.copyOf(mounts));
    newest = task;
    running++;
    try {
      scheduler.spawn("statfs", task);
    } catch (RejectedExecutionException _) {
      // Too many tasks everywhere: the next collection tries again.
      ended(task);
    }
  }

  /// False where the task was given up.
  private synchronized boolean moved(Task task) {
    task.movedNanos = clock.monotonicNanos();
    return newest == task;
  }

  private synchronized void ended(Task task) {
    running--;
    if (newest == task) {
      newest = null;
    }
  }

  synchronized int running() {
    return running;
  }
}
