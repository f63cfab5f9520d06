package dev.tocsin.agent.config;

import dev.tocsin.agent.config.SendTarget.Protocol;
import dev.tocsin.deliver.destination.SecretUrl;
import dev.tocsin.deliver.relabel.RelabelConfig;
import dev.tocsin.deliver.send.QueueConfig;
import dev.tocsin.deliver.send.SendConfig;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.yaml.Fields;
import dev.tocsin.yaml.Node;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the sections `remote_write`, in the syntax of `prometheus.yml`, and `otlp_write`, which is
/// like it.
final class SendReader {
  private static final String V1 = "prometheus.WriteRequest";
  private static final String V2 = "io.prometheus.write.v2.Request";
  private static final String[] OTHER_KEYS = {
    "azuread",
    "google_iam",
    "http_headers",
    "no_proxy",
    "oauth2",
    "proxy_connect_header",
    "proxy_from_environment",
    "proxy_url",
    "round_robin_dns",
    "sigv4",
    "tls_config"
  };

  /// Set by the sender itself; Prometheus refuses them too.
  private static final Set<String> OWN_HEADERS =
      Set.of(
          "accept-encoding",
          "authorization",
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "host",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "transfer-encoding",
          "user-agent",
          "www-authenticate",
          "x-prometheus-remote-read-version",
          "x-prometheus-remote-write-version");

  private SendReader() {}

