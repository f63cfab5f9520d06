package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.LabelNames;
import dev.tocsin.model.labels.Labels;

/// Labels as error messages show them: `{__name__="x", a="b"}`.
final class LabelText {
  private LabelText() {}

  static String of(Labels labels) {
    StringBuilder out = new StringBuilder("{");
    labels.forEach(
        (name, value) -> {
          out.append(out.length() == 1 ? "" : ", ");
          out.append(LabelNames.isLegacyLabelName(name) ? name : LabelNames.quote(name));
          out.append('=').append(LabelNames.quote(value));
        });
    return out.append('}').toString();
  }
}
