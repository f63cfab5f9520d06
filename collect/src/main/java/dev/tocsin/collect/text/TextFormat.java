package dev.tocsin.collect.text;

/// The two formats. They are read alike but for the times, and for the end that OpenMetrics has.
enum TextFormat {
  /// Prometheus's text format 0.0.4, and 1.0.0, which is the same with quoted names. Times are in
  /// milliseconds.
  PROMETHEUS,
  /// OpenMetrics 1.0. Times are in seconds; the last line is `# EOF`.
  OPEN_METRICS;

  /// Where the content type does not tell: OpenMetrics is what ends as OpenMetrics must end.
  static TextFormat of(byte[] body, int length) {
    int end = length;
    while (end > 0 && (body[end - 1] == '\n' || body[end - 1] == '\r')) {
      end--;
    }
    int from = end - 5;
    boolean isOpenMetrics =
        from >= 0 && TextScan.isEof(body, from, end) && (from == 0 || body[from - 1] == '\n');
    return isOpenMetrics ? OPEN_METRICS : PROMETHEUS;
  }
}
