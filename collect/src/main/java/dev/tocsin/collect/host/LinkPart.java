package dev.tocsin.collect.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The state of network devices: /sys/class/net. Whether a device is up is read every time; what
/// changes rarely every tenth time, and repeated in between.
final class LinkPart implements Part {
  private static final int SLOW_EVERY = 10;
  private static final long FLAG_UP = 1;

  /// A file of a device, and the metric made of it.
  private record Attribute(String file, MetricInfo metric) {}

  /// The carrier is the first.
  private static final List<Attribute> QUICK =
      List.of(
          attribute("carrier", "carrier"),
          counter("carrier_changes", "carrier_changes_total"),
          counter("carrier_up_count", "carrier_up_changes_total"),
          counter("carrier_down_count", "carrier_down_changes_total"));

  private static final List<Attribute> SLOW =
      List.of(
          attribute("addr_assign_type", "address_assign_type"),
          attribute("dev_id", "device_id"),
          attribute("dormant", "dormant"),
          attribute("flags", "flags"),
          attribute("ifindex", "iface_id"),
          attribute("iflink", "iface_link"),
          attribute("link_mode", "iface_link_mode"),
          attribute("mtu", "mtu_bytes"),
          attribute("name_assign_type", "name_assign_type"),
          attribute("netdev_group", "net_dev_group"),
          attribute("speed", "speed_bytes"),
          attribute("tx_queue_len", "transmit_queue_length"),
          attribute("type", "protocol_type"));
  private static final MetricInfo UP =
      MetricInfo.gauge("node_network_up", "Value is 1 if operstate is 'up', 0 otherwise.");
  private static final MetricInfo INFO =
      MetricInfo.gauge(
          "node_network_info", "Non-numeric data from /sys/class/net/<iface>, value is always 1.");

  /// A device and where its numbers go. `info` changes with what it says.
  private final class Device {
    final String name;
    final Path directory;
    final int up;
    final int[] quick;
    final int[] slow;
    final double[] slowValues = new double[SLOW.size()];
    final Path operstate;
    final Path[] quickFiles;
    int info = HostSeries.NONE;
    boolean adminUp;

    Device(Path directory) {
      this.directory = directory;
      name = String.valueOf(directory.getFileName());
      operstate = directory.resolve("operstate");
      up = series.slot(UP, "device", name);
      quick = slots(QUICK);
      slow = slots(SLOW);
      quickFiles = QUICK.stream().map(a -> directory.resolve(a.file)).toArray(Path[]::new);
    }

    private int[] slots(List<Attribute> attributes) {
      return attributes.stream().mapToInt(a -> series.slot(a.metric, "device", name)).toArray();
    }
  }

  private final HostFiles files;
  private final HostSeries series;
  private final Path root;
  private final List<Device> devices = new ArrayList<>();
  private final ByteText text = new ByteText();
  private int epoch;
  private int untilSlow;

  LinkPart(HostFiles files, HostSeries series) {
    this.files = files;
    this.series = series;
    root = files.sys("class/net");
  }

  private static Attribute attribute(String file, String name) {
    return new Attribute(file, MetricInfo.gauge("node_network_" + name, help(name)));
  }

  private static Attribute counter(String file, String name) {
    return new Attribute(file, MetricInfo.counter("node_network_" + name, help(name)));
  }

  private static String help(String name) {
    return "Network device property: " + name;
  }

  @Override
  public List<String> names() {
    return List.of("netclass");
  }

  @Override
  public void collect(long nowMs) throws IOException {
    if (untilSlow <= 0 || epoch != series.epoch()) {
      lookAround();
      untilSlow = SLOW_EVERY;
    }
    untilSlow--;
    for (Device device : devices) {
      set(device);
    }
  }

  private void lookAround() throws IOException {
    if (epoch != series.epoch()) {
      devices.clear();
      epoch = series.epoch();
    }
    List<Path> present = files.list(root);
    if (present.isEmpty()) {
      throw new IOException("there is nothing in " + root);
    }
    devices.removeIf(device -> !present.contains(device.directory));
    for (Path directory : present) {
      boolean isNew = devices.stream().noneMatch(device -> device.directory.equals(directory));
      // Not every entry is a device: `bonding_masters` is a file.
      if (isNew && files.exists(directory.resolve("operstate"))) {
        devices.add(new Device(directory));
      }
    }
    devices.forEach(this::readSlow);
  }

  private void readSlow(Device device) {
    double flags = Double.NaN;
    for (int i = 0; i < SLOW.size(); i++) {
      Attribute attribute = SLOW.get(i);
      double value = number(device.directory.resolve(attribute.file));
      if (attribute.file.equals("flags")) {
        flags = value;
      }
      // Megabits; -1 where it is not known.
      device.slowValues[i] = attribute.file.equals("speed") ? value * 1_000_000 / 8 : value;
    }
    device.adminUp = Double.isNaN(flags) || ((long) flags & FLAG_UP) != 0;
    String adminState = Double.isNaN(flags) ? "unknown" : device.adminUp ? "up" : "down";
    device.info =
        series.slot(
            INFO,
            "device",
            device.name,
            "address",
            files.text(device.directory.resolve("address")),
            "adminstate",
            adminState,
            "broadcast",
            files.text(device.directory.resolve("broadcast")),
            "duplex",
            files.text(device.directory.resolve("duplex")),
            "ifalias",
            files.text(device.directory.resolve("ifalias")),
            "operstate",
            files.text(device.operstate));
  }

  private void set(Device device) {
    byte[] state = bytes(device.operstate);
    if (state == null) {
      untilSlow = 0;
      return;
    }
    boolean isUp = state.length >= 2 && state[0] == 'u' && state[1] == 'p';
    if (series.value(device.up) != (isUp ? 1 : 0)) {
      untilSlow = 0;
    }
    series.set(device.up, isUp ? 1 : 0);
    series.set(device.info, 1);
    // A device that is switched off has no answer about its carrier, only an error.
    for (int i = device.adminUp ? 0 : 1; i < device.quick.length; i++) {
      setIfKnown(device.quick[i], number(device.quickFiles[i]));
    }
    for (int i = 0; i < device.slow.length; i++) {
      setIfKnown(device.slow[i], device.slowValues[i]);
    }
  }

  private void setIfKnown(int slot, double value) {
    if (!Double.isNaN(value)) {
      series.set(slot, value);
    }
  }

  private byte @Nullable [] bytes(Path file) {
    try {
      return files.read(file);
    } catch (IOException _) {
      return null;
    }
  }

  /// NaN where the device does not have it, or does not say it now.
  private double number(Path file) {
    byte[] content = bytes(file);
    try {
      boolean there = content != null && text.over(content).line() && text.word();
      return there ? text.number() : Double.NaN;
    } catch (IOException _) {
      return Double.NaN;
    }
  }
}
