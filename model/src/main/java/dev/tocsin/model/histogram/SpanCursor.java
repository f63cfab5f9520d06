package dev.tocsin.model.histogram;

/// A walk over the buckets of one sign, up from the lowest index or down from the highest. Never
/// fails: where spans and counts do not fit together it ends early. Its work is bounded by the
/// number of spans and counts, whatever the spans claim.
final class SpanCursor {
  private final Buckets buckets;
  private final boolean up;
  private int span;
  private int inSpan;
  private int position;
  private int index;

  private SpanCursor(Buckets buckets, boolean up) {
    this.buckets = buckets;
    this.up = up;
  }

  /// Before the lowest bucket; go with `next`.
  static SpanCursor up(Buckets buckets) {
    SpanCursor cursor = new SpanCursor(buckets, true);
    cursor.position = -1;
    cursor.index = buckets.offsets().length == 0 ? 0 : buckets.offsets()[0] - 1;
    return cursor;
  }

  /// Behind the highest bucket; go with `next`.
  static SpanCursor down(Buckets buckets) {
    SpanCursor cursor = new SpanCursor(buckets, false);
    cursor.position = buckets.counts().length;
    cursor.span = buckets.lengths().length - 1;
    for (int i = 0; i < buckets.lengths().length; i++) {
      cursor.index += buckets.offsets()[i] + buckets.lengths()[i];
    }
    cursor.inSpan = cursor.span >= 0 ? buckets.lengths()[cursor.span] - 1 : -1;
    return cursor;
  }

  boolean next() {
    return up ? nextUp() : nextDown();
  }

  private boolean nextUp() {
    index++;
    position++;
    if (position >= buckets.counts().length || span >= buckets.lengths().length) {
      return false;
    }
    while (inSpan >= buckets.lengths()[span]) {
      inSpan = 0;
      span++;
      if (span >= buckets.lengths().length) {
        return false;
      }
      index += buckets.offsets()[span];
    }
    inSpan++;
    return true;
  }

  private boolean nextDown() {
    index--;
    position--;
    if (position < 0 || span < 0) {
      return false;
    }
    while (inSpan < 0) {
      span--;
      if (span < 0) {
        return false;
      }
      inSpan = buckets.lengths()[span] - 1;
      index -= buckets.offsets()[span + 1];
    }
    inSpan--;
    return true;
  }

  /// The bucket's index in its schema.
  int index() {
    return index;
  }

  /// Where the bucket's count is.
  int position() {
    return position;
  }

  double count() {
    return buckets.counts()[position];
  }
}
