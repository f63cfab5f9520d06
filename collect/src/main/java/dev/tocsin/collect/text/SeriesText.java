package dev.tocsin.collect.text;

import dev.tocsin.collect.series.LabelBlock;
import dev.tocsin.collect.series.Utf8;
import dev.tocsin.model.limit.Limits;
import java.util.Arrays;

/// The labels of a line as they are meant, not as they are written: without escapes, the metric's
/// name under `__name__`, and with the labels of the request. Reused; makes no objects but to grow,
/// and it grows to what [Limits] allow for one series.
final class SeriesText {
  private static final int RETAINED_BYTES = 16 << 10;

  /// An escape has two characters for one. What is longer than this is too long without its escapes
  /// as well, and its rest is not needed to say so.
  private static final int NAME_MAX = 2 * Limits.LABEL_NAME_BYTES_MAX + 2;

  private static final int VALUE_MAX = 2 * Limits.LABEL_VALUE_BYTES_MAX + 2;

  private final LabelBlock labels;
  private ExtraLabels extra = ExtraLabels.NONE;
  private byte[] bytes = new byte[1024];
  private int length;

  /// @param labels what is filled
  SeriesText(LabelBlock labels) {
    this.labels = labels;
  }

  /// A request begins.
  void begin(ExtraLabels more) {
    extra = more;
    ensure(more.length());
    more.copyTo(bytes);
  }

  /// @param body that the line is in
  void read(TextLine line, byte[] body) {
    length = extra.length();
    ensure(length + needed(line));
    labels.begin(bytes);
    if (line.isNamed()) {
      int from = length;
      boolean isUtf8 = append(body, line.nameFrom(), line.nameTo(), VALUE_MAX);
      labels.add(0, ExtraLabels.METRIC_NAME.length(), from, length, isUtf8);
    }
    extra.addTo(labels);
    for (int i = 0; i < line.labels() && !isBeyond(); i++) {
      if (i < Limits.LABELS_MAX) {
        add(line, i, body);
      } else {
        labels.add(0, 0, 0, 0, true);
      }
    }
  }

  /// Then it is too long for a series, whatever else comes.
  private boolean isBeyond() {
    return length - extra.length() > Limits.SERIES_KEY_BYTES_MAX;
  }

  private void add(TextLine line, int i, byte[] body) {
    int nameFrom = length;
    boolean isUtf8 = append(body, line.span(i, 0), line.span(i, 1), NAME_MAX);
    int nameTo = length;
    if (extra.has(bytes, nameFrom, nameTo)) {
      length = nameFrom;
      return;
    }
    isUtf8 &= append(body, line.span(i, 2), line.span(i, 3), VALUE_MAX);
    labels.add(nameFrom, nameTo, nameTo, length, isUtf8);
  }

  /// Bytes that may be written for a line; never too few.
  private static int needed(TextLine line) {
    int all = line.nameTo() - line.nameFrom();
    for (int i = 0; i < Math.min(line.labels(), Limits.LABELS_MAX); i++) {
      all += Math.min(NAME_MAX, line.span(i, 1) - line.span(i, 0));
      all += Math.min(VALUE_MAX, line.span(i, 3) - line.span(i, 2));
    }
    return Math.min(all, Limits.SERIES_KEY_BYTES_MAX + NAME_MAX + 2 * VALUE_MAX);
  }

  private void ensure(int wanted) {
    if (bytes.length < wanted) {
      bytes = Arrays.copyOf(bytes, Math.max(wanted, 2 * bytes.length));
    }
  }

  /// Appends a text without its escapes. A backslash stands for itself, except before another one,
  /// a double quote, or an `n`, which with it is a line feed.
  ///
  /// @return whether it is UTF-8
  private boolean append(byte[] body, int from, int to, int bytesMax) {
    int start = length;
    int end = Math.min(to, from + bytesMax);
    boolean isAscii = true;
    for (int i = from; i < end; i++) {
      byte b = body[i];
      if (b == '\\' && i + 1 < end) {
        byte next = body[i + 1];
        if (next == '\\' || next == '"' || next == 'n') {
          b = next == 'n' ? (byte) '\n' : next;
          i++;
        }
      }
      isAscii &= b >= 0;
      bytes[length++] = b;
    }
    return isAscii || Utf8.isValid(bytes, start, length);
  }

  void shrink() {
    extra = ExtraLabels.NONE;
    if (bytes.length > RETAINED_BYTES) {
      bytes = new byte[1024];
    }
  }
}
