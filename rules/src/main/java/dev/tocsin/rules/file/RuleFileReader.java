package dev.tocsin.rules.file;

import dev.tocsin.model.problem.Problem;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.yaml.Fields;
import dev.tocsin.yaml.Node;
import dev.tocsin.yaml.YamlReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads a whole rule file, or the `spec` of a Kubernetes `PrometheusRule`. Every mistake goes to
/// the problems with its place; what is returned may be used only where there are none. Source of
/// the grammar: Prometheus, model/rulefmt.
public final class RuleFileReader {
  private RuleFileReader() {}

  /// @param fileName as the user gave it, for the problems
  public static RuleFile read(String fileName, String text, Problems problems) {
    return read(fileName, text, ReadOptions.DEFAULT, problems);
  }

  public static RuleFile read(
      String fileName, String text, ReadOptions options, Problems problems) {
    Optional<YamlReader.Document> document = YamlReader.read(fileName, text, problems);
    if (document.isEmpty()) {
      return new RuleFile(fileName, List.of(), List.of());
    }
    Fields fields = Fields.of(fileName, document.get().root(), "", problems);
    boolean manifest = fields.has("kind") && fields.has("spec");
    Reading reading = new Reading(fileName, text, options, manifest, problems);
    Fields place = manifest ? spec(reading, fields) : fields;
    List<RuleGroup> groups = groups(reading, place);
    reading.done(place);
    if (document.get().anotherFollows()) {
      String message = "a second YAML document follows; it is ignored";
      reading.warn(fields.place(), "", message, "put its groups into the first one");
    }
    List<Problem> warnings = reading.warnings();
    return new RuleFile(fileName, groups, warnings);
  }

  private static Fields spec(Reading reading, Fields root) {
    Node kind = root.place();
    String word = root.string("kind", "");
    if (!word.equals("PrometheusRule")) {
      String message = "\"" + word + "\" is not PrometheusRule";
      root.problem(kind, "kind", message, "only manifests of this kind hold rules");
    }
    root.take("apiVersion");
    root.take("metadata");
    root.take("status");
    Fields spec = root.mapping("spec").orElseThrow();
    reading.done(root);
    return spec;
  }

  private static List<RuleGroup> groups(Reading reading, Fields place) {
    List<RuleGroup> groups = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Fields group : place.mappings("groups")) {
      RuleGroup read = new GroupReader(reading, group).read();
      if (!read.name().isEmpty() && !names.add(read.name())) {
        String message = "\"" + read.name() + "\" is there twice in this file";
        group.problem(group.place(), group.path("name"), message, "give it another name");
      }
      groups.add(read);
    }
    return groups;
  }
}
