package dev.tocsin.model.histogram;

/// Sees the buckets of a histogram one after the other.
@FunctionalInterface
public interface BucketVisitor {
  /// Returns whether to go on.
  boolean visit(
      double lower, double upper, boolean lowerInclusive, boolean upperInclusive, double count);
}
