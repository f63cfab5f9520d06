package dev.tocsin.promql.series;

/// Why a text describes no series, and where in it.
public final class SeriesSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int column;

  SeriesSyntaxException(int column, String reason) {
    super(reason);
    this.column = column;
  }

  /// In characters, from 1.
  public int column() {
    return column;
  }
}
