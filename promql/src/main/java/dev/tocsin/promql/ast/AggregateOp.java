package dev.tocsin.promql.ast;

/// The aggregations.
public enum AggregateOp {
  SUM("sum", null, false),
  AVG("avg", null, false),
  COUNT("count", null, false),
  MIN("min", null, false),
  MAX("max", null, false),
  GROUP("group", null, false),
  STDDEV("stddev", null, false),
  STDVAR("stdvar", null, false),
  TOPK("topk", ValueType.SCALAR, false),
  BOTTOMK("bottomk", ValueType.SCALAR, false),
  COUNT_VALUES("count_values", ValueType.STRING, false),
  QUANTILE("quantile", ValueType.SCALAR, false),
  LIMITK("limitk", ValueType.SCALAR, true),
  LIMIT_RATIO("limit_ratio", ValueType.SCALAR, true);

  private final String word;
  private final @org.jspecify.annotations.Nullable ValueType parameter;
  private final boolean experimental;

  AggregateOp(
      String word, @org.jspecify.annotations.Nullable ValueType parameter, boolean experimental) {
    this.word = word;
    this.parameter = parameter;
    this.experimental = experimental;
  }

  public String word() {
    return word;
  }

  /// The type of the parameter in front of the vector; null where there is none.
  public @org.jspecify.annotations.Nullable ValueType parameter() {
    return parameter;
  }

  public boolean isExperimental() {
    return experimental;
  }
}
