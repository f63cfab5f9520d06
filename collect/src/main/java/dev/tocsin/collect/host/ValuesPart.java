package dev.tocsin.collect.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Files that hold just numbers, as /proc/sys/fs/file-nr.
final class ValuesPart implements Part {
  /// A file, and a slot for each of its words; [HostSeries#NONE] passes one over.
  record Source(Path file, int... slots) {}

  private final HostFiles files;
  private final HostSeries series;
  private final String name;
  private final List<Source> sources;
  private final ByteText text = new ByteText();

  ValuesPart(HostFiles files, HostSeries series, String name, Source... sources) {
    this.files = files;
    this.series = series;
    this.name = name;
    this.sources = List.of(sources);
  }

  static ValuesPart fileDescriptors(HostFiles files, HostSeries series) {
    String help = "File descriptor statistics: ";
    return new ValuesPart(
        files,
        series,
        "filefd",
        new Source(
            files.proc("sys/fs/file-nr"),
            series.fixedSlot(MetricInfo.gauge("node_filefd_allocated", help + "allocated.")),
            HostSeries.NONE,
            series.fixedSlot(MetricInfo.gauge("node_filefd_maximum", help + "maximum."))));
  }

  static ValuesPart entropy(HostFiles files, HostSeries series) {
    return new ValuesPart(
        files,
        series,
        "entropy",
        new Source(
            files.proc("sys/kernel/random/entropy_avail"),
            series.fixedSlot(
                MetricInfo.gauge("node_entropy_available_bits", "Bits of available entropy."))),
        new Source(
            files.proc("sys/kernel/random/poolsize"),
            series.fixedSlot(
                MetricInfo.gauge("node_entropy_pool_size_bits", "Bits of entropy pool."))));
  }

  static ValuesPart connectionTracking(HostFiles files, HostSeries series) {
    return new ValuesPart(
        files,
        series,
        "conntrack",
        new Source(
            files.proc("sys/net/netfilter/nf_conntrack_count"),
            series.fixedSlot(
                MetricInfo.gauge(
                    "node_nf_conntrack_entries",
                    "Number of currently allocated flow entries for connection tracking."))),
        new Source(
            files.proc("sys/net/netfilter/nf_conntrack_max"),
            series.fixedSlot(
                MetricInfo.gauge(
                    "node_nf_conntrack_entries_limit",
                    "Maximum size of connection tracking table."))));
  }

  @Override
  public List<String> names() {
    return List.of(name);
  }

  @Override
  public void collect(long nowMs) throws IOException {
    for (Source source : sources) {
      text.over(files.read(source.file)).line();
      for (int slot : source.slots) {
        series.set(slot, text.nextNumber());
      }
    }
  }
}
