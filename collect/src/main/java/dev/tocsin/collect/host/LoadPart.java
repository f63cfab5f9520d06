package dev.tocsin.collect.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Load averages: /proc/loadavg.
final class LoadPart implements Part {
  private final HostFiles files;
  private final HostSeries series;
  private final Path file;
  private final int[] slots;
  private final ByteText text = new ByteText();

  LoadPart(HostFiles files, HostSeries series) {
    this.files = files;
    this.series = series;
    file = files.proc("loadavg");
    slots =
        new int[] {
          series.fixedSlot(MetricInfo.gauge("node_load1", "1m load average.")),
          series.fixedSlot(MetricInfo.gauge("node_load5", "5m load average.")),
          series.fixedSlot(MetricInfo.gauge("node_load15", "15m load average."))
        };
  }

  @Override
  public List<String> names() {
    return List.of("loadavg");
  }

  @Override
  public void collect(long nowMs) throws IOException {
    text.over(files.read(file)).line();
    for (int slot : slots) {
      series.set(slot, text.nextNumber());
    }
  }
}
