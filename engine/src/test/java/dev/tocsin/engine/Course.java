package dev.tocsin.engine;

/// How a made-up series runs over a phase.
enum Course {
  ZERO,
  ONE,
  RISING,
  HUNDRED,
  RUSHING,
  THREE,
  TINY,
  FIFTY,
  FALLING,
  TOGGLING,
  BELOW,
  CREEPING,
  ABSENT;

  /// The value; NaN where there is no sample.
  ///
  /// @param sample its number in the phase
  /// @param seconds since the phase began
  /// @param length of the phase in seconds
  /// @param copy number of the series among those alike, from 0
  double at(long sample, long seconds, long length, int copy) {
    return switch (this) {
      case ZERO -> 0;
      case ONE -> 1;
      case RISING -> 1 + seconds;
      case HUNDRED -> 100 + copy;
      case RUSHING -> 1 + 5000.0 * seconds;
      case THREE -> 3 + copy;
      case TINY -> 0.01;
      case FIFTY -> 50 + copy;
      // So little that it is a small part of anything, and gone before long.
      case FALLING -> 2.5 * (1 - seconds / (2.0 * length));
      case TOGGLING -> sample % 2;
      case BELOW -> -1;
      case CREEPING -> 1 + 0.002 * seconds;
      case ABSENT -> Double.NaN;
    };
  }
}
