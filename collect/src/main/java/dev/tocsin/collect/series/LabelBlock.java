package dev.tocsin.collect.series;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.model.labels.LabelNames;
import dev.tocsin.model.limit.Limits;
import dev.tocsin.pipeline.intake.Intake;
import java.util.Arrays;

/// The labels of one series as offsets into a decoded body, sorted by name. Reused for every series
/// whose labels are not known yet; makes no objects.
public final class LabelBlock {
  private static final byte[] METRIC_NAME = "__name__".getBytes(UTF_8);

  /// Characters of a series in an error text.
  private static final int SHOWN_MAX = 200;

  /// Four offsets a label: name from, to, value from, to.
  private final int[] spans = new int[4 * Limits.LABELS_MAX];

  /// Labels in the order of their names.
  private final int[] order = new int[Limits.LABELS_MAX];

  /// Whether both texts of a label are UTF-8.
  private final boolean[] utf8 = new boolean[Limits.LABELS_MAX];

  private byte[] bytes = new byte[0];
  private int count;

  public void begin(byte[] body) {
    bytes = body;
    count = 0;
  }

  /// Adds a label by the places of its name and value in the body. Beyond the limit labels are only
  /// counted.
  public void add(int nameFrom, int nameTo, int valueFrom, int valueTo, boolean isUtf8) {
    if (count < Limits.LABELS_MAX) {
      int i = 4 * count;
      spans[i] = nameFrom;
      spans[i + 1] = nameTo;
      spans[i + 2] = valueFrom;
      spans[i + 3] = valueTo;
      utf8[count] = isUtf8;
    }
    count++;
  }

  /// Whether these are the labels of a series, in the order in which they came. Before a [#check].
  public boolean areOf(int ref, Intake intake) {
    return count <= Limits.LABELS_MAX && intake.hasLabels(ref, bytes, spans, count);
  }

  /// Sorts the labels and says what is wrong with them.
  public LabelFault check() {
    if (count > Limits.LABELS_MAX) {
      return LabelFault.TOO_MANY;
    }
    int keyBytes = 0;
    for (int label = 0; label < count; label++) {
      int i = 4 * label;
      LabelFault fault = checkOne(i, utf8[label]);
      if (fault != LabelFault.NONE) {
        return fault;
      }
      keyBytes += 4 + spans[i + 1] - spans[i] + spans[i + 3] - spans[i + 2];
    }
    if (keyBytes > Limits.SERIES_KEY_BYTES_MAX) {
      return LabelFault.TOO_LONG;
    }
    sort();
    boolean named = false;
    for (int i = 0; i < count; i++) {
      if (i > 0 && compareNames(order[i - 1], order[i]) == 0) {
        return LabelFault.DUPLICATE;
      }
      named |= isMetricName(4 * order[i]);
    }
    return named ? LabelFault.NONE : LabelFault.NO_METRIC_NAME;
  }

  private LabelFault checkOne(int i, boolean isUtf8) {
    if (spans[i] == spans[i + 1]) {
      return LabelFault.NAME_EMPTY;
    }
    if (spans[i + 1] - spans[i] > Limits.LABEL_NAME_BYTES_MAX) {
      return LabelFault.NAME_TOO_LONG;
    }
    if (spans[i + 3] - spans[i + 2] > Limits.LABEL_VALUE_BYTES_MAX) {
      return LabelFault.VALUE_TOO_LONG;
    }
    return isUtf8 ? LabelFault.NONE : LabelFault.NOT_UTF8;
  }

  /// By insertion: senders sort already, and then this is one pass. UTF-8 sorts by bytes as text
  /// sorts by code points.
  private void sort() {
    for (int label = 0; label < count; label++) {
      int at = label;
      while (at > 0 && compareNames(order[at - 1], label) > 0) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = label;
    }
  }

  private int compareNames(int a, int b) {
    int i = 4 * a;
    int j = 4 * b;
    return Arrays.compareUnsigned(bytes, spans[i], spans[i + 1], bytes, spans[j], spans[j + 1]);
  }

  private boolean isMetricName(int i) {
    return spans[i + 2] != spans[i + 3]
        && Arrays.equals(bytes, spans[i], spans[i + 1], METRIC_NAME, 0, METRIC_NAME.length);
  }

  /// Writes the key of the series: its labels by name, without those that are empty. After a
  /// [#check] that found nothing.
  public void writeTo(KeyBuffer key) {
    key.clear();
    for (int i = 0; i < count; i++) {
      int span = 4 * order[i];
      if (spans[span + 2] != spans[span + 3]) {
        key.add(bytes, spans[span], spans[span + 1]);
        key.add(bytes, spans[span + 2], spans[span + 3]);
      }
    }
  }

  /// For an error text: the labels as they came, cut to a bounded length; what is not UTF-8 is
  /// replaced.
  public String shown() {
    StringBuilder out = new StringBuilder("{");
    for (int label = 0; label < Math.min(count, Limits.LABELS_MAX); label++) {
      if (out.length() > SHOWN_MAX) {
        return out.append(", ...}").toString();
      }
      int i = 4 * label;
      out.append(label == 0 ? "" : ", ").append(shown(spans[i], spans[i + 1]));
      out.append('=').append(shown(spans[i + 2], spans[i + 3]));
    }
    return out.append('}').toString();
  }

  private String shown(int from, int to) {
    int shownTo = Math.min(to, from + SHOWN_MAX / 4);
    String text = LabelNames.quote(new String(bytes, from, shownTo - from, UTF_8));
    return shownTo < to ? text + "..." : text;
  }
}
