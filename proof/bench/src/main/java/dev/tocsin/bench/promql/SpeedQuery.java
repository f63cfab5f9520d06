package dev.tocsin.bench.promql;

import java.util.List;

/// What dashboards ask, from the simplest to the most common heavy one.
public record SpeedQuery(String name, String text) {
  /// Each names series of [SpeedData].
  public static List<SpeedQuery> all() {
    return List.of(
        new SpeedQuery("selector", "queue_depth{job=\"job3\"}"),
        new SpeedQuery("sum", "sum(queue_depth)"),
        new SpeedQuery("quantile", "quantile by (job) (0.9, queue_depth)"),
        new SpeedQuery("rate", "rate(http_requests_total{job=\"job1\"}[5m])"),
        new SpeedQuery("sum of rates", "sum by (job) (rate(http_requests_total[5m]))"),
        new SpeedQuery("top 5", "topk(5, sum by (instance) (rate(http_requests_total[5m])))"),
        new SpeedQuery(
            "error ratio",
            "sum by (job) (rate(http_requests_total{code=~\"5..\"}[5m]))"
                + " / sum by (job) (rate(http_requests_total[5m]))"),
        new SpeedQuery("peak of 10 m", "max_over_time(queue_depth[10m]) > 90"),
        new SpeedQuery("mean of 1 h", "avg(avg_over_time(queue_depth[1h]))"),
        new SpeedQuery(
            "latency",
            "histogram_quantile(0.99,"
                + " sum by (le, job) (rate(http_request_duration_seconds_bucket[5m])))"));
  }
}
