package dev.tocsin.rules.file;

import dev.tocsin.model.problem.Problem;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.yaml.Fields;
import dev.tocsin.yaml.Node;
import java.util.ArrayList;
import java.util.List;

/// What all readers of one file share.
///
/// @param manifest whether the groups stand in a Kubernetes manifest
record Reading(
    String file,
    Source source,
    ReadOptions options,
    boolean manifest,
    Problems problems,
    List<Problem> warnings) {
  Reading(String file, String text, ReadOptions options, boolean manifest, Problems problems) {
    this(file, new Source(text), options, manifest, problems, new ArrayList<>());
  }

  Names names() {
    return new Names(options.legacyNames());
  }

  /// Reports the keys that nobody asked for.
  void done(Fields fields) {
    if (!options.unknownKeysIgnored()) {
      fields.done();
    }
  }

  /// A mistake inside of a text: line and column of the text, from 1.
  void inside(Node.Scalar scalar, int line, int column, String path, String message) {
    Source.Place place = source.place(scalar, line, column);
    problems.add(file, place.line(), place.column(), path, message, "");
  }

  /// A mistake inside of a text, at a character counted from 0.
  void inside(Node.Scalar scalar, int offset, String path, String message) {
    Source.Place place = source.place(scalar, offset);
    problems.add(file, place.line(), place.column(), path, message, "");
  }

  void warn(Node at, String path, String message, String hint) {
    warnings.add(new Problem(file, at.line(), at.column(), path, message, hint));
  }
}
