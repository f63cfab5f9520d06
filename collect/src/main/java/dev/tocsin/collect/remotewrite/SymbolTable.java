package dev.tocsin.collect.remotewrite;

import dev.tocsin.collect.remotewrite.wire.MalformedException;
import dev.tocsin.collect.remotewrite.wire.ProtoReader;
import dev.tocsin.collect.series.LabelBlock;
import dev.tocsin.collect.series.Utf8;
import dev.tocsin.model.limit.Limits;
import java.util.Arrays;

/// The symbols of a 2.0 request, as places in the body: every text once, and labels are references
/// to them. Each symbol is checked once for being UTF-8, however many labels it is in. Reused.
final class SymbolTable {
  /// Four for each sample that a request may have, so that no honest request is near it: then all
  /// of the table takes half a MiB. Beyond it the request is refused; symbols are only counted.
  static final int SYMBOLS_MAX = 4 * Limits.TRANSACTION_SAMPLES_MAX;

  private static final int RETAINED = 16 << 10;

  /// Where the length of each symbol is; the complement of that where it is not UTF-8.
  private int[] places = new int[256];

  private byte[] body = new byte[0];
  private int count;

  void begin(byte[] bytes) {
    body = bytes;
    count = 0;
  }

  /// Reads one symbol, at whose length the reader stands.
  void read(ProtoReader reader) throws MalformedException {
    int at = reader.at();
    int length = reader.length();
    int from = reader.at();
    if (count == 0 && length > 0) {
      throw new MalformedException(at, "a first symbol that is not empty");
    }
    reader.jump(from + length);
    if (count < SYMBOLS_MAX) {
      if (count == places.length) {
        places = Arrays.copyOf(places, 2 * count);
      }
      places[count] = Utf8.isValid(body, from, from + length) ? at : ~at;
    }
    count++;
  }

  boolean isTooLarge() {
    return count > SYMBOLS_MAX;
  }

  /// Fails where a reference, which was read at an offset, is to none of them.
  int checked(long reference, int at) throws MalformedException {
    if (Long.compareUnsigned(reference, count) >= 0) {
      throw new MalformedException(
          at,
          "a reference to symbol %s where there are %d"
              .formatted(Long.toUnsignedString(reference), count));
    }
    return (int) reference;
  }

  /// Adds the label that two references, which were checked, make.
  void addTo(LabelBlock labels, int name, int value) {
    int namePlace = place(name);
    int valuePlace = place(value);
    int nameAt = Math.max(namePlace, ~namePlace);
    int valueAt = Math.max(valuePlace, ~valuePlace);
    int nameFrom = textAt(nameAt);
    int valueFrom = textAt(valueAt);
    labels.add(
        nameFrom,
        nameFrom + length(nameAt),
        valueFrom,
        valueFrom + length(valueAt),
        (namePlace | valuePlace) >= 0);
  }

  /// Of a request that will be refused for its size any will do.
  private int place(int symbol) {
    return places[Math.min(symbol, SYMBOLS_MAX - 1)];
  }

  /// The length that begins here, which has been read before.
  private int length(int at) {
    int length = body[at] & 0x7f;
    for (int i = at; body[i] < 0; i++) {
      length |= (body[i + 1] & 0x7f) << (7 * (i + 1 - at));
    }
    return length;
  }

  /// The offset behind the length that begins here.
  private int textAt(int at) {
    int i = at;
    while (body[i] < 0) {
      i++;
    }
    return i + 1;
  }

  void forget() {
    begin(new byte[0]);
    if (places.length > RETAINED) {
      places = new int[256];
    }
  }
}
