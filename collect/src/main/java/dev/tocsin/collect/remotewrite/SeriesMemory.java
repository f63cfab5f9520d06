package dev.tocsin.collect.remotewrite;

import java.util.Arrays;
import java.util.zip.CRC32C;

/// What one decoder remembers of series it has seen: the raw bytes of their labels, as the sender
/// writes them, and their references. Senders repeat their series in the same order, so each series
/// predicts the one behind it, and one comparison of bytes replaces parsing, sorting and hashing.
/// Where the prediction fails a hash table is asked. It stays exact: bytes are always compared.
///
/// Bounded in series and bytes. When it is full it learns no more, and forgets everything after a
/// request of which it knew less than half. One thread.
final class SeriesMemory {
  static final int SERIES_MAX = 16_384;
  static final int RAW_BYTES_MAX = 1 << 20;

  /// Places looked at for one hash; an attacker who makes hashes collide gets slow, not endless.
  private static final int PROBES_MAX = 8;

  private final int seriesMax;
  private final int rawBytesMax;
  private final CRC32C hash = new CRC32C();

  private byte[] raw = new byte[16 << 10];
  private int rawBytes;
  private int[] ends = new int[128];
  private int[] refs = new int[128];
  private int[] next = new int[128];
  private int count;

  /// Entry number + 1; 0 is free.
  private int[] table = new int[512];

  private boolean full;

  /// Full already when the current request began.
  private boolean wasFull;

  private int first;
  private int last;
  private int known;
  private int unknown;

  SeriesMemory() {
    this(SERIES_MAX, RAW_BYTES_MAX);
  }

  SeriesMemory(int seriesMax, int rawBytesMax) {
    this.seriesMax = seriesMax;
    this.rawBytesMax = rawBytesMax;
    last = -1;
  }

  /// A request begins.
  void begin() {
    if (wasFull && known < unknown) {
      clear();
    }
    wasFull = full;
    known = 0;
    unknown = 0;
    last = -1;
  }

  private void clear() {
    count = 0;
    rawBytes = 0;
    first = 0;
    full = false;
    Arrays.fill(table, 0);
  }

  /// The entry expected next, if the bytes from an offset begin with its labels; otherwise -1. The
  /// caller checks that no label follows.
  int predict(byte[] body, int from, int to) {
    int entry = last < 0 ? first : next[last];
    if (entry >= count) {
      return -1;
    }
    int length = length(entry);
    return length <= to - from && equals(entry, body, from, from + length) ? entry : -1;
  }

  /// The entry with exactly these raw labels, or -1.
  int find(byte[] body, int from, int to) {
    int slot = slot(body, from, to);
    for (int probe = 0; probe < PROBES_MAX; probe++) {
      int entry = table[(slot + probe) & (table.length - 1)] - 1;
      if (entry < 0) {
        return -1;
      }
      if (length(entry) == to - from && equals(entry, body, from, to)) {
        return entry;
      }
    }
    return -1;
  }

  /// Remembers a series that was not found. Returns its entry, or -1 where there is no room.
  int learn(byte[] body, int from, int to, int ref) {
    if (count == seriesMax || to - from > rawBytesMax - rawBytes) {
      full = true;
      return -1;
    }
    if (count == ends.length) {
      grow();
    }
    if (raw.length - rawBytes < to - from) {
      raw =
          Arrays.copyOf(raw, Math.min(rawBytesMax, Math.max(2 * raw.length, rawBytes + to - from)));
    }
    System.arraycopy(body, from, raw, rawBytes, to - from);
    rawBytes += to - from;
    ends[count] = rawBytes;
    refs[count] = ref;
    next[count] = count + 1;
    place(slot(body, from, to), count);
    return count++;
  }

  /// The series of an entry came after the one of the last call: predict it so the next time.
  void follow(int entry) {
    if (last < 0) {
      first = entry;
    } else {
      next[last] = entry;
    }
    last = entry;
  }

  /// Counts a series of the request: whether it had an entry.
  void count(boolean hadEntry) {
    if (hadEntry) {
      known++;
    } else {
      unknown++;
    }
  }

  /// Moves the prediction on while a request is only looked at.
  void expectAfter(int entry) {
    last = entry;
  }

  /// The request is understood: go through its series again with [#follow].
  void rewind() {
    last = -1;
  }

  int ref(int entry) {
    return refs[entry];
  }

  int length(int entry) {
    return ends[entry] - start(entry);
  }

  /// Series remembered.
  int size() {
    return count;
  }

  /// Series of the current request that had an entry.
  int known() {
    return known;
  }

  private int start(int entry) {
    return entry == 0 ? 0 : ends[entry - 1];
  }

  private boolean equals(int entry, byte[] body, int from, int to) {
    return Arrays.equals(raw, start(entry), ends[entry], body, from, to);
  }

  private int slot(byte[] body, int from, int to) {
    hash.reset();
    hash.update(body, from, to - from);
    // A cyclic code's low bits follow the input too regularly for linear probing.
    int mixed = (int) hash.getValue() * 0x9e3779b9;
    return mixed >>> 8;
  }

  private void place(int slot, int entry) {
    for (int probe = 0; probe < PROBES_MAX; probe++) {
      int at = (slot + probe) & (table.length - 1);
      if (table[at] == 0) {
        table[at] = entry + 1;
        return;
      }
    }
    // Not placed: found by prediction only.
  }

  private void grow() {
    int size = Math.min(seriesMax, 2 * count);
    ends = Arrays.copyOf(ends, size);
    refs = Arrays.copyOf(refs, size);
    next = Arrays.copyOf(next, size);
    table = new int[2 * table.length];
    for (int entry = 0; entry < count; entry++) {
      place(slot(raw, start(entry), ends[entry]), entry);
    }
  }
}
