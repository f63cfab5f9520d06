package dev.tocsin.agent.api;

import dev.tocsin.agent.api.ApiException.Kind;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.feature.Features;
import dev.tocsin.promql.parse.ParseException;
import dev.tocsin.promql.parse.PromqlParser;
import java.util.ArrayList;
import java.util.List;

/// Queries and selectors as parameters.
///
/// @param features of the language that are on
public record Queries(Features features) {
  Expr parse(String text) {
    try {
      return PromqlParser.parse(text, features.parseOptions());
    } catch (ParseException e) {
      throw ApiException.badData("query", String.valueOf(e.getMessage()));
    }
  }

  /// The parameters `match[]`. Throws [ApiException] with a bare reason.
  static List<List<Matcher>> selectors(Form form) {
    List<List<Matcher>> all = new ArrayList<>();
    for (String text : form.all("match[]")) {
      try {
        all.add(PromqlParser.parseSelector(text));
      } catch (ParseException e) {
        throw new ApiException(Kind.BAD_DATA, String.valueOf(e.getMessage()));
      }
    }
    for (List<Matcher> matchers : all) {
      if (matchers.stream().allMatch(matcher -> matcher.accepts(""))) {
        throw new ApiException(
            Kind.BAD_DATA, "match[] must contain at least one non-empty matcher");
      }
    }
    return all;
  }
}
