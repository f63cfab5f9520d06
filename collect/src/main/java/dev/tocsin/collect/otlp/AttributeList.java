package dev.tocsin.collect.otlp;

import dev.tocsin.collect.remotewrite.Fields;
import dev.tocsin.collect.remotewrite.wire.MalformedException;
import dev.tocsin.collect.remotewrite.wire.ProtoReader;
import dev.tocsin.model.limit.Limits;
import java.util.Arrays;

/// The attributes of one resource, scope or data point as texts, in the order of the body. At most
/// as many as a series may have labels; beyond it they are only counted. Reused.
///
/// `KeyValue{1: key, 2: AnyValue}`. Source: opentelemetry/proto/common/v1.
final class AttributeList {
  private static final int KEY = ProtoReader.tagOf(1, ProtoReader.LENGTH);
  private static final int VALUE = ProtoReader.tagOf(2, ProtoReader.LENGTH);

  private final Scratch texts = new Scratch();

  /// Four offsets an attribute: key from, to, value from, to.
  private final int[] spans = new int[4 * Limits.LABELS_MAX];

  private final int[] order = new int[Limits.LABELS_MAX];
  private int count;
  private boolean tooLong;

  void clear() {
    texts.clear();
    count = 0;
    tooLong = false;
  }

  /// Reads one KeyValue, at whose length the reader stands.
  void read(ProtoReader reader, byte[] body) throws MalformedException {
    int outer = reader.enter();
    int keyFrom = 0;
    int keyTo = 0;
    int start = texts.length();
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag == KEY) {
        int length = reader.length();
        keyFrom = reader.at();
        keyTo = keyFrom + length;
        reader.jump(keyTo);
      } else if (tag == VALUE) {
        texts.cut(start);
        tooLong |= !AttributeValue.append(reader, body, texts);
      } else {
        Fields.refuseKnown(tag, 2, "KeyValue", at);
        reader.skip(tag);
      }
    }
    reader.leave(outer);
    if (count < Limits.LABELS_MAX && !tooLong) {
      keep(body, keyFrom, keyTo, start);
    } else {
      texts.cut(start);
    }
    count++;
  }

  private void keep(byte[] body, int keyFrom, int keyTo, int start) {
    int i = 4 * count;
    spans[i + 2] = start;
    spans[i + 3] = texts.length();
    // What is longer is refused: only that it is longer matters.
    int end = Math.min(keyTo, keyFrom + 2 * Limits.LABEL_NAME_BYTES_MAX);
    spans[i] = texts.length();
    texts.add(body, keyFrom, end);
    spans[i + 1] = texts.length();
  }

  /// Too many or too long ones for the labels of a series.
  boolean isTooMany() {
    return count > Limits.LABELS_MAX;
  }

  boolean isTooLong() {
    return tooLong;
  }

  int count() {
    return count;
  }

  byte[] bytes() {
    return texts.bytes();
  }

  int keyFrom(int i) {
    return spans[4 * i];
  }

  int keyTo(int i) {
    return spans[4 * i + 1];
  }

  int valueFrom(int i) {
    return spans[4 * i + 2];
  }

  int valueTo(int i) {
    return spans[4 * i + 3];
  }

  /// Sorts by the bytes of the keys and returns the places in that order; not of a list that is too
  /// many or too long. Equal keys stay in the order of the body.
  int[] sorted() {
    for (int i = 0; i < count; i++) {
      int at = i;
      while (at > 0 && compareKeys(order[at - 1], i) > 0) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = i;
    }
    return order;
  }

  private int compareKeys(int a, int b) {
    return texts.compare(keyFrom(a), keyTo(a), keyFrom(b), keyTo(b));
  }

  boolean hasKey(int i, byte[] key) {
    return keyTo(i) - keyFrom(i) == key.length
        && Arrays.equals(texts.bytes(), keyFrom(i), keyTo(i), key, 0, key.length);
  }

  /// The place of the first attribute of that key, or -1; not of a list that is too many or too
  /// long.
  int find(byte[] key) {
    for (int i = 0; i < count; i++) {
      if (hasKey(i, key)) {
        return i;
      }
    }
    return -1;
  }

  void shrink() {
    clear();
    texts.shrink();
  }
}
