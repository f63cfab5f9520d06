package dev.tocsin.collect.host;

import dev.tocsin.world.host.Host;
import java.util.List;

/// Time, and what the system is: `node_uname_info`, read again once a minute.
final class SystemPart implements Part {
  private static final int READ_EVERY = 60;
  private static final MetricInfo INFO =
      MetricInfo.gauge(
          "node_uname_info", "Labeled system information as provided by the uname system call.");

  private final HostFiles files;
  private final HostSeries series;
  private final Host host;
  private final int time;
  private int untilRead;
  private int epoch;
  private int info = HostSeries.NONE;

  SystemPart(HostFiles files, HostSeries series, Host host) {
    this.files = files;
    this.series = series;
    this.host = host;
    time =
        series.fixedSlot(
            MetricInfo.gauge("node_time_seconds", "System time in seconds since epoch (1970)."));
  }

  @Override
  public List<String> names() {
    return List.of("time", "uname");
  }

  @Override
  public void collect(long nowMs) {
    series.set(time, nowMs / 1000.0);
    if (untilRead <= 0 || epoch != series.epoch()) {
      epoch = series.epoch();
      untilRead = READ_EVERY;
      info =
          series.slot(
              INFO,
              "sysname",
              kernel("ostype"),
              "release",
              kernel("osrelease"),
              "version",
              kernel("version"),
              "machine",
              machine(),
              "nodename",
              host.name(),
              "domainname",
              kernel("domainname"));
    }
    untilRead--;
    series.set(info, 1);
  }

  private String kernel(String name) {
    return files.text(files.proc("sys/kernel/" + name));
  }

  /// Kernels before 6.1 do not say it in a file.
  private String machine() {
    String said = kernel("arch");
    if (!said.isEmpty()) {
      return said;
    }
    String arch = System.getProperty("os.arch", "");
    return arch.equals("amd64") ? "x86_64" : arch;
  }
}
