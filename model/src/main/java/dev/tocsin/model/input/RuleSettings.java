package dev.tocsin.model.input;

import java.util.List;

/// How rules are run, beside what their files say.
///
/// @param mode which clocks decide
/// @param features names of experimental parts of the query language that are on, as Prometheus's
///   `--enable-feature` names them
/// @param noData what becomes of alerts whose data is missing; the first that fits an alert decides
/// @param settle how long the looks between slots wait for the rest of a scrape
public record RuleSettings(Mode mode, List<String> features, List<NoData> noData, Settle settle) {
  /// Both clocks, no features, missing data resolves.
  public static final RuleSettings DEFAULT = new RuleSettings(Mode.STREAM, List.of(), List.of());

  public RuleSettings {
    features = List.copyOf(features);
    noData = List.copyOf(noData);
  }

  /// With [Settle#NONE].
  public RuleSettings(Mode mode, List<String> features, List<NoData> noData) {
    this(mode, features, noData, Settle.NONE);
  }

  public RuleSettings withMode(Mode other) {
    return new RuleSettings(other, features, noData, settle);
  }

  public RuleSettings withSettle(Settle other) {
    return new RuleSettings(mode, features, noData, other);
  }

  /// Which clocks decide.
  public enum Mode {
    /// The slots of the groups alone, as in Prometheus.
    STRICT(0),
    /// The slots, and between them each transaction, which can only make an alert fire earlier.
    STREAM(1);

    private final int code;

    Mode(int code) {
      this.code = code;
    }

    /// What stands for it on disk.
    public int code() {
      return code;
    }
  }

  /// What becomes of an alert whose condition has no data.
  public enum Policy {
    /// It resolves, as in Prometheus.
    RESOLVE(0),
    /// It stays as it is until there is data.
    HOLD(1),
    /// It stays as it is, and that it is blind is told as an alert of its own.
    BLIND(2);

    private final int code;

    Policy(int code) {
      this.code = code;
    }

    /// What stands for it on disk.
    public int code() {
      return code;
    }
  }

  /// A policy and for which alerts it is.
  ///
  /// @param alert a rule's name; empty: any
  /// @param matchers the labels that the alert has besides, as matchers of the query language in
  ///   braces; empty: any
  public record NoData(String alert, String matchers, Policy policy) {}
}
