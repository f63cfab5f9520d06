package dev.tocsin.collect.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Translated names of metrics by what they are translated from, so that a metric that comes again
/// makes no objects. Bounded: where it is full it starts anew. One thread.
final class NameCache {
  private static final int ENTRIES_MAX = 1024;

  /// Longer names are translated each time.
  private static final int BYTES_MAX = 512;

  /// Name, unit and kind as bytes. The one that is looked up is filled again and again.
  private static final class Key {
    private byte[] bytes;
    private int length;

    Key(byte[] bytes, int length) {
      this.bytes = bytes;
      this.length = length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that
          && Arrays.equals(bytes, 0, length, that.bytes, 0, that.length);
    }

    @Override
    public int hashCode() {
      int hash = length;
      for (int i = 0; i < length; i++) {
        hash = 31 * hash + bytes[i];
      }
      return hash;
    }
  }

  private final Map<Key, byte[]> names = new HashMap<>();
  private final Key probe = new Key(new byte[BYTES_MAX + 5], 0);
  private final TranslationStrategy strategy;

  NameCache(TranslationStrategy strategy) {
    this.strategy = strategy;
  }

  /// The translated name; empty where nothing is left of it.
  ///
  /// @param body has the name and the unit
  byte[] get(byte[] body, int nameFrom, int nameTo, int unitFrom, int unitTo, MetricKind kind) {
    int nameBytes = nameTo - nameFrom;
    int unitBytes = unitTo - unitFrom;
    if (nameBytes + unitBytes > BYTES_MAX) {
      return translated(body, nameFrom, nameTo, unitFrom, unitTo, kind);
    }
    probe.bytes[0] = (byte) kind.code();
    probe.bytes[1] = (byte) (nameBytes >> 8);
    probe.bytes[2] = (byte) nameBytes;
    System.arraycopy(body, nameFrom, probe.bytes, 3, nameBytes);
    System.arraycopy(body, unitFrom, probe.bytes, 3 + nameBytes, unitBytes);
    probe.length = 3 + nameBytes + unitBytes;
    byte[] known = names.get(probe);
    if (known != null) {
      return known;
    }
    byte[] name = translated(body, nameFrom, nameTo, unitFrom, unitTo, kind);
    if (names.size() >= ENTRIES_MAX) {
      names.clear();
    }
    names.put(new Key(Arrays.copyOf(probe.bytes, probe.length), probe.length), name);
    return name;
  }

  private byte[] translated(
      byte[] body, int nameFrom, int nameTo, int unitFrom, int unitTo, MetricKind kind) {
    String name = new String(body, nameFrom, nameTo - nameFrom, UTF_8);
    String unit = new String(body, unitFrom, unitTo - unitFrom, UTF_8);
    return MetricNames.of(name, unit, kind, strategy).getBytes(UTF_8);
  }
}
