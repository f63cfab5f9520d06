package dev.tocsin.collect.host;

import dev.tocsin.world.host.Host.FileSystemUse;
import dev.tocsin.world.time.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How full file systems are. What is mounted comes from /proc/1/mountinfo (Source:
/// proc_pid_mountinfo(5)), and is looked at again only when that text changes; the numbers are
/// those of the answers that have come in, which are about one collection old.
final class FilesystemPart implements Part {
  private static final MetricInfo[] USE = {
    metric("size_bytes", "Filesystem size in bytes."),
    metric("free_bytes", "Filesystem free space in bytes."),
    metric("avail_bytes", "Filesystem space available to non-root users in bytes."),
    metric("files", "Filesystem total file nodes."),
    metric("files_free", "Filesystem total free file nodes.")
  };
  private static final MetricInfo READ_ONLY = metric("readonly", "Filesystem read-only status.");
  private static final MetricInfo ERROR =
      metric(
          "device_error",
          "Whether an error occurred while getting statistics for the given device.");
  private static final MetricInfo INFO = metric("mount_info", "Filesystem mount information.");

  private final HostFiles files;
  private final HostSeries series;
  private final HostConfig.Excluded excluded;
  private final Clock clock;
  private final long timeoutNanos;
  private final MountProbe probe;
  private final ByteText text = new ByteText();
  private byte[] seen = new byte[0];
  private List<Row> rows = List.of();
  private List<Mount> mounts = List.of();
  private int epoch;

  /// A file system and where its numbers go. The slots are for one error text; another has others.
  private static final class Row {
    final Mount mount;
    int[] use = new int[0];
    int info = HostSeries.NONE;
    int readOnly = HostSeries.NONE;
    int error = HostSeries.NONE;
    String errorText = "never";

    Row(Mount mount) {
      this.mount = mount;
    }
  }

  FilesystemPart(
      HostFiles files,
      HostSeries series,
      HostConfig.Excluded excluded,
      Clock clock,
      long timeoutNanos,
      MountProbe probe) {
    this.files = files;
    this.series = series;
    this.excluded = excluded;
    this.clock = clock;
    this.timeoutNanos = timeoutNanos;
    this.probe = probe;
  }

  private static MetricInfo metric(String name, String help) {
    return MetricInfo.gauge("node_filesystem_" + name, help);
  }

  @Override
  public List<String> names() {
    return List.of("filesystem");
  }

  @Override
  public void collect(long nowMs) throws IOException {
    byte[] now = mountInfo();
    if (!Arrays.equals(now, seen)) {
      rows = parse(now);
      mounts = rows.stream().map(row -> row.mount).toList();
      seen = now;
    }
    if (epoch != series.epoch()) {
      epoch = series.epoch();
      rows.forEach(row -> row.errorText = "never");
    }
    for (Row row : rows) {
      set(row);
    }
    probe.ask(mounts);
  }

  /// What the first process sees; in a container that may not look at it, what we see.
  private byte[] mountInfo() throws IOException {
    Path first = files.proc("1/mountinfo");
    try {
      return files.read(first);
    } catch (IOException _) {
      return files.read(files.proc("self/mountinfo"));
    }
  }

  private void set(Row row) {
    String error = row.mount.error(clock.monotonicNanos(), timeoutNanos);
    FileSystemUse use = row.mount.use();
    if (use == null && error.isEmpty()) {
      return;
    }
    if (!error.equals(row.errorText)) {
      giveSlots(row, error);
    }
    boolean broken = !error.isEmpty();
    series.set(row.error, broken ? 1 : 0);
    boolean readOnly = row.mount.readOnly() || (use != null && use.readOnly());
    series.set(row.readOnly, readOnly ? 1 : 0);
    if (use != null && !broken) {
      series.set(row.use[0], (double) use.sizeBytes());
      series.set(row.use[1], (double) use.freeBytes());
      series.set(row.use[2], (double) use.availableBytes());
      series.set(row.use[3], (double) use.files());
      series.set(row.use[4], (double) use.filesFree());
      series.set(row.info, 1);
    }
  }

  private void giveSlots(Row row, String error) {
    Mount mount = row.mount;
    String[] labels = {
      "device",
      mount.device(),
      "mountpoint",
      mount.mountPoint(),
      "fstype",
      mount.type(),
      "device_error",
      error
    };
    row.errorText = error;
    row.error = series.slot(ERROR, labels);
    row.readOnly = series.slot(READ_ONLY, labels);
    if (error.isEmpty()) {
      row.use = Arrays.stream(USE).mapToInt(metric -> series.slot(metric, labels)).toArray();
      String[] majorMinor = mount.majorMinor().split(":", 2);
      row.info =
          series.slot(
              INFO,
              "device",
              mount.device(),
              "mountpoint",
              mount.mountPoint(),
              "major",
              majorMinor[0],
              "minor",
              majorMinor.length > 1 ? majorMinor[1] : "");
    }
  }

  /// Keeps what is known of the file systems that are still there.
  private List<Row> parse(byte[] mountInfo) {
    Map<String, Row> found = new LinkedHashMap<>();
    text.over(mountInfo);
    while (text.line()) {
      Mount mount = mount();
      if (mount != null) {
        String key = mount.device() + "\n" + mount.mountPoint() + "\n" + mount.type();
        found.putIfAbsent(key, known(mount));
      }
    }
    return new ArrayList<>(found.values());
  }

  private Row known(Mount mount) {
    for (Row row : rows) {
      if (row.mount.isSame(mount)) {
        return row;
      }
    }
    return new Row(mount);
  }

  /// `36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue`: an unknown
  /// number of fields before the dash. Null for a line that is not measured.
  private @org.jspecify.annotations.Nullable Mount mount() {
    if (!text.skip(3)) {
      return null;
    }
    String majorMinor = text.text();
    text.skip(2);
    String mountPoint = unescaped();
    text.word();
    boolean readOnly = hasOption(text.text(), "ro");
    while (text.word() && !text.text().equals("-")) {
      // An optional field.
    }
    text.word();
    String type = text.text();
    if (excluded.mountPoints().matcher(mountPoint).find()
        || excluded.fileSystemTypes().matcher(type).find()) {
      return null;
    }
    text.word();
    String device = unescaped();
    String options = text.word() ? text.text() : "";
    readOnly |= hasOption(options, "ro") || hasOption(options, "emergency_ro");
    return new Mount(device, mountPoint, type, majorMinor, readOnly, clock.monotonicNanos());
  }

  private static boolean hasOption(String options, String wanted) {
    return Arrays.asList(options.split(",", -1)).contains(wanted);
  }

  /// The word, in which blanks and backslashes are written as three octal digits.
  private String unescaped() {
    byte[] bytes = text.bytes();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = text.from();
    while (at < text.to()) {
      int octal = bytes[at] == '\\' ? octal(bytes, at + 1, text.to()) : -1;
      out.write(octal < 0 ? bytes[at] : octal);
      at += octal < 0 ? 1 : 4;
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static int octal(byte[] bytes, int from, int to) {
    if (to - from < 3) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + 3; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 7) {
        return -1;
      }
      value = value * 8 + digit;
    }
    return value < 256 ? value : -1;
  }
}
