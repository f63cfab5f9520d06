package dev.tocsin.model.histogram;

/// Where buckets end. Schema `n` from -4 to 8: bucket `i` ends at `2^(i * 2^-n)`, and the last one
/// before the bucket of infinity at the largest number there is.
final class Bounds {
  /// The finest schema.
  static final int SCHEMA_MAX = 8;

  /// The coarsest schema.
  static final int SCHEMA_MIN = -4;

  /// More than any exponent of a number, so that greater ones need no thought.
  private static final double EXPONENT_MAX = 5000;

  /// Every index but zero is beyond all numbers then.
  private static final int SHIFT_MAX = 100;

  /// The growth from one bound to the next in schemas 1 to 8. All but the first are the nearest
  /// numbers to `2^(2^-n)`.
  private static final double[] GROWTH = {
    1.414213562373095,
    1.189207115002721,
    1.0905077326652577,
    1.0442737824274138,
    1.0218971486541166,
    1.0108892860517005,
    1.0054299011128027,
    1.0027112750502025
  };

  /// The bounds from 0.5 to below 1 in schema 8; the ones of coarser schemas are among them.
  private static final double[] FRACTIONS = fractions();

  private Bounds() {}

  static boolean isExponential(int schema) {
    return schema >= SCHEMA_MIN && schema <= SCHEMA_MAX;
  }

  /// The upper bound of a positive bucket; the lower one is that of the index before.
  static double upper(FloatHistogram histogram, int index) {
    if (!histogram.usesCustomBounds()) {
      return exponential(index, histogram.schema());
    }
    double[] bounds = histogram.customBounds();
    if (index < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    return index < bounds.length ? bounds[index] : Double.POSITIVE_INFINITY;
  }

  /// Of a schema we do not know too, as far as that makes sense.
  static double exponential(int index, int schema) {
    if (schema > SCHEMA_MAX) {
      return Binary.exp2(Math.scalb((double) index, -schema));
    }
    if (schema < 0) {
      double exponent = Math.scalb((double) index, -Math.max(schema, -SHIFT_MAX));
      return exponent == 1024 ? Double.MAX_VALUE : Math.scalb(1.0, clamped(exponent));
    }
    int inOctave = index & ((1 << schema) - 1);
    int exponent = (index >> schema) + 1;
    if (inOctave == 0 && exponent == 1025) {
      return Double.MAX_VALUE;
    }
    return Math.scalb(FRACTIONS[inOctave << (SCHEMA_MAX - schema)], exponent);
  }

  /// The index in a schema coarser by `steps` of the bucket that has the bucket `index` in it.
  static int coarser(int index, int steps) {
    // A shift takes only the low five bits of its distance.
    return ((index - 1) >> Math.min(steps, 31)) + 1;
  }

  private static int clamped(double exponent) {
    return (int) Math.clamp(exponent, -EXPONENT_MAX, EXPONENT_MAX);
  }

  /// In each schema every other bound is one of the schema before, and those between are the bound
  /// before times the growth. This order of rounding makes the numbers everybody else has (source:
  /// the generator in Prometheus's client library for Go); the nearest numbers to the exact bounds
  /// would differ in 178 of the 256.
  private static double[] fractions() {
    double[] bounds = {0.5};
    for (double growth : GROWTH) {
      double[] finer = new double[bounds.length * 2];
      for (int i = 0; i < bounds.length; i++) {
        finer[2 * i] = bounds[i];
        finer[2 * i + 1] = bounds[i] * growth;
      }
      bounds = finer;
    }
    return bounds;
  }
}
