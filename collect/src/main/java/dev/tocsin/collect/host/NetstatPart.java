package dev.tocsin.collect.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Protocol counters: /proc/net/netstat, snmp and snmp6.
final class NetstatPart implements Part {
  /// The fields node_exporter shows by default.
  private static final Pattern FIELDS =
      Pattern.compile(
          "^(.*_(InErrors|InErrs)|Ip_Forwarding|Ip(6|Ext)_(InOctets|OutOctets)"
              + "|Icmp6?_(InMsgs|OutMsgs)"
              + "|TcpExt_(Listen.*|Syncookies.*|TCPSynRetrans|TCPTimeouts|TCPOFOQueue|TCPRcvQDrop)"
              + "|Tcp_(ActiveOpens|InSegs|OutSegs|OutRsts|PassiveOpens|RetransSegs|CurrEstab)"
              + "|Udp6?_(InDatagrams|OutDatagrams|NoPorts|RcvbufErrors|SndbufErrors))$");

  private final HostFiles files;
  private final HostSeries series;
  private final List<Path> tables;
  private final Path lines;
  private final KeyCache cache;
  private final ByteText text = new ByteText();

  NetstatPart(HostFiles files, HostSeries series) {
    this.files = files;
    this.series = series;
    tables = List.of(files.proc("net/netstat"), files.proc("net/snmp"));
    lines = files.proc("net/snmp6");
    cache = new KeyCache(series);
  }

  @Override
  public List<String> names() {
    return List.of("netstat");
  }

  @Override
  public void collect(long nowMs) throws IOException {
    cache.begin();
    for (Path table : tables) {
      text.over(files.read(table));
      while (text.line()) {
        twoLines();
      }
    }
    if (files.exists(lines)) {
      text.over(files.read(lines));
      while (text.line()) {
        if (text.word()) {
          nameAndNumber();
        }
      }
    }
  }

  /// A line of names and a line of numbers, both after `protocol:`. The line of names is the key.
  private void twoLines() throws IOException {
    int from = text.lineFrom();
    int to = text.lineTo();
    int[] slots = cache.next(text.bytes(), from, to);
    if (slots == null) {
      slots = cache.put(text.bytes(), from, to, slotsOfNames());
    }
    text.line();
    text.word();
    for (int slot : slots) {
      if (!text.word()) {
        throw new IOException("a line has fewer numbers than names");
      }
      if (slot != HostSeries.NONE) {
        series.set(slot, text.number());
      }
    }
  }

  private int[] slotsOfNames() {
    text.word();
    String protocol = text.text().replace(":", "");
    List<Integer> slots = new ArrayList<>();
    while (text.word()) {
      slots.add(slot(protocol, text.text()));
    }
    return slots.stream().mapToInt(Integer::intValue).toArray();
  }

  /// `Udp6InErrors 0`: the protocol ends with the 6.
  private void nameAndNumber() throws IOException {
    int[] slots = cache.next(text.bytes(), text.from(), text.to());
    if (slots == null) {
      String key = text.text();
      int six = key.indexOf('6');
      int slot =
          six < 0 ? HostSeries.NONE : slot(key.substring(0, six + 1), key.substring(six + 1));
      slots = cache.put(text.bytes(), text.from(), text.to(), slot);
    }
    if (slots[0] != HostSeries.NONE) {
      series.set(slots[0], text.nextNumber());
    }
  }

  private int slot(String protocol, String name) {
    String field = protocol + "_" + name;
    return FIELDS.matcher(field).matches()
        ? series.slot(
            MetricInfo.untyped(
                "node_netstat_" + Names.plain(field), "Statistic " + protocol + name + "."))
        : HostSeries.NONE;
  }
}
