package dev.tocsin.collect.host;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Time lost waiting for processors, disks and memory: /proc/pressure. Source: the kernel's
/// Documentation/accounting/psi.rst. The kernel may lack it, or have it switched off.
final class PressurePart implements Part {
  private static final byte[] SOME = "some".getBytes(US_ASCII);
  private static final byte[] TOTAL = "total=".getBytes(US_ASCII);
  private static final double MICROSECONDS = 1_000_000;

  /// A file and where its two lines go.
  private record Resource(Path file, int waiting, int stalled) {}

  private final HostFiles files;
  private final HostSeries series;
  private final List<Resource> resources;
  private final ByteText text = new ByteText();

  PressurePart(HostFiles files, HostSeries series) {
    this.files = files;
    this.series = series;
    String some = "Total time in seconds that processes have waited ";
    String full = "Total time in seconds no process could make progress due to ";
    resources =
        List.of(
            new Resource(
                files.proc("pressure/cpu"),
                slot("cpu_waiting", some + "for CPU time"),
                HostSeries.NONE),
            new Resource(
                files.proc("pressure/io"),
                slot("io_waiting", some + "due to IO congestion"),
                slot("io_stalled", full + "IO congestion")),
            new Resource(
                files.proc("pressure/memory"),
                slot("memory_waiting", some + "for memory"),
                slot("memory_stalled", full + "memory congestion")),
            new Resource(
                files.proc("pressure/irq"),
                HostSeries.NONE,
                slot("irq_stalled", full + "IRQ congestion")));
  }

  private int slot(String name, String help) {
    return series.fixedSlot(MetricInfo.counter("node_pressure_" + name + "_seconds_total", help));
  }

  @Override
  public List<String> names() {
    return List.of("pressure");
  }

  @Override
  public void collect(long nowMs) throws IOException {
    boolean found = false;
    for (Resource resource : resources) {
      if (files.exists(resource.file)) {
        found = true;
        text.over(files.read(resource.file));
        while (text.line()) {
          line(resource);
        }
      }
    }
    if (!found) {
      throw new IOException("the kernel does not say how long processes waited (no PSI)");
    }
  }

  private void line(Resource resource) throws IOException {
    boolean some = text.word() && text.is(SOME);
    while (text.word()) {
      if (text.startsWith(TOTAL)) {
        double total = text.number(text.from() + TOTAL.length, text.to());
        series.set(some ? resource.waiting : resource.stalled, total / MICROSECONDS);
      }
    }
  }
}
