package dev.tocsin.collect.host;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which series a line of a file sets, found by the line's place: the same key is on the same place
/// nearly always, so a comparison of bytes is enough, and no String is made. Bounded: forgets all
/// when it has seen too many keys, or when the series changed places. One thread.
final class KeyCache {
  private static final int KEYS_MAX = 4096;

  private record Entry(byte[] key, int[] slots) {}

  private final HostSeries series;
  private final List<Entry> places = new ArrayList<>();
  private final Map<String, Entry> byKey = new HashMap<>();
  private int epoch;
  private int at;

  KeyCache(HostSeries series) {
    this.series = series;
    epoch = series.epoch();
  }

  /// A collection begins: the next key is the first.
  void begin() {
    if (epoch != series.epoch() || byKey.size() > KEYS_MAX) {
      places.clear();
      byKey.clear();
      epoch = series.epoch();
    }
    while (places.size() > at) {
      places.removeLast();
    }
    at = 0;
  }

  /// The slots of the next key, or null where it must be [#put]. Call one of the two before the
  /// next.
  int @Nullable [] next(byte[] bytes, int from, int to) {
    if (at < places.size()) {
      Entry here = places.get(at);
      if (Arrays.equals(here.key, 0, here.key.length, bytes, from, to)) {
        at++;
        return here.slots;
      }
    }
    Entry known = byKey.get(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
    if (known == null) {
      return null;
    }
    place(known);
    return known.slots;
  }

  /// Remembers the slots of the key that was not known.
  int[] put(byte[] bytes, int from, int to, int... slots) {
    Entry entry = new Entry(Arrays.copyOfRange(bytes, from, to), slots);
    byKey.put(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1), entry);
    place(entry);
    return slots;
  }

  private void place(Entry entry) {
    if (at < places.size()) {
      places.set(at, entry);
    } else {
      places.add(entry);
    }
    at++;
  }
}
