package dev.tocsin.collect.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// Paging, swapping, faults and kills for want of memory: /proc/vmstat.
final class VmstatPart implements Part {
  private static final Pattern FIELDS = Pattern.compile("^(oom_kill|pgpg|pswp|pg.*fault).*");

  private final HostFiles files;
  private final HostSeries series;
  private final Path file;
  private final KeyCache cache;
  private final ByteText text = new ByteText();

  VmstatPart(HostFiles files, HostSeries series) {
    this.files = files;
    this.series = series;
    file = files.proc("vmstat");
    cache = new KeyCache(series);
  }

  @Override
  public List<String> names() {
    return List.of("vmstat");
  }

  @Override
  public void collect(long nowMs) throws IOException {
    text.over(files.read(file));
    cache.begin();
    while (text.line()) {
      if (!text.word()) {
        continue;
      }
      int[] slots = cache.next(text.bytes(), text.from(), text.to());
      if (slots == null) {
        slots = cache.put(text.bytes(), text.from(), text.to(), slot(text.text()));
      }
      if (slots[0] != HostSeries.NONE) {
        series.set(slots[0], text.nextNumber());
      }
    }
  }

  private int slot(String key) {
    return FIELDS.matcher(key).find()
        ? series.slot(
            MetricInfo.untyped(
                "node_vmstat_" + Names.plain(key), "/proc/vmstat information field " + key + "."))
        : HostSeries.NONE;
  }
}
