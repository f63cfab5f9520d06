package dev.tocsin.cli.top;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an agent said of itself at one moment.
///
/// @param atNanos of the monotonic clock
/// @param values by name and labels, as they are written
public record Scrape(long atNanos, Map<String, Double> values) {
  /// The families that the view is made of; asked for by name, since all of them together may be
  /// more than one answer holds.
  public static final List<String> FAMILIES =
      List.of(
          "tocsin_build_info",
          "tocsin_samples_received_total",
          "tocsin_samples_applied_total",
          "tocsin_samples_refused_total",
          "tocsin_samples_in_flight",
          "tocsin_ring_fill_ratio",
          "tocsin_pace_ratio",
          "tocsin_journal_samples_total",
          "tocsin_journal_bytes",
          "tocsin_journal_appended_bytes_total",
          "tocsin_journal_forces_total",
          "tocsin_journal_force_seconds_total",
          "tocsin_journal_force_seconds_max",
          "tocsin_journal_failures_total",
          "tocsin_journal_staging_fill_ratio",
          "tocsin_engine_turns_total",
          "tocsin_engine_busy_seconds_total",
          "tocsin_engine_turn_seconds_max",
          "tocsin_series",
          "tocsin_series_fill_ratio",
          "tocsin_series_refused_total",
          "tocsin_series_expired_total",
          "tocsin_notifications_total",
          "tocsin_notification_failures_total",
          "tocsin_notifications_waiting",
          "tocsin_alerts",
          "tocsin_http_requests_total",
          "process_cpu_seconds_total",
          "process_resident_memory_bytes",
          "process_start_time_seconds");

  /// @param text in Prometheus's text format; lines that are none are left out
  public static Scrape parse(long atNanos, String text) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (String line : text.split("\n", -1)) {
      int space = line.lastIndexOf(' ');
      if (!line.startsWith("#") && space > 0) {
        try {
          values.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
        } catch (NumberFormatException e) {
          // Not a sample.
        }
      }
    }
    return new Scrape(atNanos, values);
  }

  /// Whether an agent has said this.
  public boolean isOfAnAgent() {
    return values.keySet().stream().anyMatch(key -> key.startsWith("tocsin_build_info"));
  }

  /// The sum of all samples of the family; 0 where there is none.
  double sum(String family) {
    return sum(family, "");
  }

  /// Of those with these labels, as they are written.
  double sum(String family, String labels) {
    double sum = 0;
    for (Map.Entry<String, Double> entry : values.entrySet()) {
      String key = entry.getKey();
      boolean is = key.equals(family) || key.startsWith(family + "{");
      sum += is && key.contains(labels) ? entry.getValue() : 0;
    }
    return sum;
  }

  /// The values of a label of the family, in the order of the text.
  List<String> labelValues(String family, String label) {
    String before = label + "=\"";
    return values.keySet().stream()
        .filter(key -> key.startsWith(family + "{"))
        .map(key -> valueOf(key, before))
        .filter(value -> !value.isEmpty())
        .distinct()
        .toList();
  }

  private static String valueOf(String key, String before) {
    int from = Math.max(key.indexOf("{" + before), key.indexOf("," + before));
    int to = from < 0 ? -1 : key.indexOf('"', from + 1 + before.length());
    return to < 0 ? "" : key.substring(from + 1 + before.length(), to);
  }
}
