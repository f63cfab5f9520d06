package dev.tocsin.promql.eval;

import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.labels.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A line of a script that describes a series: `name{label="value"} 1 2+3x4 _ stale`.
///
/// There are no hexadecimal numbers in it: `0x5` is six zeros.
///
/// @param values null where there is no sample
/// @param histograms whether some of the values are native histograms (whose value then is null)
record SeriesNotation(Labels labels, List<@Nullable Double> values, boolean histograms) {
  private static final String NUMBER =
      "(?:(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?|[iI]nf|[nN]a[nN])";
  private static final Pattern ITEM =
      Pattern.compile("([+-]?" + NUMBER + "|stale)(?:([+-]" + NUMBER + ")?x(\\d+))?");
  private static final Pattern BLANK = Pattern.compile("_(?:x(\\d+))?");

  static SeriesNotation parse(String line) {
    return new Reader(line).read();
  }

  static @Nullable Double number(String text) {
    boolean minus = text.startsWith("-");
    String body = minus || text.startsWith("+") ? text.substring(1) : text;
    double value;
    if (body.equalsIgnoreCase("inf")) {
      value = Double.POSITIVE_INFINITY;
    } else if (body.equalsIgnoreCase("nan")) {
      value = Double.NaN;
    } else if (body.matches("0[xX][0-9a-fA-F]+")) {
      value = (double) Long.parseLong(body.substring(2), 16);
    } else if (body.matches("[0-9.]+(?:[eE][+-]?\\d+)?")) {
      value = Double.parseDouble(body);
    } else {
      return null;
    }
    return minus ? -value : value;
  }

  private static final class Reader {
    private final String line;
    private int at;
    private final Labels.Builder labels = Labels.builder();
    private final List<@Nullable Double> values = new ArrayList<>();
    private boolean histograms;

    Reader(String line) {
      this.line = line;
    }

    SeriesNotation read() {
      int start = at;
      while (at < line.length() && " \t{".indexOf(line.charAt(at)) < 0) {
        at++;
      }
      if (at > start) {
        labels.set(Labels.METRIC_NAME, line.substring(start, at));
      }
      if (at < line.length() && line.charAt(at) == '{') {
        at++;
        readLabels();
      }
      for (String item : items(line.substring(at))) {
        readItem(item);
      }
      return new SeriesNotation(labels.build(), values, histograms);
    }

    private void skip(String characters) {
      while (at < line.length() && characters.indexOf(line.charAt(at)) >= 0) {
        at++;
      }
    }

    private void readLabels() {
      skip(" \t,");
      while (line.charAt(at) != '}') {
        String name = isQuote(line.charAt(at)) ? quoted() : word();
        skip(" \t");
        if (line.charAt(at) == '=') {
          at++;
          skip(" \t");
          labels.set(name, quoted());
        } else {
          labels.set(Labels.METRIC_NAME, name);
        }
        skip(" \t,");
      }
      at++;
    }

    private static boolean isQuote(char c) {
      return c == '"' || c == '\'' || c == '`';
    }

    private String word() {
      int start = at;
      while (" \t=,}".indexOf(line.charAt(at)) < 0) {
        at++;
      }
      return line.substring(start, at);
    }

    private String quoted() {
      char quote = line.charAt(at++);
      int start = at;
      while (line.charAt(at) != quote) {
        at += line.charAt(at) == '\\' && quote != '`' ? 2 : 1;
      }
      String raw = line.substring(start, at++);
      return quote == '`' ? raw : unescaped(raw);
    }

    /// The escapes that occur in scripts; Java's are the same.
    private static String unescaped(String raw) {
      return raw.indexOf('\\') < 0 ? raw : raw.translateEscapes();
    }

    private static List<String> items(String text) {
      List<String> items = new ArrayList<>();
      StringBuilder item = new StringBuilder();
      int deep = 0;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        deep += c == '{' ? 1 : c == '}' ? -1 : 0;
        if (deep == 0 && (c == ' ' || c == '\t')) {
          if (!item.isEmpty()) {
            items.add(item.toString());
          }
          item.setLength(0);
        } else {
          item.append(c);
        }
      }
      if (!item.isEmpty()) {
        items.add(item.toString());
      }
      return items;
    }

    private void readItem(String item) {
      if (item.startsWith("{{")) {
        histograms = true;
        return;
      }
      Matcher blank = BLANK.matcher(item);
      if (blank.matches()) {
        int count = blank.group(1) == null ? 1 : Integer.parseInt(blank.group(1));
        for (int i = 0; i < count; i++) {
          values.add(null);
        }
        return;
      }
      Matcher matcher = ITEM.matcher(item);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("no value: " + item + " in " + line);
      }
      String first = matcher.group(1);
      Double start = first.equals("stale") ? Double.valueOf(StaleMarker.VALUE) : number(first);
      Double step = matcher.group(2) == null ? null : number(matcher.group(2));
      int count = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
      Double value = start;
      for (int i = 0; i <= count; i++) {
        values.add(value);
        value = step == null || value == null ? value : Double.valueOf(value + step);
      }
    }
  }
}
