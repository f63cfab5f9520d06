package dev.tocsin.agent.api;

import dev.tocsin.model.labels.LabelNames;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Whole numbers of the API's parameters, read and refused as Go's `strconv.Atoi` does.
final class ApiNumber {
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");

  private ApiNumber() {}

  /// The parameter `limit`; 0: none.
  static int limit(Form form) {
    String text = form.get("limit");
    if (text.isEmpty()) {
      return 0;
    }
    if (!WHOLE.matcher(text).matches()) {
      throw refused(text, "invalid syntax");
    }
    long limit;
    try {
      limit = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw refused(text, "value out of range");
    }
    if (limit < 0) {
      throw ApiException.badData("limit", "limit must be non-negative");
    }
    return (int) Math.min(Integer.MAX_VALUE - 1, limit);
  }

  private static ApiException refused(String text, String why) {
    return ApiException.badData(
        "limit", "strconv.Atoi: parsing " + LabelNames.quote(text) + ": " + why);
  }

  /// Empty where it is no number.
  static OptionalInt whole(String text) {
    try {
      return WHOLE.matcher(text).matches()
          ? OptionalInt.of(Integer.parseInt(text))
          : OptionalInt.empty();
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }
}