  static List<SendTarget> read(Fields root) {
    List<SendTarget> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Fields entry : root.mappings("remote_write")) {
      read(entry, false, names, all);
    }
    for (Fields entry : root.mappings("otlp_write")) {
      read(entry, true, names, all);
    }
    return all;
  }

  private static void read(Fields entry, boolean otlp, Set<String> names, List<SendTarget> all) {
    Node place = entry.place();
    Optional<SendTarget> target = entry(entry, otlp);
    target.ifPresent(
        one -> {
          if (!names.add(one.send().name())) {
            String message = "the name \"" + one.send().name() + "\" is there twice";
            entry.problem(place, entry.path("name"), message, "give each a name of its own");
          }
          all.add(one);
        });
  }

  private static Optional<SendTarget> entry(Fields fields, boolean otlp) {
    Node place = fields.place();
    Optional<Node.Scalar> url = fields.scalar("url");
    Optional<String> mistake =
        url.isEmpty() ? Optional.of("must be given") : SecretUrl.mistake(url.get().text());
    long timeoutMs = GlobalConfig.positive(fields, "remote_timeout", SendConfig.TIMEOUT_MS);
    Map<String, String> headers = headers(fields);
    authorization(fields).ifPresent(value -> headers.put("Authorization", value));
    List<RelabelConfig> relabel = new ArrayList<>();
    fields.mappings("write_relabel_configs").forEach(rule -> relabel.add(RelabelReader.read(rule)));
    Protocol protocol = otlp ? Protocol.OTLP : remoteWrite(fields);
    boolean histograms = fields.bool("send_native_histograms", false);
    boolean newestFirst = fields.bool("newest_first", false);
    String name = name(fields, url.map(Node.Scalar::text).orElse("") + protocol);
    QueueConfig queue =
        fields.mapping("queue_config").map(SendReader::queue).orElse(QueueConfig.DEFAULT);
    if (!otlp) {
      notWanted(fields, "send_exemplars");
      fields.mapping("metadata_config").ifPresent(SendReader::metadata);
    }
    notWanted(fields, "follow_redirects");
    notWanted(fields, "enable_http2");
    Unsupported.report(fields, OTHER_KEYS);
    fields.done();
    if (mistake.isPresent()) {
      Node at = url.<Node>map(node -> node).orElse(place);
      String path = otlp ? "v1/metrics" : "api/v1/write";
      String hint = "write an address as http://host:port/" + path;
      fields.problem(at, fields.path("url"), mistake.get(), hint);
      return Optional.empty();
    }
    SecretUrl address = SecretUrl.of(url.orElseThrow().text());
    SendConfig send =
        new SendConfig(
            name,
            address,
            timeoutMs,
            headers,
            Labels.empty(),
            relabel,
            queue,
            histograms,
            newestFirst);
    return Optional.of(new SendTarget(send, protocol));
  }

  private static Protocol remoteWrite(Fields fields) {
    boolean second = fields.word("protobuf_message", V1, List.of(V1, V2)).equals(V2);
    return second ? Protocol.REMOTE_WRITE_2 : Protocol.REMOTE_WRITE_1;
  }

  /// Names the file of its position, too. Without one it is made of the address, so that it is the
  /// same after other entries have come or gone.
  private static String name(Fields fields, String seed) {
    Optional<Node.Scalar> given = fields.scalar("name");
    if (given.isEmpty()) {
      return sum(seed);
    }
    String text = given.get().text();
    if (!text.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}")) {
      String message = "must be 1 to 64 letters, digits, '_', '-' and '.'";
      fields.problem(given.get(), fields.path("name"), message, "");
    }
    return text;
  }

  private static String sum(String seed) {
    try {
      byte[] sum = MessageDigest.getInstance("MD5").digest(seed.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum, 0, 3);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  private static Map<String, String> headers(Fields fields) {
    Map<String, String> headers = new LinkedHashMap<>();
    fields
        .scalars("headers")
        .forEach(
            (name, value) -> {
              String where = fields.path("headers") + "." + name;
              if (OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                fields.problem(value, where, "is set by the sender itself", "remove it");
              } else if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+") || !isOneLine(value.text())) {
                fields.problem(value, where, "is not a header", "");
              } else {
                headers.put(name, value.text());
              }
            });
    return headers;
  }

  private static boolean isOneLine(String text) {
    return text.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f && c <= 0xff));
  }

  private static Optional<String> authorization(Fields fields) {
    Node place = fields.place();
    Optional<String> basic = fields.mapping("basic_auth").map(SendReader::basic);
    Optional<String> other = fields.mapping("authorization").map(SendReader::bearer);
    if (basic.isPresent() && other.isPresent()) {
      String message = "at most one of basic_auth and authorization may be given";
      fields.problem(place, fields.path("authorization"), message, "");
    }
    return basic.or(() -> other);
  }

  private static String basic(Fields fields) {
    String user = fields.string("username", "");
    String password = fields.string("password", "");
    Unsupported.report(fields, "username_file", "password_file");
    fields.done();
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  private static String bearer(Fields fields) {
    Node place = fields.place();
    String type = fields.string("type", "Bearer");
    String credentials = fields.string("credentials", "");
    Unsupported.report(fields, "credentials_file");
    fields.done();
    // Secret: what is wrong with it is said, and never what it is.
    if (type.equalsIgnoreCase("basic")) {
      fields.problem(place, fields.path("type"), "cannot be \"Basic\"", "use basic_auth instead");
    } else if (!isOneLine(type + credentials)) {
      fields.problem(place, fields.path("credentials"), "cannot be part of a header", "");
    }
    return type + " " + credentials;
  }

  private static QueueConfig queue(Fields fields) {
    QueueConfig absent = QueueConfig.DEFAULT;
    Node place = fields.place();
    int most = QueueConfig.SAMPLES_MAX;
    int capacity = number(fields, "capacity", absent.capacity(), most);
    int maxShards = number(fields, "max_shards", absent.maxShards(), QueueConfig.SHARDS_MAX);
    int minShards =
        number(
            fields, "min_shards", Math.min(absent.minShards(), maxShards), QueueConfig.SHARDS_MAX);
    int perSend = number(fields, "max_samples_per_send", absent.samplesPerSend(), most);
    long deadlineMs = GlobalConfig.positive(fields, "batch_send_deadline", absent.deadlineMs());
    long minMs = GlobalConfig.positive(fields, "min_backoff", absent.minBackoffMs());
    long maxMs = GlobalConfig.positive(fields, "max_backoff", absent.maxBackoffMs());
    boolean retry = fields.bool("retry_on_http_429", absent.retryOn429());
    long ageMs = fields.durationMs("sample_age_limit", absent.sampleAgeMsMax());
    fields.done();
    if (minShards > maxShards) {
      fields.problem(place, fields.path("min_shards"), "must not be above max_shards", "");
    }
    if (minMs > maxMs) {
      fields.problem(place, fields.path("min_backoff"), "must not be above max_backoff", "");
    }
    return new QueueConfig(
        Math.max(capacity, perSend),
        minShards,
        maxShards,
        perSend,
        deadlineMs,
        minMs,
        maxMs,
        retry,
        ageMs);
  }

  private static int number(Fields fields, String key, int absent, int max) {
    return (int) fields.integer(key, absent, 1, max);
  }

  /// Metadata goes with the samples in 2.0, where it is known, and not at all in 1.0.
  private static void metadata(Fields fields) {
    notWanted(fields, "send");
    Unsupported.report(fields, "send_interval", "max_samples_per_send");
    fields.done();
  }

  /// `false` is what happens anyway.
  private static void notWanted(Fields fields, String key) {
    fields
        .take(key)
        .ifPresent(
            node -> {
              boolean off = node instanceof Node.Scalar scalar && scalar.text().equals("false");
              if (!off) {
                String message = "is not supported by this version";
                fields.problem(node, fields.path(key), message, "remove it, or write false");
              }
            });
  }
}
