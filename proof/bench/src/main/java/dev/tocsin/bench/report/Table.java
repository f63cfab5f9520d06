package dev.tocsin.bench.report;

import java.util.ArrayList;
import java.util.List;

/// A Markdown table, padded so that it can be read as text too.
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  public static Table of(String... head) {
    Table table = new Table();
    table.rows.add(List.of(head));
    return table;
  }

  public Table row(String... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException("a row of " + cells.length + " cells");
    }
    rows.add(List.of(cells));
    return this;
  }

  @Override
  public String toString() {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder out = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      for (int i = 0; i < columns; i++) {
        String cell = rows.get(r).get(i);
        String padding = " ".repeat(widths[i] - cell.length());
        out.append("| ").append(i == 0 ? cell + padding : padding + cell).append(' ');
      }
      out.append("|\n");
      if (r == 0) {
        for (int i = 0; i < columns; i++) {
          out.append("|").append("-".repeat(widths[i] + 1)).append(i == 0 ? "-" : ":");
        }
        out.append("|\n");
      }
    }
    return out.toString();
  }
}
