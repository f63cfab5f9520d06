package dev.tocsin.promql.ast;

/// Where a piece of a query stands in its text: from `start` to below `end`, in characters from 0.
public record Span(int start, int end) {
  public static final Span NONE = new Span(0, 0);
}
