package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.LabelNames;
import dev.tocsin.model.labels.Labels;

/// Labels as error messages show them: `{__name__="x", a="b"}`; and which names there may be.
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

  /// Whether a label may have this name: any text. What was no text in the query (an escape as
  /// `\\xff`) has become a replacement character or half a surrogate pair.
  static boolean isName(String name) {
    return !name.isEmpty()
        && name.codePoints().allMatch(c -> c != 0xfffd && (c < 0xd800 || c > 0xdfff));
  }
}
