package dev.tocsin.collect.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.sun.management.ThreadMXBean;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Refusal;
import dev.tocsin.pipeline.intake.Admission;
import dev.tocsin.world.host.Host.FileSystemUse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostSourceTest {
  private static final Path ROOT = Path.of("/");
  private static final Path SHARE = Path.of("/mnt/my share");
  private static final String ROOT_LABELS =
      "{device=\"/dev/sda1\", fstype=\"ext4\", mountpoint=\"/\"}";

  @TempDir private Path directory;
  private HostTree tree;
  private HostRig rig;
  private ReadOnlyDisk disk;

  @BeforeEach
  void write() {
    tree = new HostTree(directory);
    disk = new ReadOnlyDisk();
    rig = new HostRig(disk, HostRig.config(tree.proc, tree.sys));
    rig.fileSystems.put(ROOT, new FileSystemUse(1000, 500, 400, 30, 20, false));
    rig.fileSystems.put(SHARE, new FileSystemUse(9000, 9, 8, 7, 6, false));
  }

  private void collectWithFileSystems() {
    rig.collect();
    rig.runSpawned();
    rig.collect();
  }

  @Test
  void processorsAndSystem() {
    collectWithFileSystems();
    assertThat(rig.values)
        .contains(
            entry("node_cpu_seconds_total{cpu=\"0\", mode=\"user\"}", 10.0),
            entry("node_cpu_seconds_total{cpu=\"0\", mode=\"idle\"}", 400.0),
            entry("node_cpu_seconds_total{cpu=\"1\", mode=\"steal\"}", 1.8),
            entry("node_cpu_guest_seconds_total{cpu=\"0\", mode=\"nice\"}", 1.0),
            entry("node_intr_total", 987_654_321.0),
            entry("node_context_switches_total", 4242.0),
            entry("node_boot_time_seconds", 1_700_000_123.0),
            entry("node_forks_total", 77.0),
            entry("node_procs_running", 3.0),
            entry("node_procs_blocked", 1.0),
            entry("node_load1", 0.25),
            entry("node_load5", 1.5),
            entry("node_load15", 12.75),
            entry("node_vmstat_pgfault", 1001.0),
            entry("node_vmstat_oom_kill", 2.0),
            entry("node_pressure_cpu_waiting_seconds_total", 2.5),
            entry("node_pressure_io_stalled_seconds_total", 0.5),
            entry("node_pressure_memory_stalled_seconds_total", 8.0),
            entry("node_filefd_allocated", 1024.0),
            entry("node_filefd_maximum", 99_999.0),
            entry("node_entropy_available_bits", 256.0),
            entry("node_time_seconds", HostRig.START_MS / 1000.0 + 7),
            entry(
                "node_uname_info{domainname=\"(none)\", machine=\"riscv128\", nodename=\"host7\","
                    + " release=\"6.99.1-made-up\", sysname=\"Linux\", version=\"#7 SMP\"}",
                1.0),
            entry("up", 1.0),
            entry("node_scrape_collector_success{collector=\"cpu\"}", 1.0),
            entry("node_scrape_collector_success{collector=\"conntrack\"}", 0.0));
    assertThat(rig.values.keySet())
        .noneMatch(s -> s.contains("x_kill") || s.contains("nr_free_pages"))
        .noneMatch(s -> s.contains("irq_stalled"));
    double added = rig.values.keySet().stream().filter(s -> s.startsWith("scrape_")).count() + 1;
    assertThat(rig.value("scrape_samples_scraped")).isEqualTo(rig.values.size() - added);
    assertThat(rig.source.stats().failures().keySet()).containsExactly("conntrack");
  }

  @Test
  void memoryAndDisks() {
    collectWithFileSystems();
    assertThat(rig.values)
        .contains(
            entry("node_memory_MemTotal_bytes", 2_048_000.0 * 1024),
            entry("node_memory_Active_anon_bytes", 102_400.0),
            entry("node_memory_HugePages_Total", 5.0),
            entry("node_disk_read_bytes_total{device=\"sda\"}", 13 * 512.0),
            entry("node_disk_read_time_seconds_total{device=\"sda\"}", 0.014),
            entry("node_disk_io_now{device=\"sda\"}", 19.0),
            entry("node_disk_io_time_seconds_total{device=\"sda\"}", 2.0),
            entry("node_disk_flush_requests_time_seconds_total{device=\"sda\"}", 2.7),
            entry(
                "node_disk_info{device=\"sda\", major=\"8\", minor=\"0\", rotational=\"1\"}", 1.0),
            entry("node_disk_read_time_seconds_total{device=\"nvme0n1\"}", 0.006));
    assertThat(rig.values.keySet())
        .noneMatch(s -> s.contains("sda1\"") && s.startsWith("node_disk"))
        .noneMatch(s -> s.startsWith("node_disk_writes_completed_total{device=\"nvme"));
  }

  @Test
  void network() {
    collectWithFileSystems();
    assertThat(rig.values)
        .contains(
            entry("node_network_receive_bytes_total{device=\"eth0\"}", 1001.0),
            entry("node_network_transmit_compressed_total{device=\"eth0\"}", 1016.0),
            entry("node_network_receive_nohandler_total{device=\"eth0\"}", 31.0),
            entry("node_network_transmit_packets_total{device=\"lo\"}", 7.0),
            entry("node_network_up{device=\"eth0\"}", 1.0),
            entry("node_network_up{device=\"lo\"}", 0.0),
            entry("node_network_mtu_bytes{device=\"eth0\"}", 9000.0),
            entry("node_network_speed_bytes{device=\"eth0\"}", 125_000_000.0),
            entry("node_network_flags{device=\"eth0\"}", 4099.0),
            entry(
                "node_network_info{address=\"aa:bb:cc:dd:ee:ff\", adminstate=\"up\","
                    + " device=\"eth0\", operstate=\"up\"}",
                1.0),
            entry("node_sockstat_sockets_used", 44.0),
            entry("node_sockstat_TCP_mem_bytes", 3 * 4096.0),
            entry("node_sockstat_TCP6_inuse", 2.0),
            entry("node_netstat_TcpExt_ListenDrops", 63.0),
            entry("node_netstat_IpExt_InOctets", 12_345_678_901.0),
            entry("node_netstat_Tcp_CurrEstab", 18.0),
            entry("node_netstat_Ip6_InOctets", 64.0),
            entry("node_softnet_processed_total{cpu=\"0\"}", 255.0),
            entry("node_softnet_processed_total{cpu=\"1\"}", 16.0));
    assertThat(rig.values.keySet())
        .noneMatch(s -> s.contains("bonding_masters") || s.contains("PruneCalled"));
  }

  @Test
  void fileSystems() {
    rig.fileSystems.remove(SHARE);
    rig.collect();
    assertThat(rig.values.keySet()).noneMatch(s -> s.startsWith("node_filesystem"));
    rig.runSpawned();
    rig.collect();
    String share =
        "{device=\"server:/export\\\\x\", device_error=\"/mnt/my share: no such file system\","
            + " fstype=\"nfs4\", mountpoint=\"/mnt/my share\"}";
    assertThat(rig.values)
        .contains(
            entry("node_filesystem_size_bytes" + ROOT_LABELS, 1000.0),
            entry("node_filesystem_free_bytes" + ROOT_LABELS, 500.0),
            entry("node_filesystem_avail_bytes" + ROOT_LABELS, 400.0),
            entry("node_filesystem_files" + ROOT_LABELS, 30.0),
            entry("node_filesystem_files_free" + ROOT_LABELS, 20.0),
            entry("node_filesystem_readonly" + ROOT_LABELS, 0.0),
            entry("node_filesystem_device_error" + ROOT_LABELS, 0.0),
            entry(
                "node_filesystem_mount_info{device=\"/dev/sda1\", major=\"8\", minor=\"1\","
                    + " mountpoint=\"/\"}",
                1.0),
            entry("node_filesystem_device_error" + share, 1.0),
            entry("node_filesystem_readonly" + share, 1.0));
    assertThat(rig.values.keySet()).noneMatch(s -> s.contains("docker") || s.contains("/proc"));
    rig.fileSystems.put(SHARE, new FileSystemUse(9000, 9, 8, 7, 6, false));
    rig.runSpawned();
    rig.collect();
    assertThat(rig.ended)
        .containsOnlyKeys(
            "node_filesystem_device_error" + share, "node_filesystem_readonly" + share);
    assertThat(rig.values.keySet())
        .filteredOn(s -> s.startsWith("node_filesystem") && s.contains("share"))
        .hasSize(8);
  }

  @Test
  void aSeriesThatIsGoneEndsOnce() {
    collectWithFileSystems();
    List<String> sda = rig.values.keySet().stream().filter(s -> s.contains("\"sda\"")).toList();
    assertThat(sda).hasSize(18);
    tree.proc("diskstats", " 259 0 nvme0n1 9 8 7 6\n");
    rig.collect();
    assertThat(rig.ended.keySet()).containsExactlyInAnyOrderElementsOf(sda);
    rig.collect();
    assertThat(rig.ended).isEmpty();
    tree.proc("diskstats", HostTree.disk(""));
    rig.collect();
    assertThat(rig.values.keySet()).containsAll(sda);
    assertThat(rig.ended.keySet()).allMatch(s -> s.contains("nvme0n1")).hasSize(5);
  }

  @Test
  void processorsNeverGoBackUnlessTheyWereTakenOut() {
    rig.collect();
    tree.proc("stat", HostTree.stat(990, 39_800));
    rig.collect();
    assertThat(rig.value("node_cpu_seconds_total{cpu=\"0\", mode=\"user\"}")).isEqualTo(10.0);
    assertThat(rig.value("node_cpu_seconds_total{cpu=\"0\", mode=\"idle\"}")).isEqualTo(400.0);
    tree.proc("stat", HostTree.stat(5, 39_700));
    rig.collect();
    assertThat(rig.value("node_cpu_seconds_total{cpu=\"0\", mode=\"user\"}")).isEqualTo(0.05);
    assertThat(rig.value("node_cpu_seconds_total{cpu=\"0\", mode=\"idle\"}")).isEqualTo(397.0);
    assertThat(rig.value("node_cpu_seconds_total{cpu=\"1\", mode=\"user\"}")).isEqualTo(11.0);
  }

  @Test
  void whatIsBrokenFailsAlone() {
    collectWithFileSystems();
    tree.proc("meminfo", "MemTotal: lots kB\n");
    rig.collect();
    assertThat(rig.value("node_scrape_collector_success{collector=\"meminfo\"}")).isZero();
    assertThat(rig.value("up")).isEqualTo(1);
    assertThat(rig.ended)
        .containsOnlyKeys(
            "node_memory_MemTotal_bytes",
            "node_memory_MemAvailable_bytes",
            "node_memory_Active_anon_bytes",
            "node_memory_HugePages_Total");
    assertThat(rig.source.stats().failures()).containsEntry("meminfo", "\"lots\" is not a number");
  }

  @Test
  void aHostThatCannotBeReadIsDown() {
    HostRig nothing =
        new HostRig(disk, HostRig.config(directory.resolve("no"), directory.resolve("no")));
    nothing.collect();
    assertThat(nothing.value("up")).isZero();
  }

  @Test
  void nothingTheKernelWritesStopsTheSource() throws IOException {
    Map<Path, byte[]> original = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        original.put(file, Files.readAllBytes(file));
      }
    }
    List<Path> files = new ArrayList<>(original.keySet());
    for (long seed = 0; seed < 400; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Path file = files.get(random.nextInt(files.size()));
      byte[] content = original.getOrDefault(file, new byte[0]).clone();
      for (int i = random.nextInt(6); i > 0 && content.length > 0; i--) {
        byte[] odd = " \n\0x:-\\9\u00ff".getBytes(StandardCharsets.ISO_8859_1);
        content[random.nextInt(content.length)] = odd[random.nextInt(odd.length)];
      }
      int length = random.nextBoolean() ? content.length : random.nextInt(content.length + 1);
      Files.write(file, java.util.Arrays.copyOf(content, length));
      rig.collect();
      rig.runSpawned();
      assertThat(rig.value("up")).as("seed %d", seed).isEqualTo(1);
      assertThat(rig.source.stats().failures().size()).as("seed %d", seed).isLessThan(4);
      Files.write(file, original.getOrDefault(file, new byte[0]));
    }
    rig.collect();
    rig.collect();
    assertThat(rig.source.stats().failures().keySet()).containsExactly("conntrack");
  }

  @Test
  void aFullPipelineIsCountedAndSlowsTheSource() {
    rig.collect();
    rig.getStuck();
    int half = rig.intake.samplesMax();
    List<Admission> others =
        List.of(
            rig.intake.begin(Tenant.DEFAULT, half, 1), rig.intake.begin(Tenant.DEFAULT, half, 1));
    rig.pass(1000);
    long before = rig.source.deadlineNanos();
    rig.source.step();
    assertThat(rig.source.stats().busy()).isEqualTo(1);
    assertThat(rig.accounting.snapshot().refused(Refusal.BUSY)).isGreaterThan(100);
    assertThat(rig.accounting.snapshot().isBalanced()).isTrue();
    assertThat(rig.source.deadlineNanos() - before).isGreaterThan(1_000_000_000);
    for (Admission other : others) {
      ((Admission.Admitted) other).staging().close();
    }
    rig.getUnstuck();
    rig.pass(1000);
    rig.collect();
    assertThat(rig.values).containsKey("up");
  }

  @Test
  void aMissedCollectionIsNotMadeUpFor() {
    rig.collect();
    assertThat(rig.source.step()).isZero();
    rig.pass(60_000);
    assertThat(rig.source.step()).isEqualTo(1);
    assertThat(rig.source.step()).isZero();
    rig.pass(1000);
    assertThat(rig.source.step()).isEqualTo(1);
  }

  @Test
  void theNewestValuesAreShownMetricByMetric() {
    collectWithFileSystems();
    List<String> shown = new ArrayList<>();
    rig.source.visit(
        new MetricVisitor() {
          @Override
          public void metric(MetricInfo info) {
            shown.add(info.name() + " " + info.type().word());
          }

          @Override
          public void sample(Labels labels, double value) {
            shown.add(labels + " " + value);
          }
        });
    assertThat(shown)
        .containsSubsequence(
            "node_disk_io_now gauge",
            "{device=\"nvme0n1\"} 9.0",
            "node_load1 gauge",
            "{} 0.25",
            "node_vmstat_pgfault untyped")
        .hasSizeGreaterThan(rig.values.size());
    assertThat(shown.stream().filter(line -> !line.startsWith("{"))).doesNotHaveDuplicates();
    assertThat(rig.source.metrics())
        .extracting(MetricInfo::name)
        .isSorted()
        .contains("node_cpu_seconds_total", "up");
    assertThat(rig.source.metrics()).allMatch(info -> !info.help().isEmpty());
  }

  @Test
  void aSteadyHostCostsFewObjects() {
    collectWithFileSystems();
    disk.keepWhatIsRead();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = Long.MAX_VALUE;
    for (int i = 0; i < 21; i++) {
      rig.pass(1000);
      rig.getStuck();
      long before = threads.getCurrentThreadAllocatedBytes();
      rig.source.step();
      long after = threads.getCurrentThreadAllocatedBytes();
      allocated = Math.min(allocated, after - before);
      rig.getUnstuck();
      rig.spawned.clear();
    }
    assertThat(allocated).as("bytes a collection").isLessThan(24_000);
  }
}
