package dev.tocsin.model.json;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.text.GoFloat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;

/// Writes one JSON value (RFC 8259), without spaces. The caller keeps the nesting right; a wrong
/// nesting is a bug and throws [IllegalStateException]. Depth is at most [#DEPTH_MAX]. Not
/// thread-safe.
///
/// ```
/// new JsonWriter().beginObject().field("status", "success").endObject().toString()
/// ```
public final class JsonWriter {
  /// Open objects and arrays at once. The deepest we write is the tree of a query: 500 levels, of
  /// three each at most.
  public static final int DEPTH_MAX = 2047;

  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out = new StringBuilder(256);

  /// One bit per open level, the outermost first: set for an object.
  private final BitSet objects = new BitSet(Long.SIZE);

  private int depth;
  private boolean comma;
  private boolean named;

  public JsonWriter beginObject() {
    return begin('{', true);
  }

  public JsonWriter endObject() {
    return end('}', true);
  }

  public JsonWriter beginArray() {
    return begin('[', false);
  }

  public JsonWriter endArray() {
    return end(']', false);
  }

  /// The name of the next member of the open object.
  public JsonWriter name(String name) {
    check(isInObject() && !named, "a name outside of an object");
    if (comma) {
      out.append(',');
    }
    quote(name);
    out.append(':');
    comma = false;
    named = true;
    return this;
  }

  public JsonWriter value(String text) {
    before();
    quote(text);
    return after();
  }

  public JsonWriter value(long number) {
    before();
    out.append(number);
    return after();
  }

  public JsonWriter value(boolean truth) {
    before();
    out.append(truth);
    return after();
  }

  /// As a JSON number; NaN and the infinities, which JSON does not have, as strings.
  public JsonWriter value(double number) {
    return Double.isFinite(number) ? raw(GoFloat.plain(number)) : value(GoFloat.plain(number));
  }

  /// As Prometheus's API prints sample values: a string, `"0.25"`, `"+Inf"`, `"NaN"`; very small
  /// and very large ones with an exponent, as `"1e-07"`.
  public JsonWriter floatString(double number) {
    before();
    out.append('"');
    appendFloat(number);
    out.append('"');
    return after();
  }

  private void appendFloat(double number) {
    double size = Math.abs(number);
    if ((size < 1e-6 && size != 0) || size >= 1e21) {
      out.append(GoFloat.exponent(number));
    } else {
      GoFloat.appendPlain(out, number);
    }
  }

  /// The beginning of a sample, for [#sample]: the series of one answer mostly have the same times.
  public static String sampleHead(long unixMs) {
    JsonWriter head = new JsonWriter();
    head.out.append('[');
    head.appendSeconds(unixMs);
    return head.out.append(",\"").toString();
  }

  /// `[seconds,"value"]`: what long answers consist of, hence in one step.
  public JsonWriter sample(String head, double number) {
    before();
    out.append(head);
    appendFloat(number);
    out.append("\"]");
    return after();
  }

  /// Makes room for so many characters more.
  public void reserve(int chars) {
    out.ensureCapacity(out.length() + chars);
  }

  /// As Prometheus's API prints sample times: seconds with three decimals where they are needed.
  public JsonWriter seconds(long unixMs) {
    before();
    appendSeconds(unixMs);
    return after();
  }

  private void appendSeconds(long unixMs) {
    long size = Math.abs(unixMs);
    if (unixMs < 0) {
      out.append('-');
    }
    out.append(size / 1000);
    long rest = size % 1000;
    if (rest != 0) {
      out.append('.').append(rest < 100 ? "0" : "").append(rest < 10 ? "0" : "").append(rest);
    }
  }

  /// As Go prints a time: RFC 3339 in UTC, fractions without trailing zeros; 0 is Go's zero time.
  public JsonWriter time(long unixMs) {
    return value(rfc3339(unixMs));
  }

  public JsonWriter nullValue() {
    return raw("null");
  }

  /// Text that is JSON already.
  public JsonWriter raw(String json) {
    before();
    out.append(json);
    return after();
  }

  /// An object of strings, names sorted.
  public JsonWriter value(Labels labels) {
    beginObject();
    labels.forEach(this::field);
    return endObject();
  }

  public JsonWriter value(Collection<String> texts) {
    beginArray();
    texts.forEach(this::value);
    return endArray();
  }

  public JsonWriter field(String name, String text) {
    return name(name).value(text);
  }

  public JsonWriter field(String name, long number) {
    return name(name).value(number);
  }

  public JsonWriter field(String name, boolean truth) {
    return name(name).value(truth);
  }

  public JsonWriter field(String name, double number) {
    return name(name).value(number);
  }

  public JsonWriter field(String name, Labels labels) {
    return name(name).value(labels);
  }

  /// Go's zero time for 0, otherwise RFC 3339 in UTC as `2026-11-24T10:00:00.5Z`.
  public static String rfc3339(long unixMs) {
    if (unixMs == 0) {
      return "0001-01-01T00:00:00Z";
    }
    String text = Instant.ofEpochMilli(unixMs).toString();
    if (text.indexOf('.') < 0) {
      return text;
    }
    int end = text.length() - 1;
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, end) + "Z";
  }

  /// Characters written so far.
  public int length() {
    return out.length();
  }

  @Override
  public String toString() {
    check(depth == 0, "an object or array is still open");
    return out.toString();
  }

  /// In UTF-8.
  public byte[] toBytes() {
    return toString().getBytes(StandardCharsets.UTF_8);
  }

  private boolean isInObject() {
    return depth > 0 && objects.get(depth - 1);
  }

  private JsonWriter begin(char open, boolean isObject) {
    before();
    check(depth < DEPTH_MAX, "nested too deeply");
    objects.set(depth++, isObject);
    comma = false;
    out.append(open);
    return this;
  }

  private JsonWriter end(char close, boolean isObject) {
    check(depth > 0 && isInObject() == isObject && !named, "closes what is not open");
    depth--;
    out.append(close);
    return after();
  }

  private void before() {
    check(named || !isInObject(), "a member without a name");
    check(depth > 0 || out.isEmpty(), "a second value");
    if (comma) {
      out.append(',');
    }
    named = false;
  }

  private JsonWriter after() {
    comma = true;
    return this;
  }

  private static void check(boolean right, String wrong) {
    if (!right) {
      throw new IllegalStateException("JSON: " + wrong);
    }
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        i += surrogate(text, i);
      } else {
        plain(c);
      }
    }
    out.append('"');
  }

  private void plain(char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        // The two separators are legal in JSON and were once not in JavaScript; Go escapes them.
        boolean escape = c < 0x20 || c == 0x7f || c == '\u2028' || c == '\u2029';
        if (escape) {
          out.append("\\u").append(HEX.charAt(c >> 12)).append(HEX.charAt(c >> 8 & 15));
          out.append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
        } else {
          out.append(c);
        }
      }
    }
  }

  /// Half of a pair cannot be written in UTF-8: it becomes the replacement character. Returns how
  /// many characters were read beyond the first.
  private int surrogate(String text, int at) {
    boolean pair = at + 1 < text.length();
    if (pair && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1))) {
      out.append(text, at, at + 2);
      return 1;
    }
    out.append('\ufffd');
    return 0;
  }
}
