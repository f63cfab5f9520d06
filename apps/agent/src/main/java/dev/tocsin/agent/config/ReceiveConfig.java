package dev.tocsin.agent.config;

import dev.tocsin.model.input.Settle;
import dev.tocsin.model.text.PromDuration;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.parse.ParseException;
import dev.tocsin.promql.parse.PromqlParser;
import dev.tocsin.yaml.Fields;
import dev.tocsin.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The section `receive`: what is sent to this agent.
///
/// @param settle how long alerts between slots wait for the rest of a scrape that came by remote
///   write
/// @param otlpGrpc where OTLP over gRPC is listened for; empty: nowhere
/// @param otlpHttp where OTLP over HTTP is listened for, beside the agent's own address
public record ReceiveConfig(
    Settle settle, Optional<ListenAddress> otlpGrpc, Optional<ListenAddress> otlpHttp) {
  public static final ReceiveConfig DEFAULT =
      new ReceiveConfig(Settle.NONE, Optional.empty(), Optional.empty());

  private static final ListenAddress GRPC = new ListenAddress("127.0.0.1", 4317);
  private static final ListenAddress HTTP = new ListenAddress("127.0.0.1", 4318);

  /// Entries of `sources`.
  static final int SOURCES_MAX = 1_000;

  /// Entries of `source_labels`.
  static final int SOURCE_LABELS_MAX = 16;

  static ReceiveConfig read(Fields fields) {
    Settle settle = fields.mapping("remote_write").map(ReceiveConfig::settle).orElse(Settle.NONE);
    Optional<ListenAddress> grpc = Optional.empty();
    Optional<ListenAddress> http = Optional.empty();
    Optional<Fields> otlp = fields.mapping("otlp");
    if (otlp.isPresent()) {
      Optional<Fields> protocols = otlp.get().mapping("protocols");
      grpc = protocols.flatMap(all -> endpoint(all, "grpc", GRPC));
      http = protocols.flatMap(all -> endpoint(all, "http", HTTP));
      protocols.ifPresent(Fields::done);
      otlp.get().done();
    }
    fields.done();
    return new ReceiveConfig(settle, grpc, http);
  }

  /// As the OpenTelemetry Collector has it: a protocol that is named listens, with nothing below it
  /// at the port everyone knows.
  private static Optional<ListenAddress> endpoint(
      Fields protocols, String name, ListenAddress absent) {
    Optional<Fields> fields = protocols.mapping(name);
    Optional<ListenAddress> address =
        fields.map(protocol -> ListenAddress.read(protocol, "endpoint", absent));
    fields.ifPresent(Fields::done);
    return address;
  }

  private static Settle settle(Fields fields) {
    long settleMs = settleMs(fields, 0);
    List<String> labels = sourceLabels(fields);
    List<Settle.ForSources> sources = new ArrayList<>();
    for (Fields entry : fields.mappings("sources")) {
      sources.add(source(entry, labels));
    }
    if (sources.size() > SOURCES_MAX) {
      String message = sources.size() + " entries; at most " + SOURCES_MAX + " are taken";
      fields.problem(fields.place(), fields.path("sources"), message, "use matchers with =~");
    }
    fields.done();
    return new Settle(settleMs, labels, sources);
  }

  private static long settleMs(Fields fields, long absentMs) {
    Optional<Node.Scalar> given = fields.scalar("settle");
    if (given.isEmpty()) {
      return absentMs;
    }
    String text = given.get().text();
    long ms = PromDuration.parse(text).orElse(-1);
    if (ms < 0 || ms > Settle.SETTLE_MS_MAX) {
      String message = "\"" + text + "\" is not a duration from 0s to 5s";
      fields.problem(given.get(), fields.path("settle"), message, "write for example 20ms");
      return absentMs;
    }
    return ms;
  }

  private static List<String> sourceLabels(Fields fields) {
    if (!fields.has("source_labels")) {
      return Settle.NONE.sourceLabels();
    }
    List<String> labels = fields.texts("source_labels").stream().map(Node.Scalar::text).toList();
    boolean isFine = !labels.isEmpty() && labels.stream().noneMatch(String::isEmpty);
    if (!isFine || labels.size() > SOURCE_LABELS_MAX) {
      String message = "must be 1 to " + SOURCE_LABELS_MAX + " names of labels";
      fields.problem(fields.place(), fields.path("source_labels"), message, "[job, instance]");
      return Settle.NONE.sourceLabels();
    }
    return labels;
  }

  private static Settle.ForSources source(Fields entry, List<String> labels) {
    Node place = entry.place();
    Optional<Node.Scalar> given = entry.scalar("matchers");
    String matchers = given.map(Node.Scalar::text).orElse("");
    if (matchers.isEmpty()) {
      String message = "must be given and not be empty";
      entry.problem(place, entry.path("matchers"), message, "write {job=\"b\"}");
    }
    if (!entry.has("settle")) {
      entry.problem(place, entry.path("settle"), "must be given", "0s: at once");
    }
    long settleMs = settleMs(entry, 0);
    given
        .filter(scalar -> !scalar.text().isEmpty())
        .ifPresent(scalar -> check(entry, scalar, labels));
    entry.done();
    return new Settle.ForSources(matchers, settleMs);
  }

  private static void check(Fields entry, Node.Scalar matchers, List<String> labels) {
    try {
      for (Matcher matcher : PromqlParser.parseSelector(matchers.text())) {
        if (!labels.contains(matcher.name())) {
          String message = "\"" + matcher.name() + "\" is not among source_labels";
          String known = "a source is known by " + String.join(", ", labels);
          entry.problem(matchers, entry.path("matchers"), message, known);
        }
      }
    } catch (ParseException e) {
      entry.problem(matchers, entry.path("matchers"), e.reason(), "write {job=\"b\"}");
    }
  }
}
