package dev.tocsin.collect.otlp;

import dev.tocsin.collect.series.KeyBuffer;
import dev.tocsin.collect.series.LabelFault;
import dev.tocsin.collect.series.Utf8;
import dev.tocsin.model.labels.LabelNames;
import dev.tocsin.model.limit.Limits;
import dev.tocsin.pipeline.intake.Intake;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The labels of a series while it is put together. Attributes whose names become the same are
/// joined by `;`; any other label replaces what has its name already, but for those that only stand
/// in where there is none. Reused; makes no objects.
final class LabelList {
  /// Those of a data point, of its resource and its scope, and a few of our own.
  private static final int ENTRIES_MAX = 3 * Limits.LABELS_MAX + 16;

  /// Characters of a series in an error text.
  private static final int SHOWN_MAX = 200;

  private final Scratch texts = new Scratch();

  /// Four offsets a label: name from, to, value from, to.
  private final int[] spans = new int[4 * ENTRIES_MAX];

  /// What becomes of a label that has the name of one before it.
  enum Kind {
    REPLACES,
    JOINS,
    STANDS_IN
  }

  private final Kind[] kinds = new Kind[ENTRIES_MAX];

  private final int[] order = new int[ENTRIES_MAX];

  /// The spans in the order of the names, those with a value.
  private final int[] sorted = new int[4 * ENTRIES_MAX];

  private int entries;
  private int count;

  void clear() {
    texts.clear();
    entries = 0;
    count = 0;
  }

  /// Adds a label that replaces others of its name; an empty value takes the others away. Returns
  /// its place for [#setValue].
  int add(byte[] name, byte[] value) {
    return add(name, 0, name.length, value, 0, value.length);
  }

  int add(byte[] name, byte[] from, int valueFrom, int valueTo) {
    return add(name, 0, name.length, from, valueFrom, valueTo);
  }

  private int add(
      byte[] nameBytes, int nameFrom, int nameTo, byte[] valueBytes, int valueFrom, int valueTo) {
    int start = texts.length();
    texts.add(nameBytes, nameFrom, nameTo);
    int middle = texts.length();
    texts.add(valueBytes, valueFrom, valueTo);
    return close(start, middle, Kind.REPLACES);
  }

  private int close(int start, int middle, Kind kind) {
    int i = 4 * entries;
    spans[i] = start;
    spans[i + 1] = middle;
    spans[i + 2] = middle;
    spans[i + 3] = texts.length();
    kinds[entries] = kind;
    return entries++;
  }

  /// Adds an attribute under the name it becomes. False: nothing is left of its name.
  boolean addAttribute(AttributeList attributes, int i, LabelNameRule rule, Kind kind) {
    int start = texts.length();
    byte[] from = attributes.bytes();
    if (!rule.append(from, attributes.keyFrom(i), attributes.keyTo(i), texts)) {
      texts.cut(start);
      return false;
    }
    int middle = texts.length();
    texts.add(from, attributes.valueFrom(i), attributes.valueTo(i));
    close(start, middle, kind);
    return true;
  }

  /// Adds all labels of another list as they are there.
  void addAll(LabelList other) {
    for (int k = 0; k < other.entries; k++) {
      int i = 4 * k;
      byte[] from = other.texts.bytes();
      add(from, other.spans[i], other.spans[i + 1], from, other.spans[i + 2], other.spans[i + 3]);
      kinds[entries - 1] = other.kinds[k];
    }
  }

  int entries() {
    return entries;
  }

  /// Gives a label another value. After [#finish].
  void setValue(int place, byte[] value, byte[] suffix) {
    spans[4 * place + 2] = texts.length();
    texts.add(value);
    texts.add(suffix);
    spans[4 * place + 3] = texts.length();
  }

  void setAscii(int place, CharSequence value) {
    spans[4 * place + 2] = texts.length();
    texts.addAscii(value);
    spans[4 * place + 3] = texts.length();
  }

  /// Where the texts end, for [#cut].
  int mark() {
    return texts.length();
  }

  /// Forgets the values that were set since a mark; they are set anew before they are used.
  void cut(int mark) {
    texts.cut(mark);
  }

  /// Sorts the labels by name, and joins or replaces those of one name. Before that, labels of one
  /// name are in the order in which they were added.
  void finish() {
    for (int i = 0; i < entries; i++) {
      int at = i;
      while (at > 0 && compareNames(order[at - 1], i) > 0) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = i;
    }
    count = 0;
    for (int k = 0; k < entries; k++) {
      int next = order[k];
      if (count > 0 && compareNames(order[count - 1], next) == 0) {
        order[count - 1] = merged(order[count - 1], next);
      } else {
        order[count++] = next;
      }
    }
  }

