package dev.tocsin.engine.unittest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/// Two pieces of JSON as one text: what only the first has in red, what only the second has in
/// green, and texts that differ as `first => second` in yellow.
final class ColoredDiff {
  private static final String REMOVED = "\u001b[0;31m";
  private static final String ADDED = "\u001b[0;32m";
  private static final String CHANGED = "\u001b[0;33m";
  private static final String END = "\u001b[0m";
  private static final String INDENT = "    ";

  private final StringBuilder out = new StringBuilder();

  private ColoredDiff() {}

  static String of(JsonTree expected, JsonTree got) {
    ColoredDiff diff = new ColoredDiff();
    diff.both(expected, got, 0);
    return diff.out.toString();
  }

  private void both(JsonTree a, JsonTree b, int depth) {
    if (a instanceof JsonTree.Items(List<JsonTree> some)
        && b instanceof JsonTree.Items(List<JsonTree> others)) {
      items(some, others, depth);
    } else if (a instanceof JsonTree.Entries(SortedMap<String, JsonTree> some)
        && b instanceof JsonTree.Entries(SortedMap<String, JsonTree> others)) {
      entries(some, others, depth);
    } else if (a.equals(b)) {
      out.append(text(a, depth));
    } else {
      out.append(CHANGED).append(text(a, depth)).append(" => ").append(text(b, depth));
      out.append(END);
    }
  }

  private void items(List<JsonTree> some, List<JsonTree> others, int depth) {
    int size = Math.max(some.size(), others.size());
    out.append('[');
    for (int i = 0; i < size; i++) {
      line(depth + 1);
      if (i >= others.size()) {
        one(REMOVED, text(some.get(i), depth + 1));
      } else if (i >= some.size()) {
        one(ADDED, text(others.get(i), depth + 1));
      } else {
        both(some.get(i), others.get(i), depth + 1);
      }
      out.append(i < size - 1 ? "," : "");
    }
    close(size, depth, ']');
  }

  private void entries(
      SortedMap<String, JsonTree> some, SortedMap<String, JsonTree> others, int depth) {
    SortedSet<String> names = new TreeSet<>(some.keySet());
    names.addAll(others.keySet());
    out.append('{');
    int left = names.size();
    for (String name : names) {
      line(depth + 1);
      String head = AlertText.quoted(name) + ": ";
      JsonTree a = some.get(name);
      JsonTree b = others.get(name);
      if (a != null && b != null) {
        out.append(head);
        both(a, b, depth + 1);
      } else if (a != null) {
        one(REMOVED, head + text(a, depth + 1));
      } else if (b != null) {
        one(ADDED, head + text(b, depth + 1));
      }
      out.append(--left > 0 ? "," : "");
    }
    close(names.size(), depth, '}');
  }

  private void one(String color, String text) {
    out.append(color).append(text).append(END);
  }

  private void close(int size, int depth, char bracket) {
    if (size > 0) {
      line(depth);
    }
    out.append(bracket);
  }

  private void line(int depth) {
    out.append('\n').append(INDENT.repeat(depth));
  }

  private static String text(JsonTree tree, int depth) {
    return switch (tree) {
      case JsonTree.Text(String text) -> AlertText.quoted(text);
      case JsonTree.Items(List<JsonTree> items) ->
          block('[', items.stream().map(item -> text(item, depth + 1)).toList(), ']', depth);
      case JsonTree.Entries(SortedMap<String, JsonTree> map) -> {
        List<String> texts = new ArrayList<>();
        map.forEach(
            (name, value) -> texts.add(AlertText.quoted(name) + ": " + text(value, depth + 1)));
        yield block('{', Collections.unmodifiableList(texts), '}', depth);
      }
    };
  }

  private static String block(char open, List<String> parts, char close, int depth) {
    if (parts.isEmpty()) {
      return "" + open + close;
    }
    String line = "\n" + INDENT.repeat(depth + 1);
    String end = "\n" + INDENT.repeat(depth);
    return open + line + String.join("," + line, parts) + end + close;
  }
}
