package dev.tocsin.collect.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the network stack does on each processor: /proc/net/softnet_stat, in hexadecimal.
final class SoftnetPart implements Part {
  /// A column of the file.
  private record Column(int index, MetricInfo metric) {}

  private static final List<Column> COLUMNS =
      List.of(
          column(0, "processed_total", "Number of processed packets"),
          column(1, "dropped_total", "Number of dropped packets"),
          column(2, "times_squeezed_total", "Number of times processing packets ran out of quota"),
          column(
              8,
              "cpu_collision_total",
              "Number of collision occur while obtaining device lock while transmitting"),
          column(9, "received_rps_total", "Number of times cpu woken up received_rps"),
          column(10, "flow_limit_count_total", "Number of times flow limit has been reached"),
          new Column(11, MetricInfo.gauge("node_softnet_backlog_len", "Softnet backlog status")));
  private static final int CPU_COLUMN = 12;

  private final HostFiles files;
  private final HostSeries series;
  private final Path file;
  private final ByteText text = new ByteText();
  private final List<int[]> slotsByLine = new ArrayList<>();
  private int epoch;

  SoftnetPart(HostFiles files, HostSeries series) {
    this.files = files;
    this.series = series;
    file = files.proc("net/softnet_stat");
  }

  private static Column column(int index, String name, String help) {
    return new Column(index, MetricInfo.counter("node_softnet_" + name, help));
  }

  @Override
  public List<String> names() {
    return List.of("softnet");
  }

  @Override
  public void collect(long nowMs) throws IOException {
    if (epoch != series.epoch()) {
      slotsByLine.clear();
      epoch = series.epoch();
    }
    text.over(files.read(file));
    for (int line = 0; text.line(); line++) {
      if (line == slotsByLine.size()) {
        slotsByLine.add(slots(line));
        text.wordAt(text.lineFrom(), text.lineFrom());
      }
      int[] slots = slotsByLine.get(line);
      int next = 0;
      for (int column = 0; next < slots.length && text.word(); column++) {
        if (column == COLUMNS.get(next).index) {
          series.set(slots[next], text.hex());
          next++;
        }
      }
    }
  }

  /// Newer kernels say which processor a line is; before that it is the line's number.
  private int[] slots(int line) throws IOException {
    String cpu = Integer.toString(line);
    if (text.skip(CPU_COLUMN + 1)) {
      cpu = Long.toString((long) text.hex());
    }
    String name = cpu;
    return COLUMNS.stream().mapToInt(c -> series.slot(c.metric, "cpu", name)).toArray();
  }
}
