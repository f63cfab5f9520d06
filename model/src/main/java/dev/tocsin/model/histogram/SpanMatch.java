package dev.tocsin.model.histogram;

/// Whether two lists of spans say the same buckets. Spans without buckets count as a part of the
/// gap before the next one; two spans without a gap between them are not the same as one.
final class SpanMatch {
  private final Buckets buckets;
  private int next;
  private int offset;
  private int length;

  private SpanMatch(Buckets buckets) {
    this.buckets = buckets;
  }

  static boolean sameBuckets(Buckets some, Buckets others) {
    SpanMatch left = new SpanMatch(some);
    SpanMatch right = new SpanMatch(others);
    while (true) {
      boolean more = left.advance();
      if (more != right.advance()) {
        return false;
      }
      if (!more) {
        return true;
      }
      if (left.offset != right.offset || left.length != right.length) {
        return false;
      }
    }
  }

  /// To the next span that has buckets.
  private boolean advance() {
    offset = 0;
    while (next < buckets.lengths().length) {
      offset += buckets.offsets()[next];
      length = buckets.lengths()[next];
      next++;
      if (length != 0) {
        return true;
      }
    }
    return false;
  }
}
