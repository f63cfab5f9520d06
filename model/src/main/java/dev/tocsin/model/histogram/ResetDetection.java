package dev.tocsin.model.histogram;

/// Whether a counter that is a histogram was reset. Some count that is less than before is a reset,
/// a bucket that was populated and is not there any more too; so is a finer schema or a narrower
/// zero bucket, since neither happens otherwise.
final class ResetDetection {
  private ResetDetection() {}

  static boolean isReset(FloatHistogram current, FloatHistogram previous) {
    if (current.resetHint() == ResetHint.RESET) {
      return true;
    }
    if (current.resetHint() == ResetHint.NOT_RESET) {
      return false;
    }
    if (current.count() < previous.count()) {
      return true;
    }
    if (current.usesCustomBounds() != previous.usesCustomBounds()) {
      return true;
    }
    if (current.usesCustomBounds()
        && !CustomBounds.same(current.customBounds(), previous.customBounds())) {
      return isResetInCommonBounds(current, previous);
    }
    if (current.schema() > previous.schema()
        || current.zeroThreshold() < previous.zeroThreshold()) {
      return true;
    }
    if (isResetOfZeroBucket(current, previous)) {
      return true;
    }
    FloatHistogram before = previous.toSchema(current.schema());
    return isResetOf(current, before, true) || isResetOf(current, before, false);
  }

  private static boolean isResetOfZeroBucket(FloatHistogram current, FloatHistogram previous) {
    if (current.zeroThreshold() == previous.zeroThreshold()) {
      return current.zeroCount() < previous.zeroCount();
    }
    ZeroBucket before = ZeroBucket.widened(previous, null, current.zeroThreshold());
    // Within a populated bucket the zero bucket cannot have come to end.
    return before.threshold() != current.zeroThreshold() || current.zeroCount() < before.count();
  }

  private static boolean isResetOf(
      FloatHistogram current, FloatHistogram previous, boolean positive) {
    Buckets now = positive ? current.positive() : current.negative();
    Buckets before = positive ? previous.positive() : previous.negative();
    boolean direct =
        current.usesCustomBounds()
            ? Addition.isSame(now, before)
            : Addition.isDirect(now, before, current.zeroThreshold(), current.schema());
    return direct
        ? isAnyLess(now.counts(), before.counts())
        : isAnyLess(current, SpanCursor.up(now), SpanCursor.up(before));
  }

  private static boolean isAnyLess(double[] now, double[] before) {
    for (int i = 0; i < now.length; i++) {
      if (now[i] < before[i]) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAnyLess(FloatHistogram current, SpanCursor now, SpanCursor before) {
    // Buckets within the zero bucket do not count; a width of zero has none, whatever the bounds.
    boolean hasZeroBucket = !current.usesCustomBounds() && current.zeroThreshold() != 0;
    boolean more = now.next();
    while (before.next()) {
      int index = before.index();
      if (hasZeroBucket && Bounds.exponential(index, current.schema()) <= current.zeroThreshold()) {
        continue;
      }
      while (more && now.index() < index) {
        more = now.next();
      }
      boolean gone = !more || now.index() > index;
      if (gone ? before.count() != 0 : now.count() < before.count()) {
        return true;
      }
    }
    return false;
  }

  /// Where the custom bounds differ, what is between two bounds that both have is compared.
  private static boolean isResetInCommonBounds(FloatHistogram current, FloatHistogram previous) {
    double[] common = CustomBounds.intersection(current.customBounds(), previous.customBounds());
    RollUp now = new RollUp(current);
    RollUp before = new RollUp(previous);
    for (double bound : common) {
      if (now.upTo(bound) < before.upTo(bound)) {
        return true;
      }
    }
    return now.upTo(Double.POSITIVE_INFINITY) < before.upTo(Double.POSITIVE_INFINITY);
  }

  /// Adds up the buckets of a histogram from bound to bound.
  private static final class RollUp {
    private final BucketCursor cursor;
    private boolean more;

    RollUp(FloatHistogram histogram) {
      cursor = BucketCursor.outwards(histogram, true);
      more = cursor.next();
    }

    /// What is in the buckets not seen yet that end at the bound or before.
    double upTo(double bound) {
      double sum = 0;
      while (more && cursor.upper() <= bound) {
        sum += cursor.count();
        more = cursor.next();
      }
      return sum;
    }
  }
}
