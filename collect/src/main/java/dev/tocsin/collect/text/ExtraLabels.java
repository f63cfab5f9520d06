package dev.tocsin.collect.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.collect.series.LabelBlock;
import dev.tocsin.collect.series.LabelFault;
import java.util.Arrays;
import java.util.Map;

/// The labels that a request gives to all of its samples (`extra_label`). One of these takes the
/// place of a sample's own label of that name, as in VictoriaMetrics. Immutable.
final class ExtraLabels {
  static final String METRIC_NAME = "__name__";
  static final ExtraLabels NONE = new ExtraLabels(Map.of());

  /// `__name__`, and then names and values in turn.
  private final byte[] text;

  /// Where each of them ends.
  private final int[] ends;

  /// @throws IllegalArgumentException with labels that no series may have; names no value
  ExtraLabels(Map<String, String> labels) {
    StringBuilder all = new StringBuilder(METRIC_NAME);
    ends = new int[2 * labels.size()];
    int bytes = METRIC_NAME.length();
    int i = 0;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      all.append(label.getKey()).append(label.getValue());
      bytes += label.getKey().getBytes(UTF_8).length;
      ends[i++] = bytes;
      bytes += label.getValue().getBytes(UTF_8).length;
      ends[i++] = bytes;
    }
    text = all.toString().getBytes(UTF_8);
    LabelFault fault = check();
    if (fault != LabelFault.NONE) {
      throw new IllegalArgumentException("extra_label: " + fault.text());
    }
  }

  /// Beside a metric name.
  private LabelFault check() {
    LabelBlock block = new LabelBlock();
    block.begin(text);
    block.add(0, METRIC_NAME.length(), 0, METRIC_NAME.length(), true);
    addTo(block);
    return block.check();
  }

  /// Bytes of the text, which begins with [#METRIC_NAME].
  int length() {
    return text.length;
  }

  void copyTo(byte[] bytes) {
    System.arraycopy(text, 0, bytes, 0, text.length);
  }

  /// @param block over bytes that begin with this text
  void addTo(LabelBlock block) {
    for (int i = 0; i < ends.length; i += 2) {
      block.add(from(i), ends[i], ends[i], ends[i + 1], true);
    }
  }

  boolean has(byte[] bytes, int nameFrom, int nameTo) {
    for (int i = 0; i < ends.length; i += 2) {
      if (Arrays.equals(text, from(i), ends[i], bytes, nameFrom, nameTo)) {
        return true;
      }
    }
    return false;
  }

  private int from(int i) {
    return i == 0 ? METRIC_NAME.length() : ends[i - 1];
  }
}
