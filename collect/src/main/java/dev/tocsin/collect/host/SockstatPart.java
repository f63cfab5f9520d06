package dev.tocsin.collect.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Sockets by protocol: /proc/net/sockstat and sockstat6.
final class SockstatPart implements Part {
  private final HostFiles files;
  private final HostSeries series;
  private final double pageBytes;
  private final List<Path> paths;
  private final KeyCache cache;
  private final ByteText text = new ByteText();

  SockstatPart(HostFiles files, HostSeries series, int pageBytes) {
    this.files = files;
    this.series = series;
    this.pageBytes = pageBytes;
    paths = List.of(files.proc("net/sockstat"), files.proc("net/sockstat6"));
    cache = new KeyCache(series);
  }

  @Override
  public List<String> names() {
    return List.of("sockstat");
  }

  @Override
  public void collect(long nowMs) throws IOException {
    cache.begin();
    boolean found = false;
    for (Path path : paths) {
      if (files.exists(path)) {
        found = true;
        text.over(files.read(path));
        while (text.line()) {
          line();
        }
      }
    }
    if (!found) {
      throw new IOException("there is neither " + paths.get(0) + " nor " + paths.get(1));
    }
  }

  /// `TCP: inuse 4 orphan 0 mem 7`: pairs of a state and a number.
  private void line() throws IOException {
    if (!text.word()) {
      return;
    }
    int from = text.from();
    int to = text.to();
    int[] slots = cache.next(text.bytes(), from, to);
    if (slots == null) {
      slots = cache.put(text.bytes(), from, to, slots());
      text.wordAt(from, to);
    }
    for (int i = 0; i + 1 < slots.length && text.word(); i += 2) {
      double value = text.nextNumber();
      series.set(slots[i], value);
      series.set(slots[i + 1], value * pageBytes);
    }
  }

  /// Two slots a pair: the number, and, for memory, its bytes.
  private int[] slots() {
    String protocol = Names.plain(text.text().replace(":", ""));
    List<Integer> slots = new ArrayList<>();
    while (text.word()) {
      String state = Names.plain(text.text());
      slots.add(slot(protocol, state));
      slots.add(state.equals("mem") ? slot(protocol, "mem_bytes") : HostSeries.NONE);
      text.word();
    }
    return slots.stream().mapToInt(Integer::intValue).toArray();
  }

  private int slot(String protocol, String state) {
    return series.slot(
        MetricInfo.gauge(
            "node_sockstat_" + protocol + "_" + state,
            "Number of " + protocol + " sockets in state " + state + "."));
  }
}
