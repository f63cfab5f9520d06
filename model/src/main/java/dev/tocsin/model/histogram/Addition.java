package dev.tocsin.model.histogram;

/// The plain sum and difference of two histograms.
final class Addition {
  private Addition() {}

  static HistogramAddition of(FloatHistogram some, FloatHistogram other, boolean minus) {
    if (some.usesCustomBounds() != other.usesCustomBounds()) {
      throw new IncompatibleHistogramsException();
    }
    boolean collision = some.resetHint().collidesWith(other.resetHint());
    if (!some.usesCustomBounds()) {
      return new HistogramAddition(exponential(some, other, minus), collision, false);
    }
    boolean sameBounds = CustomBounds.same(some.customBounds(), other.customBounds());
    FloatHistogram result =
        sameBounds ? custom(some, other, minus) : intersected(some, other, minus);
    return new HistogramAddition(result, collision, !sameBounds);
  }

  private static FloatHistogram exponential(
      FloatHistogram some, FloatHistogram other, boolean minus) {
    ZeroReconciliation zero = ZeroReconciliation.of(new CompensatedHistogram(some, null), other);
    FloatHistogram first = zero.first().sum();
    int schema = Math.min(first.schema(), other.schema());
    boolean sameSchema = first.schema() == other.schema();
    double threshold = first.zeroThreshold();
    return new FloatHistogram(
        some.resetHint().with(other.resetHint()),
        schema,
        threshold,
        add(first.zeroCount(), zero.otherCount(), minus),
        add(some.count(), other.count(), minus),
        add(some.sum(), other.sum(), minus),
        sameSchema && isDirect(first.positive(), other.positive(), threshold, schema)
            ? direct(first.positive(), other.positive(), minus)
            : merged(first, other, true, schema, minus),
        sameSchema && isDirect(first.negative(), other.negative(), threshold, schema)
            ? direct(first.negative(), other.negative(), minus)
            : merged(first, other, false, schema, minus),
        first.customBounds());
  }

  private static Buckets merged(
      FloatHistogram first, FloatHistogram other, boolean positive, int schema, boolean minus) {
    IndexedBuckets mine =
        IndexedBuckets.of(positive ? first.positive() : first.negative())
            .coarser(first.schema() - schema);
    IndexedBuckets theirs =
        IndexedBuckets.of(positive ? other.positive() : other.negative())
            .coarser(other.schema() - schema)
            .above(first.zeroThreshold(), schema);
    return mine.plus(minus ? theirs.negated() : theirs, false).toBuckets();
  }

  /// Whether the counts can be added one by one: the common case.
  static boolean isDirect(Buckets mine, Buckets theirs, double threshold, int schema) {
    if (!isSame(mine, theirs)) {
      return false;
    }
    return theirs.lengths().length == 0
        || (theirs.lengths()[0] > 0 && Bounds.exponential(theirs.offsets()[0], schema) > threshold);
  }

  /// Whether the buckets are the same ones.
  static boolean isSame(Buckets mine, Buckets theirs) {
    return mine.size() == theirs.size() && mine.sameSpans(theirs);
  }

  private static Buckets direct(Buckets mine, Buckets theirs, boolean minus) {
    double[] counts = new double[mine.size()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = add(mine.counts()[i], theirs.counts()[i], minus);
    }
    return mine.withCounts(counts);
  }

  private static FloatHistogram custom(FloatHistogram some, FloatHistogram other, boolean minus) {
    Buckets positive;
    if (isSame(some.positive(), other.positive())) {
      positive = direct(some.positive(), other.positive(), minus);
    } else {
      IndexedBuckets theirs = IndexedBuckets.of(other.positive());
      positive =
          IndexedBuckets.of(some.positive())
              .plus(minus ? theirs.negated() : theirs, false)
              .toBuckets();
    }
    return custom(some, other, positive, some.customBounds(), minus);
  }

  private static FloatHistogram intersected(
      FloatHistogram some, FloatHistogram other, boolean minus) {
    double[] bounds = CustomBounds.intersection(some.customBounds(), other.customBounds());
    BoundsMapping mapping = new BoundsMapping(bounds);
    mapping.add(some.positive(), IndexedBuckets.PLAIN, some.customBounds(), false);
    mapping.add(other.positive(), IndexedBuckets.PLAIN, other.customBounds(), minus);
    return custom(some, other, mapping.buckets().toBuckets(), bounds, minus);
  }

  private static FloatHistogram custom(
      FloatHistogram some, FloatHistogram other, Buckets positive, double[] bounds, boolean minus) {
    return new FloatHistogram(
        some.resetHint().with(other.resetHint()),
        some.schema(),
        some.zeroThreshold(),
        some.zeroCount(),
        add(some.count(), other.count(), minus),
        add(some.sum(), other.sum(), minus),
        positive,
        some.negative(),
        bounds);
  }

  private static double add(double some, double other, boolean minus) {
    return minus ? some - other : some + other;
  }
}
