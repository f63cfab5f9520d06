package dev.tocsin.pipeline.intake;

import dev.tocsin.model.labels.Labels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/// The canonical bytes of a label set, which name a series within its tenant:
///
/// ```
/// (u16 name length, name, u16 value length, value)*
/// ```
///
/// big-endian, names and values in UTF-8, sorted by the bytes of the name (which is the order of
/// code points), every name once, no empty name or value. Two label sets have the same canonical
/// bytes exactly when they are equal.
///
/// Keep in mind that [Labels] are ordered by UTF-16 unit; the two orders differ only where names
/// have characters beyond U+FFFF.
public final class SeriesKey {
  private static final int LENGTH_MAX = 0xffff;

  private SeriesKey() {}

  private record Pair(byte[] name, byte[] value) {}

  /// @throws IllegalArgumentException where a name or a value has more than 65,535 bytes, or a
  ///   character that UTF-8 cannot say (half of a surrogate pair)
  public static byte[] of(Labels labels) {
    Pair[] pairs = new Pair[labels.size()];
    int bytes = 0;
    for (int i = 0; i < pairs.length; i++) {
      Pair pair = new Pair(utf8(labels.name(i)), utf8(labels.value(i)));
      pairs[i] = pair;
      bytes += 4 + pair.name.length + pair.value.length;
    }
    Arrays.sort(pairs, Comparator.comparing(Pair::name, Arrays::compareUnsigned));
    byte[] key = new byte[bytes];
    int at = 0;
    for (Pair pair : pairs) {
      at = put(key, put(key, at, pair.name), pair.value);
    }
    return key;
  }

  /// @throws IllegalArgumentException where the bytes are not a canonical key
  public static Labels toLabels(byte[] buffer, int from, int to) {
    Labels.Builder labels = Labels.builder();
    int at = from;
    while (at < to) {
      int nameTo = end(buffer, at, to);
      int valueTo = end(buffer, nameTo, to);
      labels.set(text(buffer, at + 2, nameTo), text(buffer, nameTo + 2, valueTo));
      at = valueTo;
    }
    Labels built = labels.build();
    // Whatever is not canonical does not come back the same: another order, a name twice, an empty
    // value, bytes that are not UTF-8.
    byte[] again = of(built);
    if (built.has("") || !Arrays.equals(again, 0, again.length, buffer, from, to)) {
      throw new IllegalArgumentException("not a canonical series key: " + built);
    }
    return built;
  }

  private static byte[] utf8(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LENGTH_MAX) {
      throw new IllegalArgumentException("a name or value has " + bytes.length + " bytes");
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        int codePoint = text.codePointAt(i);
        if (!Character.isSupplementaryCodePoint(codePoint)) {
          throw new IllegalArgumentException("half of a surrogate pair in a name or value");
        }
        i++;
      }
    }
    return bytes;
  }

  private static int put(byte[] key, int at, byte[] text) {
    key[at] = (byte) (text.length >> 8);
    key[at + 1] = (byte) text.length;
    System.arraycopy(text, 0, key, at + 2, text.length);
    return at + 2 + text.length;
  }

  private static int end(byte[] buffer, int at, int to) {
    if (to - at < 2) {
      throw new IllegalArgumentException("a series key is cut off");
    }
    int end = at + 2 + ((buffer[at] & 0xff) << 8 | (buffer[at + 1] & 0xff));
    if (end > to) {
      throw new IllegalArgumentException("a series key is cut off");
    }
    return end;
  }

  private static String text(byte[] buffer, int from, int to) {
    return new String(buffer, from, to - from, StandardCharsets.UTF_8);
  }
}
