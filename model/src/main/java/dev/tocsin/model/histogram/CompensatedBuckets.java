package dev.tocsin.model.histogram;

/// The buckets of one sign of a compensated sum: what was added up, and the rounding error of each.
record CompensatedBuckets(Buckets sums, double[] compensations) {
  static CompensatedBuckets of(IndexedBuckets buckets) {
    return new CompensatedBuckets(buckets.toBuckets(), buckets.compensations());
  }

  IndexedBuckets indexed() {
    return IndexedBuckets.of(sums, compensations);
  }

  /// With the counts of the same buckets added, one by one.
  CompensatedBuckets plusSame(Buckets others) {
    double[] totals = sums.counts().clone();
    double[] lows = compensations.clone();
    for (int i = 0; i < totals.length; i++) {
      IndexedBuckets.addCompensated(totals, lows, i, others.counts()[i], 0);
    }
    return new CompensatedBuckets(sums.withCounts(totals), lows);
  }

  /// The compensations as buckets.
  Buckets lows() {
    return sums.withCounts(compensations);
  }
}
