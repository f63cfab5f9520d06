package dev.tocsin.engine;

import dev.tocsin.model.input.RuleSettings.NoData;
import dev.tocsin.model.input.RuleSettings.Policy;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.parse.PromqlParser;
import dev.tocsin.rules.alert.Alert;
import java.util.List;

/// What becomes of alerts whose data is missing. Immutable.
final class NoDataPolicies {
  static final NoDataPolicies NONE = new NoDataPolicies(List.of());

  private record Entry(String alert, List<Matcher> matchers, Policy policy) {
    boolean fits(String rule, Alert candidate) {
      return (alert.isEmpty() || alert.equals(rule))
          && matchers.stream().allMatch(matcher -> matcher.accepts(candidate.labels()));
    }
  }

  private final List<Entry> entries;

  private NoDataPolicies(List<Entry> entries) {
    this.entries = entries;
  }

  /// The configuration has checked the matchers.
  static NoDataPolicies of(List<NoData> settings) {
    return new NoDataPolicies(
        settings.stream()
            .map(
                one ->
                    new Entry(
                        one.alert(),
                        one.matchers().isEmpty()
                            ? List.of()
                            : PromqlParser.parseSelector(one.matchers()),
                        one.policy()))
            .toList());
  }

  /// The first that fits decides.
  ///
  /// @param rule its name
  Policy of(String rule, Alert alert) {
    for (Entry entry : entries) {
      if (entry.fits(rule, alert)) {
        return entry.policy();
      }
    }
    return Policy.RESOLVE;
  }
}
