package dev.tocsin.bench.load;

/// What a metric of the load is. Of ten metrics six are gauges, three counters, one is a histogram.
enum LoadKind {
  GAUGE,
  COUNTER,
  BUCKET;

  static LoadKind of(int family) {
    return switch (family % 10) {
      case 6, 7, 8 -> COUNTER;
      case 9 -> BUCKET;
      default -> GAUGE;
    };
  }

  String metric(int family) {
    return switch (this) {
      case GAUGE -> "load_queue_" + family + "_entries";
      case COUNTER -> "load_requests_" + family + "_total";
      case BUCKET -> "load_duration_" + family + "_seconds_bucket";
    };
  }
}
