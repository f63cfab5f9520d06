package dev.tocsin.yaml;

import java.util.List;

/// A piece of YAML and where it begins: line and column from 1.
public sealed interface Node {
  int line();

  int column();

  /// What it is, in the words of an error message.
  String kind();

  /// @param text the value, unescaped
  /// @param quoted whether it was written in quotes or as a block, and so is a string
  /// @param contentLine the line on which the text itself begins: for a block, the one after `|`
  record Scalar(String text, boolean quoted, int line, int column, int contentLine)
      implements Node {
    @Override
    public String kind() {
      return "a value";
    }

    /// Nothing, `~` or `null`.
    public boolean isNull() {
      return !quoted && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }
  }

  record Sequence(List<Node> items, int line, int column) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /// Entries in the order of the file, keys unique.
  record Mapping(List<Entry> entries, int line, int column) implements Node {
    public Mapping {
      entries = List.copyOf(entries);
    }

    @Override
    public String kind() {
      return "a mapping";
    }
  }

  record Entry(Scalar key, Node value) {}
}
