package dev.tocsin.collect.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Traffic of network devices: /proc/net/dev, and what has no handler from /sys.
final class NetDevPart implements Part {
  private static final String[] COLUMNS = {
    "receive_bytes",
    "receive_packets",
    "receive_errs",
    "receive_drop",
    "receive_fifo",
    "receive_frame",
    "receive_compressed",
    "receive_multicast",
    "transmit_bytes",
    "transmit_packets",
    "transmit_errs",
    "transmit_drop",
    "transmit_fifo",
    "transmit_colls",
    "transmit_carrier",
    "transmit_compressed"
  };
  private static final int HEADER_LINES = 2;

  private final HostFiles files;
  private final HostSeries series;
  private final Pattern excluded;
  private final Path file;
  private final KeyCache cache;
  private final ByteText text = new ByteText();
  private final ByteText one = new ByteText();

  /// Where the packets without a handler are counted, by the number in the last place of a device's
  /// slots.
  private final List<Path> noHandler = new ArrayList<>();

  NetDevPart(HostFiles files, HostSeries series, Pattern excluded) {
    this.files = files;
    this.series = series;
    this.excluded = excluded;
    file = files.proc("net/dev");
    cache = new KeyCache(series);
  }

  @Override
  public List<String> names() {
    return List.of("netdev");
  }

  @Override
  public void collect(long nowMs) throws IOException {
    text.over(files.read(file));
    cache.begin();
    for (int i = 0; i < HEADER_LINES; i++) {
      text.line();
    }
    while (text.line()) {
      int colon = lastColon();
      if (colon < 0) {
        continue;
      }
      text.word();
      int from = text.from();
      int[] slots = cache.next(text.bytes(), from, colon);
      if (slots == null) {
        text.wordAt(from, colon);
        slots = cache.put(text.bytes(), from, colon, slots(text.text()));
      }
      if (slots.length > 0) {
        text.wordAt(colon + 1, colon + 1);
        for (int i = 0; i < COLUMNS.length; i++) {
          series.set(slots[i], text.nextNumber());
        }
        noHandler(slots);
      }
    }
  }

  /// A name may have a colon itself; the numbers have none.
  private int lastColon() {
    for (int at = text.lineTo() - 1; at >= text.lineFrom(); at--) {
      if (text.bytes()[at] == ':') {
        return at;
      }
    }
    return -1;
  }

  private int[] slots(String device) {
    if (excluded.matcher(device).find()) {
      return new int[0];
    }
    int[] slots = new int[COLUMNS.length + 2];
    for (int i = 0; i < COLUMNS.length; i++) {
      slots[i] = slot(COLUMNS[i], device);
    }
    Path path = files.sys("class/net/" + device + "/statistics/rx_nohandler");
    int number = noHandler.indexOf(path);
    if (number < 0 && files.exists(path)) {
      number = noHandler.size();
      noHandler.add(path);
    }
    slots[COLUMNS.length] = number < 0 ? HostSeries.NONE : slot("receive_nohandler", device);
    slots[COLUMNS.length + 1] = number;
    return slots;
  }

  private int slot(String statistic, String device) {
    return series.slot(
        MetricInfo.counter(
            "node_network_" + statistic + "_total", "Network device statistic " + statistic + "."),
        "device",
        device);
  }

  private void noHandler(int[] slots) {
    int slot = slots[COLUMNS.length];
    if (slot == HostSeries.NONE) {
      return;
    }
    try {
      if (one.over(files.read(noHandler.get(slots[COLUMNS.length + 1]))).line()) {
        series.set(slot, one.nextNumber());
      }
    } catch (IOException _) {
      // The device is going: its other numbers will be gone the next time.
    }
  }
}
