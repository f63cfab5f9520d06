package dev.tocsin.collect.host;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Memory: /proc/meminfo, every field under its own name.
final class MemoryPart implements Part {
  private static final byte[] KILOBYTES = "kB".getBytes(US_ASCII);

  private final HostFiles files;
  private final HostSeries series;
  private final Path file;
  private final KeyCache cache;
  private final ByteText text = new ByteText();

  MemoryPart(HostFiles files, HostSeries series) {
    this.files = files;
    this.series = series;
    file = files.proc("meminfo");
    cache = new KeyCache(series);
  }

  @Override
  public List<String> names() {
    return List.of("meminfo");
  }

  @Override
  public void collect(long nowMs) throws IOException {
    text.over(files.read(file));
    cache.begin();
    while (text.line()) {
      if (!text.word()) {
        continue;
      }
      int from = text.from();
      int to = text.to();
      double value = text.nextNumber();
      boolean kilobytes = text.word() && text.is(KILOBYTES);
      int[] slots = cache.next(text.bytes(), from, to);
      if (slots == null) {
        text.wordAt(from, to);
        slots = cache.put(text.bytes(), from, to, slot(text.text(), kilobytes));
      }
      series.set(slots[0], kilobytes ? value * 1024 : value);
    }
  }

  private int slot(String key, boolean bytes) {
    StringBuilder field = new StringBuilder();
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c == '(') {
        field.append('_');
      } else if (c != ')' && c != ':') {
        field.append(Names.isPlain(c) ? c : '_');
      }
    }
    if (bytes) {
      field.append("_bytes");
    }
    return series.slot(
        MetricInfo.gauge("node_memory_" + field, "Memory information field " + field + "."));
  }
}
