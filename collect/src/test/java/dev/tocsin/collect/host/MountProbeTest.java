package dev.tocsin.collect.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.world.host.Host;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A network file system without its server: the share hangs until the test lets it go.
class MountProbeTest {
  private static final String SHARE = "fstype=\"nfs4\", mountpoint=\"/mnt/my share\"}";

  @TempDir private Path directory;
  private final CountDownLatch server = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();
  private volatile long rootFree = 1;
  private HostRig rig;

  private final class HangingHost implements Host {
    @Override
    public String name() {
      return "host7";
    }

    @Override
    public FileSystemUse fileSystem(Path mountPoint) {
      if (mountPoint.toString().contains("share")) {
        try {
          server.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      return new FileSystemUse(1000, rootFree, 1, 1, 1, false);
    }
  }

  @BeforeEach
  void write() {
    HostTree tree = new HostTree(directory);
    rig = new HostRig(new ReadOnlyDisk(), HostRig.config(tree.proc, tree.sys), new HangingHost());
  }

  @AfterEach
  void letGo() throws InterruptedException {
    server.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /// Starts what was spawned; waits until it is done, or hangs.
  private void start() {
    while (!rig.spawned.isEmpty()) {
      Thread thread = Thread.ofPlatform().start(rig.spawned.removeFirst());
      threads.add(thread);
      while (thread.isAlive() && thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
  }

  private double rootFreeSeen() {
    return rig.values.entrySet().stream()
        .filter(e -> e.getKey().startsWith("node_filesystem_free_bytes"))
        .filter(e -> e.getKey().contains("mountpoint=\"/\""))
        .mapToDouble(e -> e.getValue())
        .findFirst()
        .orElse(Double.NaN);
  }

  @Test
  void aHungFileSystemIsReportedAndTheOthersGoOn() throws InterruptedException {
    for (int second = 1; second <= 30; second++) {
      rootFree = second;
      rig.collect();
      start();
      assertThat(rig.value("node_load1")).isEqualTo(0.25);
    }
    assertThat(rootFreeSeen()).as("free, seen within the time allowed").isGreaterThan(22);
    assertThat(rig.values)
        .containsEntry(
            "node_filesystem_device_error{device=\"server:/export\\\\x\","
                + " device_error=\"mountpoint timeout\", "
                + SHARE,
            1.0);
    assertThat(threads.stream().filter(Thread::isAlive).count()).isEqualTo(1);
    server.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    rig.collect();
    assertThat(rig.values)
        .containsEntry(
            "node_filesystem_device_error{device=\"server:/export\\\\x\", " + SHARE, 0.0);
    assertThat(rig.ended.keySet()).anyMatch(s -> s.contains("mountpoint timeout"));
  }

  @Test
  void aSchedulerThatNeverRunsThemIsAskedOnlySoOften() {
    for (int second = 1; second <= 100; second++) {
      rig.collect();
    }
    assertThat(rig.spawned).hasSize(MountProbe.TASKS_MAX);
    assertThat(rig.values.keySet())
        .filteredOn(s -> s.startsWith("node_filesystem_device_error"))
        .hasSize(2)
        .allMatch(s -> s.contains(Mount.TIMEOUT));
  }
}
