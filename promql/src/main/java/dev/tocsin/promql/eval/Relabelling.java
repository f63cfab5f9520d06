package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import java.util.List;

/// The rule of label_replace or label_join.
interface Relabelling {
  /// Characters of a value made here; a longer one ends the query, since values can be made of
  /// values.
  int VALUE_CHARS_MAX = 1 << 16;

  static void checkLength(StringBuilder value) {
    if (value.length() > VALUE_CHARS_MAX) {
      throw new EvalException(
          EvalException.Kind.LIMIT,
          "a label value would be longer than " + VALUE_CHARS_MAX + " characters");
    }
  }

  Labels apply(Labels labels);

  /// Whether it writes the target at all.
  boolean writes(Labels labels);

  /// label_join: the target becomes the values of some labels with a separator between.
  record Join(String target, String separator, List<String> sources) implements Relabelling {
    public Join {
      sources = List.copyOf(sources);
      for (String source : sources) {
        if (!LabelText.isName(source)) {
          throw EvalException.execution("invalid source label name in label_join(): " + source);
        }
      }
      if (!LabelText.isName(target)) {
        throw EvalException.execution("invalid destination label name in label_join(): " + target);
      }
    }

    @Override
    public Labels apply(Labels labels) {
      StringBuilder value = new StringBuilder();
      for (int i = 0; i < sources.size(); i++) {
        value.append(i == 0 ? "" : separator).append(labels.get(sources.get(i)));
        checkLength(value);
      }
      return labels.toBuilder().set(target, value.toString()).build();
    }

    @Override
    public boolean writes(Labels labels) {
      return true;
    }
  }
}
