package dev.tocsin.collect.host;

import dev.tocsin.world.World;
import dev.tocsin.world.time.Clock;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One collection after the other: runs every part, notes how it went, and adds what a scrape of a
/// target adds (`up` and its like). One thread at a time.
final class HostCollector {
  private static final int PAGE_BYTES = 4096;
  private static final int AUXV_PAGE_SIZE = 6;
  private static final MetricInfo DURATION =
      MetricInfo.gauge(
          "node_scrape_collector_duration_seconds", "Duration of reading one area of the host.");
  private static final MetricInfo SUCCESS =
      MetricInfo.gauge(
          "node_scrape_collector_success", "Whether reading one area of the host succeeded.");

  /// A part, and where it is told how it went.
  private record Run(Part part, int[] duration, int[] success) {}

  private final Clock clock;
  private final HostSeries series;
  private final List<Run> runs;
  private final int up;
  private final int scrapeSeconds;
  private final int scrapeSamples;
  private final Map<String, String> failures = new TreeMap<>();

  HostCollector(World world, HostConfig config, HostSeries series) {
    clock = world.clock();
    this.series = series;
    HostFiles files = new HostFiles(world.disk(), config.proc(), config.sys());
    runs = parts(world, config, files).stream().map(this::run).toList();
    up = series.fixedSlot(MetricInfo.gauge("up", "Whether the host could be read."));
    scrapeSeconds =
        series.fixedSlot(
            MetricInfo.gauge("scrape_duration_seconds", "Duration of reading the host."));
    scrapeSamples =
        series.fixedSlot(
            MetricInfo.gauge("scrape_samples_scraped", "Samples that reading the host gave."));
  }

  private List<Part> parts(World world, HostConfig config, HostFiles files) {
    long timeoutNanos = config.mountTimeoutMs() * 1_000_000;
    HostConfig.Excluded excluded = config.excluded();
    MountProbe probe = new MountProbe(world.host(), world.scheduler(), clock, timeoutNanos);
    return List.of(
        new StatPart(files, series),
        new LoadPart(files, series),
        new MemoryPart(files, series),
        new VmstatPart(files, series),
        new PressurePart(files, series),
        new DiskPart(files, series, excluded.disks()),
        new FilesystemPart(files, series, excluded, clock, timeoutNanos, probe),
        new NetDevPart(files, series, excluded.networks()),
        new LinkPart(files, series),
        new NetstatPart(files, series),
        new SockstatPart(files, series, pageBytes(files)),
        new SoftnetPart(files, series),
        ValuesPart.connectionTracking(files, series),
        ValuesPart.fileDescriptors(files, series),
        ValuesPart.entropy(files, series),
        new SystemPart(files, series, world.host()));
  }

  private Run run(Part part) {
    int[] duration =
        part.names().stream()
            .mapToInt(name -> series.fixedSlot(DURATION, "collector", name))
            .toArray();
    int[] success =
        part.names().stream()
            .mapToInt(name -> series.fixedSlot(SUCCESS, "collector", name))
            .toArray();
    return new Run(part, duration, success);
  }

  /// Sets the value of every series that has one now.
  void collect(long nowMs) {
    long startNanos = clock.monotonicNanos();
    series.begin();
    failures.clear();
    long fromNanos = startNanos;
    for (Run run : runs) {
      boolean good = collect(run.part, nowMs);
      long toNanos = clock.monotonicNanos();
      for (int i = 0; i < run.success.length; i++) {
        series.set(run.duration[i], (toNanos - fromNanos) / 1e9);
        series.set(run.success[i], good ? 1 : 0);
      }
      fromNanos = toNanos;
    }
    int samples = series.count();
    // The time is always there.
    series.set(up, failures.size() >= runs.size() - 1 ? 0 : 1);
    series.set(scrapeSeconds, (fromNanos - startNanos) / 1e9);
    series.set(scrapeSamples, samples);
  }

  /// Nothing the kernel writes may stop the rest.
  private boolean collect(Part part, long nowMs) {
    try {
      part.collect(nowMs);
      return true;
    } catch (IOException | RuntimeException e) {
      failures.put(part.names().getFirst(), String.valueOf(e.getMessage()));
      return false;
    }
  }

  /// What failed in the newest collection, by the part's name.
  Map<String, String> failures() {
    return Map.copyOf(failures);
  }

  /// The kernel tells every process its page size: pairs of two 64-bit numbers in /proc/self/auxv.
  private static int pageBytes(HostFiles files) {
    try {
      byte[] pairs = files.read(files.proc("self/auxv"));
      for (int at = 0; at + 16 <= pairs.length; at += 16) {
        if (pairs[at] == AUXV_PAGE_SIZE && pairs[at + 1] == 0) {
          return (pairs[at + 8] & 0xff)
              | (pairs[at + 9] & 0xff) << 8
              | (pairs[at + 10] & 0xff) << 16;
        }
      }
    } catch (IOException _) {
      // Nearly always right.
    }
    return PAGE_BYTES;
  }
}
