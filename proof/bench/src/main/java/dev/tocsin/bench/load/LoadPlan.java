package dev.tocsin.bench.load;

/// How much goes on beside what is measured.
///
/// @param samplesPerSecond written over all series in turn; 0: no load
/// @param series in families of [#FAMILY_SERIES]
/// @param rules over these series, none of which ever fires
/// @param ruleInterval of their groups, as it is written in a rule file
/// @param historySeconds of samples that are written first, so that ranges are not empty
/// @param historyStepSeconds between two of those
/// @param connections that write at the same time
/// @param samplesPerRequest of one write
public record LoadPlan(
    int samplesPerSecond,
    int series,
    int rules,
    String ruleInterval,
    int historySeconds,
    int historyStepSeconds,
    int connections,
    int samplesPerRequest) {
  /// Series of one metric.
  static final int FAMILY_SERIES = 200;

  public static final LoadPlan NONE = new LoadPlan(0, 0, 0, "15s", 0, 1, 1, 1);

  /// Throws [IllegalArgumentException] where the series are no whole families.
  public LoadPlan {
    if (series % FAMILY_SERIES != 0) {
      throw new IllegalArgumentException(
          "series is " + series + ", a multiple of " + FAMILY_SERIES + " expected");
    }
    if (series > 0 && series % samplesPerRequest != 0) {
      throw new IllegalArgumentException(
          "series is " + series + ", a multiple of " + samplesPerRequest + " expected");
    }
    if (series > 0 && series < 10 * FAMILY_SERIES) {
      throw new IllegalArgumentException("series is " + series + ", too few for every kind");
    }
    if (samplesPerSecond > 0 && (series == 0 || connections < 1)) {
      throw new IllegalArgumentException("load needs series and a connection");
    }
  }

  public boolean isNone() {
    return samplesPerSecond == 0;
  }

  /// Labels of each series, its name among them.
  public int labels() {
    return new LoadSeries(0).labels().size();
  }

  int families() {
    return series / FAMILY_SERIES;
  }
}
