package dev.tocsin.engine.unittest;

import dev.tocsin.model.input.RuleSet.RuleText;
import java.io.IOException;
import java.util.List;

/// Where a test file's rule files come from.
@FunctionalInterface
public interface RuleFiles {
  /// The files that a pattern of `rule_files` names, in sorted order; none where it names none.
  ///
  /// @param pattern as written, relative to the test file
  List<RuleText> matching(String pattern) throws IOException;
}
