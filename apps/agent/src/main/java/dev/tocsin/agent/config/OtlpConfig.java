package dev.tocsin.agent.config;

import dev.tocsin.yaml.Fields;
import dev.tocsin.yaml.Node;
import java.util.ArrayList;
import java.util.List;

/// Prometheus's section `otlp`: how OTLP metrics become series. The defaults are Prometheus's, but
/// for `promote_scope_metadata`.
///
/// @param promoted resource attributes that become labels; with `promotesAll` those that do not
public record OtlpConfig(
    Strategy strategy,
    boolean promotesAll,
    List<String> promoted,
    boolean keepsIdentifying,
    boolean scopeMetadata,
    boolean sanitizesUnderscore,
    boolean preservesUnderscores) {
  /// Of names, by its word.
  public enum Strategy {
    UNDERSCORE_ESCAPING_WITH_SUFFIXES("UnderscoreEscapingWithSuffixes"),
    UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES("UnderscoreEscapingWithoutSuffixes"),
    NO_UTF8_ESCAPING_WITH_SUFFIXES("NoUTF8EscapingWithSuffixes"),
    NO_TRANSLATION("NoTranslation");

    private final String word;

    Strategy(String word) {
      this.word = word;
    }
  }

  public static final OtlpConfig DEFAULT =
      new OtlpConfig(
          Strategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES, false, List.of(), false, true, true, true);

  /// Entries of a list of attributes.
  static final int ATTRIBUTES_MAX = 1_000;

  private static final List<String> WORDS =
      List.of(Strategy.values()).stream().map(strategy -> strategy.word).toList();

  public OtlpConfig {
    promoted = List.copyOf(promoted);
  }

  static OtlpConfig read(Fields fields) {
    Node place = fields.place();
    String word = fields.word("translation_strategy", DEFAULT.strategy.word, WORDS);
    boolean all = fields.bool("promote_all_resource_attributes", false);
    List<String> promoted = attributes(fields, "promote_resource_attributes");
    List<String> ignored = attributes(fields, "ignore_resource_attributes");
    if (all && !promoted.isEmpty()) {
      String message = "cannot be given together with promote_all_resource_attributes";
      fields.problem(
          place, fields.path("promote_resource_attributes"), message, "remove one of them");
    }
    if (!all && !ignored.isEmpty()) {
      String message = "means nothing without promote_all_resource_attributes: true";
      fields.problem(place, fields.path("ignore_resource_attributes"), message, "remove it");
    }
    OtlpConfig config =
        new OtlpConfig(
            Strategy.values()[WORDS.indexOf(word)],
            all,
            all ? ignored : promoted,
            fields.bool("keep_identifying_resource_attributes", false),
            fields.bool("promote_scope_metadata", true),
            fields.bool("label_name_underscore_sanitization", true),
            fields.bool("label_name_preserve_multiple_underscores", true));
    fields
        .scalar("convert_histograms_to_nhcb")
        .filter(scalar -> !scalar.text().equals("false"))
        .ifPresent(
            scalar ->
                fields.problem(
                    scalar,
                    fields.path("convert_histograms_to_nhcb"),
                    "is not supported by this version: histograms with bounds stay buckets",
                    "remove it"));
    fields.done();
    return config;
  }

  private static List<String> attributes(Fields fields, String key) {
    List<String> all = new ArrayList<>();
    for (Node.Scalar text : fields.texts(key)) {
      String name = text.text().strip();
      if (name.isEmpty()) {
        fields.problem(text, fields.path(key), "an attribute's name is empty", "remove it");
      } else if (all.contains(name)) {
        fields.problem(text, fields.path(key), "\"" + name + "\" is there twice", "remove one");
      } else {
        all.add(name);
      }
      if (all.size() > ATTRIBUTES_MAX) {
        String message = "more than " + ATTRIBUTES_MAX + " attributes";
        fields.problem(
            text, fields.path(key), message, "promote all of them, and ignore the others");
        break;
      }
    }
    return all;
  }
}
