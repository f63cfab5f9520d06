package dev.tocsin.agent.api;

import dev.tocsin.agent.api.ApiException.Kind;
import dev.tocsin.model.labels.LabelNames;
import dev.tocsin.promql.eval.EvalOptions;
import java.util.List;

/// The parameters that `query` and `query_range` have in common.
///
/// @param limit the most series; 0: all
/// @param lookbackMs 0: the default
/// @param stats as written: `true` or `all`; anything else but nothing counts as `true`
record QueryOptions(int limit, long timeoutNanos, long lookbackMs, String stats) {
  private static final String ALL = "all";

  static QueryOptions of(Form form, int limit) {
    long timeoutNanos =
        form.get("timeout").isEmpty()
            ? Turns.TIMEOUT_NANOS
            : ApiTime.durationNanos(form, "timeout");
    return new QueryOptions(limit, timeoutNanos, lookbackMs(form), form.get("stats"));
  }

  private static long lookbackMs(Form form) {
    String name = "lookback_delta";
    if (form.get(name).isEmpty()) {
      return 0;
    }
    try {
      long nanos = ApiTime.durationNanos(form, name);
      return nanos <= 0 ? 0 : Math.max(1, nanos / 1_000_000);
    } catch (ApiException e) {
      // Told otherwise than of all other parameters.
      String reason = e.reason().substring(e.reason().indexOf("cannot parse"));
      throw new ApiException(Kind.BAD_DATA, "error parsing lookback delta duration: " + reason);
    }
  }

  EvalOptions applied(EvalOptions options) {
    return lookbackMs == 0 ? options : options.withLookbackMs(lookbackMs);
  }

  boolean wantsStats() {
    return !stats.isEmpty();
  }

  boolean perStepStats() {
    return stats.equals(ALL);
  }

  List<String> statsWarnings() {
    if (stats.isEmpty() || stats.equals("true") || stats.equals(ALL)) {
      return List.of();
    }
    return List.of(
        "value "
            + LabelNames.quote(stats)
            + " for parameter \"stats\" is deprecated and will be rejected in the next major"
            + " release, use \"true\" or \"all\"");
  }
}
