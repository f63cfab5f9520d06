package dev.tocsin.agent.config;

import dev.tocsin.model.input.RuleSettings;
import dev.tocsin.model.input.RuleSettings.Mode;
import dev.tocsin.model.input.RuleSettings.NoData;
import dev.tocsin.model.input.RuleSettings.Policy;
import dev.tocsin.promql.parse.ParseException;
import dev.tocsin.promql.parse.PromqlParser;
import dev.tocsin.yaml.Fields;
import dev.tocsin.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The section `engine`: how rules are run.
public record EngineConfig(Mode mode, List<NoData> noData) {
  public static final EngineConfig DEFAULT = new EngineConfig(Mode.STREAM, List.of());

  /// Entries of `no_data`.
  static final int NO_DATA_MAX = 1_000;

  public EngineConfig {
    noData = List.copyOf(noData);
  }

  RuleSettings settings(List<String> features) {
    return new RuleSettings(mode, features, noData);
  }

  static EngineConfig read(Fields fields) {
    boolean strict = fields.word("mode", "stream", List.of("stream", "strict")).equals("strict");
    List<NoData> noData = new ArrayList<>();
    for (Fields entry : fields.mappings("no_data")) {
      noData.add(noData(entry));
    }
    if (noData.size() > NO_DATA_MAX) {
      String message = noData.size() + " entries; at most " + NO_DATA_MAX + " are taken";
      fields.problem(fields.place(), fields.path("no_data"), message, "use matchers");
    }
    fields.done();
    return new EngineConfig(strict ? Mode.STRICT : Mode.STREAM, noData);
  }

  private static NoData noData(Fields entry) {
    String alert = entry.string("alert", "");
    Optional<Node.Scalar> given = entry.scalar("matchers");
    String matchers = given.map(Node.Scalar::text).orElse("");
    if (alert.isEmpty() && matchers.isEmpty()) {
      String message = "says neither which \"alert\" nor which \"matchers\"";
      entry.problem(entry.place(), entry.path("alert"), message, "name a rule, or write {a=\"b\"}");
    }
    given
        .filter(scalar -> !scalar.text().isEmpty())
        .ifPresent(
            scalar -> {
              try {
                var _ = PromqlParser.parseSelector(scalar.text());
              } catch (ParseException e) {
                entry.problem(scalar, entry.path("matchers"), e.reason(), "write {a=\"b\"}");
              }
            });
    boolean isGiven = entry.has("policy");
    String policy = entry.word("policy", "", List.of("resolve", "hold", "blind"));
    if (!isGiven) {
      String message = "must be given";
      entry.problem(entry.place(), entry.path("policy"), message, "resolve, hold or blind");
    }
    entry.done();
    return new NoData(
        alert,
        matchers,
        switch (policy) {
          case "hold" -> Policy.HOLD;
          case "blind" -> Policy.BLIND;
          default -> Policy.RESOLVE;
        });
  }
}
