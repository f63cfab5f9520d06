package dev.tocsin.bench.memory;

import dev.tocsin.model.labels.Labels;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Series as the pods of a cluster have them: ten labels, about 283 bytes of labels in a
/// remote-write request. A pod has 200 series (5 metrics, 10 paths, 4 codes); a service has 20
/// pods, a node 25 of them. Where asked for, the path of every series is its own and found nowhere
/// else.
public final class ClusterSeries {
  private static final int CODES = 4;
  private static final int PATHS = 10;
  private static final int METRICS = 5;
  private static final int POD_SERIES = CODES * PATHS * METRICS;
  private static final int SERVICE_PODS = 20;
  private static final int NODE_PODS = 25;
  private static final String[] METRIC_NAMES = {
    "http_server_requests_total",
    "http_server_request_bytes_total",
    "http_server_response_bytes_total",
    "http_client_requests_total",
    "http_server_queue_seconds_total"
  };
  private static final String[] CODE_VALUES = {"200", "404", "429", "500"};
  private static final String[] PATH_VALUES = {
    "/api/v2/orders/search", "/api/v2/orders/submit", "/api/v2/basket/items",
    "/api/v2/basket/total", "/api/v2/customer/login", "/api/v2/customer/logout",
    "/api/v2/shipping/quote", "/api/v2/shipping/track", "/api/v2/payment/intent",
    "/api/v2/payment/refund"
  };

  private final boolean unique;

  /// @param unique whether every series has a path of its own
  public ClusterSeries(boolean unique) {
    this.unique = unique;
  }

  /// The names of all metrics.
  static List<String> metrics() {
    return List.of(METRIC_NAMES);
  }

  /// The labels of series `i`; the same at every call.
  public Labels labels(int i) {
    int pod = i / POD_SERIES;
    int within = i % POD_SERIES;
    int service = pod / SERVICE_PODS;
    int node = pod / NODE_PODS;
    String address = "10." + (100 + node / 250) + "." + node % 250 + "." + (10 + pod % NODE_PODS);
    String container = "service-" + service;
    String path = PATH_VALUES[within / CODES % PATHS];
    return Labels.of(
        "__name__",
        METRIC_NAMES[within / (CODES * PATHS)],
        "cluster",
        "production-eu-west-1",
        "code",
        CODE_VALUES[within % CODES],
        "container",
        container,
        "instance",
        address + ":8080",
        "job",
        "kubernetes-pods",
        "namespace",
        "team-" + service / 10,
        "node",
        "ip-" + address.substring(0, address.lastIndexOf('.')).replace('.', '-'),
        "path",
        unique ? "/orders/" + spread(i) : path,
        "pod",
        container + "-" + spread(service).substring(0, 9) + "-" + spread(pod).substring(9));
  }

  /// 16 hexadecimal digits.
  private static String spread(int number) {
    return Long.toHexString((number + 1) * 0x9e3779b97f4a7c15L | 1L << 63);
  }

  /// Bytes of the labels in a remote-write request: of every label three tags and lengths.
  public static int wireBytes(Labels labels) {
    int bytes = 0;
    for (int i = 0; i < labels.size(); i++) {
      bytes += 6 + utf8(labels.name(i)) + utf8(labels.value(i));
    }
    return bytes;
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
