package dev.tocsin.collect.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// Block devices: /proc/diskstats. Source: the kernel's Documentation/admin-guide/iostats.rst.
final class DiskPart implements Part {
  private static final double SECTOR_BYTES = 512;

  /// A statistic, and what one unit of the kernel's is in ours (divided, where milliseconds are).
  private record Column(MetricInfo metric, double factor, double divisor) {}

  private static final Column[] COLUMNS = {
    total("reads_completed", "The total number of reads completed successfully."),
    total("reads_merged", "The total number of reads merged."),
    sectors("read_bytes", "The total number of bytes read successfully."),
    seconds("read_time_seconds", "The total number of seconds spent by all reads."),
    total("writes_completed", "The total number of writes completed successfully."),
    total("writes_merged", "The number of writes merged."),
    sectors("written_bytes", "The total number of bytes written successfully."),
    seconds("write_time_seconds", "This is the total number of seconds spent by all writes."),
    new Column(
        MetricInfo.gauge("node_disk_io_now", "The number of I/Os currently in progress."), 1, 1),
    seconds("io_time_seconds", "Total seconds spent doing I/Os."),
    seconds("io_time_weighted_seconds", "The weighted # of seconds spent doing I/Os."),
    total("discards_completed", "The total number of discards completed successfully."),
    total("discards_merged", "The total number of discards merged."),
    total("discarded_sectors", "The total number of sectors discarded successfully."),
    seconds("discard_time_seconds", "This is the total number of seconds spent by all discards."),
    total("flush_requests", "The total number of flush requests completed successfully"),
    seconds(
        "flush_requests_time_seconds",
        "This is the total number of seconds spent by all flush requests.")
  };
  private static final MetricInfo INFO =
      MetricInfo.gauge("node_disk_info", "Info of /sys/block/<block_device>.");

  private final HostFiles files;
  private final HostSeries series;
  private final Pattern excluded;
  private final Path file;
  private final KeyCache cache;
  private final ByteText text = new ByteText();

  DiskPart(HostFiles files, HostSeries series, Pattern excluded) {
    this.files = files;
    this.series = series;
    this.excluded = excluded;
    file = files.proc("diskstats");
    cache = new KeyCache(series);
  }

  private static Column total(String name, String help) {
    return new Column(MetricInfo.counter("node_disk_" + name + "_total", help), 1, 1);
  }

  private static Column sectors(String name, String help) {
    return new Column(MetricInfo.counter("node_disk_" + name + "_total", help), SECTOR_BYTES, 1);
  }

  private static Column seconds(String name, String help) {
    return new Column(MetricInfo.counter("node_disk_" + name + "_total", help), 1, 1000);
  }

  @Override
  public List<String> names() {
    return List.of("diskstats");
  }

  @Override
  public void collect(long nowMs) throws IOException {
    text.over(files.read(file));
    cache.begin();
    while (text.line()) {
      if (!text.skip(3)) {
        continue;
      }
      int from = text.lineFrom();
      int to = text.to();
      int[] slots = cache.next(text.bytes(), from, to);
      if (slots == null) {
        slots = cache.put(text.bytes(), from, to, slots());
        text.wordAt(from, to);
      }
      if (slots.length > 0) {
        series.set(slots[COLUMNS.length], 1);
      }
      for (int i = 0; i < COLUMNS.length && slots.length > 0 && text.word(); i++) {
        series.set(slots[i], text.number() * COLUMNS[i].factor / COLUMNS[i].divisor);
      }
    }
  }

  /// Of the device whose name is the current word.
  private int[] slots() {
    String device = text.text();
    if (excluded.matcher(device).find()) {
      return new int[0];
    }
    text.wordAt(text.lineFrom(), text.lineFrom());
    String major = text.word() ? text.text() : "";
    String minor = text.word() ? text.text() : "";
    int[] slots = new int[COLUMNS.length + 1];
    for (int i = 0; i < COLUMNS.length; i++) {
      slots[i] = series.slot(COLUMNS[i].metric, "device", device);
    }
    String rotational = files.text(files.sys("block/" + device + "/queue/rotational"));
    slots[COLUMNS.length] =
        series.slot(
            INFO,
            "device",
            device,
            "major",
            major,
            "minor",
            minor,
            "rotational",
            rotational.equals("1") ? "1" : "0");
    return slots;
  }
}
