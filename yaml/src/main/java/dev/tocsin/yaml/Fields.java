package dev.tocsin.yaml;

import dev.tocsin.model.problem.Problems;
import dev.tocsin.model.text.PromDuration;
import dev.tocsin.model.text.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads a mapping strictly, key by key. Each reader method takes the key off; [#done] then reports
/// every key that nobody asked for. A value of the wrong kind is reported and read as its default.
///
/// ```
/// Fields fields = Fields.of("tocsin.yml", node, "", problems);
/// String name = fields.required("name");
/// long intervalMs = fields.durationMs("interval", 60_000);
/// fields.done();
/// ```
public final class Fields {
  private final String file;
  private final String path;
  private final Node place;
  private final Problems problems;
  private final Map<String, Node.Entry> left = new LinkedHashMap<>();
  private final List<String> known = new ArrayList<>();

  private Fields(String file, String path, Node place, Problems problems) {
    this.file = file;
    this.path = path;
    this.place = place;
    this.problems = problems;
  }

  /// Anything but a mapping is reported, and read as an empty one. `path` names the node in errors,
  /// as `groups[0]`; empty at the root.
  public static Fields of(String file, Node node, String path, Problems problems) {
    Fields fields = new Fields(file, path, node, problems);
    switch (node) {
      case Node.Mapping mapping ->
          mapping.entries().forEach(entry -> fields.left.put(entry.key().text(), entry));
      case Node.Scalar scalar when scalar.isNull() -> {}
      case Node.Scalar scalar -> fields.wrong(scalar, path, "a mapping");
      case Node.Sequence sequence -> fields.wrong(sequence, path, "a mapping");
    }
    return fields;
  }

  /// The path of a key of this mapping.
  public String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /// Where the mapping itself is.
  public Node place() {
    return place;
  }

  public boolean has(String key) {
    return left.containsKey(key);
  }

  /// The key's node, as it is.
  public Optional<Node> take(String key) {
    known.add(key);
    return Optional.ofNullable(left.remove(key)).map(Node.Entry::value);
  }

  /// Text, or empty where the key is absent or null.
  public Optional<Node.Scalar> scalar(String key) {
    Optional<Node> node = take(key);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (node.get() instanceof Node.Scalar scalar) {
      return scalar.isNull() ? Optional.empty() : Optional.of(scalar);
    }
    wrong(node.get(), path(key), "a value");
    return Optional.empty();
  }

  public String string(String key, String absent) {
    return scalar(key).map(Node.Scalar::text).orElse(absent);
  }

  /// Absent or empty is reported, and read as empty.
  public String required(String key) {
    Optional<Node.Scalar> scalar = scalar(key);
    if (scalar.isEmpty() || scalar.get().text().isEmpty()) {
      Node at = scalar.<Node>map(node -> node).orElse(place);
      problem(at, path(key), "must be given and not be empty", "");
    }
    return scalar.map(Node.Scalar::text).orElse("");
  }

  /// One of these words.
  public String word(String key, String absent, List<String> words) {
    Optional<Node.Scalar> scalar = scalar(key);
    if (scalar.isPresent() && !words.contains(scalar.get().text())) {
      String text = scalar.get().text();
      String near = Suggestion.didYouMean(text, words);
      String must = "must be one of " + String.join(", ", words);
      problem(scalar.get(), path(key), "\"" + text + "\" " + must, near);
      return absent;
    }
    return scalar.map(Node.Scalar::text).orElse(absent);
  }

  public boolean bool(String key, boolean absent) {
    return word(key, String.valueOf(absent), List.of("true", "false")).equals("true");
  }

  /// A duration as Prometheus writes it; milliseconds.
  public long durationMs(String key, long absentMs) {
    Optional<Node.Scalar> scalar = scalar(key);
    if (scalar.isEmpty()) {
      return absentMs;
    }
    OptionalLong ms = PromDuration.parse(scalar.get().text());
    if (ms.isEmpty()) {
      String text = scalar.get().text();
      String message = "\"" + text + "\" is not a duration";
      problem(scalar.get(), path(key), message, "write a number with a unit, as 15s or 1h30m");
    }
    return ms.orElse(absentMs);
  }

  /// A whole number from `min` to `max`.
  public long integer(String key, long absent, long min, long max) {
    Optional<Node.Scalar> scalar = scalar(key);
    if (scalar.isEmpty()) {
      return absent;
    }
    String text = scalar.get().text();
    try {
      long number = Long.parseLong(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    String must = max == Long.MAX_VALUE ? "of at least " + min : "from " + min + " to " + max;
    problem(scalar.get(), path(key), "\"" + text + "\" is not a whole number " + must, "");
    return absent;
  }

  /// Keys with texts, in the order of the file; absent is empty.
  public Map<String, Node.Scalar> scalars(String key) {
    Map<String, Node.Scalar> map = new LinkedHashMap<>();
    mapping(key)
        .ifPresent(
            fields -> {
              for (Node.Entry entry : fields.left.values()) {
                String name = entry.key().text();
                if (entry.value() instanceof Node.Scalar scalar) {
                  map.put(name, scalar);
                } else {
                  wrong(entry.value(), path(key) + "." + name, "a value");
                }
              }
            });
    return map;
  }

  public Map<String, String> strings(String key) {
    Map<String, String> map = new LinkedHashMap<>();
    scalars(key).forEach((name, scalar) -> map.put(name, scalar.isNull() ? "" : scalar.text()));
    return map;
  }

  /// A mapping below this one; empty where the key is absent.
  public Optional<Fields> mapping(String key) {
    return take(key).map(node -> of(file, node, path(key), problems));
  }

  /// The items of a list; absent or null is empty.
  public List<Node> list(String key) {
    return take(key).map(node -> items(node, path(key))).orElse(List.of());
  }

  private List<Node> items(Node node, String at) {
    return switch (node) {
      case Node.Sequence sequence -> sequence.items();
      case Node.Scalar scalar when scalar.isNull() -> List.of();
      case Node.Scalar scalar -> notAList(scalar, at);
      case Node.Mapping mapping -> notAList(mapping, at);
    };
  }

  private List<Node> notAList(Node node, String at) {
    wrong(node, at, "a list");
    return List.of();
  }

  /// A list of mappings, each ready to be read; its items are `key[0]`, `key[1]`, ...
  public List<Fields> mappings(String key) {
    List<Fields> all = new ArrayList<>();
    List<Node> items = list(key);
    for (int i = 0; i < items.size(); i++) {
      all.add(of(file, items.get(i), path(key) + "[" + i + "]", problems));
    }
    return all;
  }

  /// A list of texts.
  public List<Node.Scalar> texts(String key) {
    List<Node.Scalar> all = new ArrayList<>();
    List<Node> items = list(key);
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Node.Scalar scalar) {
        all.add(scalar);
      } else {
        wrong(items.get(i), path(key) + "[" + i + "]", "a value");
      }
    }
    return all;
  }

  /// Reports a mistake at a node.
  public void problem(Node at, String where, String message, String hint) {
    problems.add(file, at.line(), at.column(), where, message, hint);
  }

  private void wrong(Node node, String where, String wanted) {
    problem(node, where, "must be " + wanted + ", but is " + node.kind(), "");
  }

  /// Reports every key that nobody asked for.
  public void done() {
    for (Node.Entry entry : left.values()) {
      String key = entry.key().text();
      String near = Suggestion.didYouMean(key, known);
      String hint = near.isEmpty() ? "known here: " + String.join(", ", known) : near;
      problem(entry.key(), path(key), "unknown key", hint);
    }
    left.clear();
  }
}