  private int merged(int before, int next) {
    if (kinds[next] == Kind.STANDS_IN) {
      return valueBytes(before) > 0 ? before : next;
    }
    boolean joins =
        kinds[before] == Kind.JOINS && kinds[next] == Kind.JOINS && valueBytes(before) > 0;
    // Beyond the limit the series is refused, however long it is.
    if (!joins || valueBytes(before) > Limits.LABEL_VALUE_BYTES_MAX) {
      return joins ? before : next;
    }
    int start = texts.length();
    texts.add(texts.bytes(), spans[4 * before + 2], spans[4 * before + 3]);
    texts.add(';');
    texts.add(texts.bytes(), spans[4 * next + 2], spans[4 * next + 3]);
    spans[4 * before + 2] = start;
    spans[4 * before + 3] = texts.length();
    return before;
  }

  private int valueBytes(int entry) {
    return spans[4 * entry + 3] - spans[4 * entry + 2];
  }

  private int compareNames(int a, int b) {
    int i = 4 * a;
    int j = 4 * b;
    return texts.compare(spans[i], spans[i + 1], spans[j], spans[j + 1]);
  }

  /// What is wrong with the sizes of the labels. After [#finish].
  LabelFault checkSizes() {
    if (count > Limits.LABELS_MAX) {
      return LabelFault.TOO_MANY;
    }
    int keyBytes = 0;
    for (int k = 0; k < count; k++) {
      int i = 4 * order[k];
      if (spans[i + 1] - spans[i] > Limits.LABEL_NAME_BYTES_MAX) {
        return LabelFault.NAME_TOO_LONG;
      }
      if (spans[i + 3] - spans[i + 2] > Limits.LABEL_VALUE_BYTES_MAX) {
        return LabelFault.VALUE_TOO_LONG;
      }
      keyBytes += 4 + spans[i + 1] - spans[i] + spans[i + 3] - spans[i + 2];
    }
    return keyBytes > Limits.SERIES_KEY_BYTES_MAX ? LabelFault.TOO_LONG : LabelFault.NONE;
  }

  /// What a series that is known cannot have: texts that are no UTF-8. After [#finish].
  LabelFault checkTexts() {
    byte[] bytes = texts.bytes();
    for (int k = 0; k < count; k++) {
      int i = 4 * order[k];
      if (!Utf8.isValid(bytes, spans[i], spans[i + 1])
          || !Utf8.isValid(bytes, spans[i + 2], spans[i + 3])) {
        return LabelFault.NOT_UTF8;
      }
    }
    return LabelFault.NONE;
  }

  /// Writes the key of the series; what is empty is left out.
  void writeTo(KeyBuffer key) {
    key.clear();
    byte[] bytes = texts.bytes();
    for (int k = 0; k < count; k++) {
      int i = 4 * order[k];
      if (spans[i + 2] != spans[i + 3]) {
        key.add(bytes, spans[i], spans[i + 1]);
        key.add(bytes, spans[i + 2], spans[i + 3]);
      }
    }
  }

  /// Whether these are the labels of a series that is known. After [#finish].
  boolean areOf(Intake intake, int ref) {
    int kept = 0;
    for (int k = 0; k < count; k++) {
      int i = 4 * order[k];
      if (spans[i + 2] != spans[i + 3]) {
        System.arraycopy(spans, i, sorted, 4 * kept, 4);
        kept++;
      }
    }
    return intake.hasLabels(ref, texts.bytes(), sorted, kept);
  }

  /// Whether there is a label of that name that is not empty. After [#finish].
  boolean has(byte[] name) {
    for (int k = 0; k < count; k++) {
      int i = 4 * order[k];
      if (spans[i + 2] != spans[i + 3]
          && Arrays.equals(texts.bytes(), spans[i], spans[i + 1], name, 0, name.length)) {
        return true;
      }
    }
    return false;
  }

  /// For an error text, cut to a bounded length.
  String shown() {
    StringBuilder out = new StringBuilder("{");
    for (int k = 0; k < count; k++) {
      if (out.length() > SHOWN_MAX) {
        return out.append(", ...}").toString();
      }
      int i = 4 * order[k];
      out.append(k == 0 ? "" : ", ").append(shown(spans[i], spans[i + 1]));
      out.append('=').append(shown(spans[i + 2], spans[i + 3]));
    }
    return out.append('}').toString();
  }

  private String shown(int from, int to) {
    int end = Math.min(to, from + SHOWN_MAX / 4);
    String text = new String(texts.bytes(), from, end - from, StandardCharsets.UTF_8);
    return LabelNames.quote(text) + (end < to ? "..." : "");
  }

  void shrink() {
    clear();
    texts.shrink();
  }
}
