package dev.tocsin.collect.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.collect.remotewrite.Fields;
import dev.tocsin.collect.remotewrite.wire.MalformedException;
import dev.tocsin.collect.remotewrite.wire.ProtoReader;
import dev.tocsin.model.limit.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A list or a map as an attribute's value: read whole, then written as Go's `json.Marshal` does:
/// keys sorted, the last of equal keys, `<`, `>` and `&` escaped, bytes as base64. Rare, so it
/// makes objects; how many is bounded.
final class NestedValue {
  /// Lists and maps within each other; beyond it the body is malformed.
  private static final int DEPTH_MAX = 32;

  /// Values within one. More do not fit into a label, however short they are.
  private static final int VALUES_MAX = Limits.LABEL_VALUE_BYTES_MAX / 2;

  private static final int ELEMENT = ProtoReader.tagOf(1, ProtoReader.LENGTH);
  private static final int KEY = ProtoReader.tagOf(1, ProtoReader.LENGTH);
  private static final int VALUE = ProtoReader.tagOf(2, ProtoReader.LENGTH);

  /// Already JSON.
  private record Token(String text) {}

  private final ProtoReader reader;
  private final byte[] body;
  private int values;
  private long textBytes;

  /// No JSON can say this number; Go then gives nothing at all.
  private boolean unspeakable;

  NestedValue(ProtoReader reader, byte[] body) {
    this.reader = reader;
    this.body = body;
  }

  /// @param tag of the list or map at whose length the reader stands
  /// @return whether it fits into a label
  boolean append(int tag, Scratch out) throws MalformedException {
    Object value = tag == AttributeValue.LIST ? list(1) : map(1);
    if (isTooLarge()) {
      return false;
    }
    if (!unspeakable) {
      StringBuilder json = new StringBuilder();
      write(json, value);
      out.addText(json.toString());
    }
    return true;
  }

  private boolean isTooLarge() {
    return values > VALUES_MAX || textBytes > Limits.LABEL_VALUE_BYTES_MAX;
  }

  private List<@Nullable Object> list(int depth) throws MalformedException {
    checkDepth(depth);
    List<@Nullable Object> list = new ArrayList<>();
    int outer = reader.enter();
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag == ELEMENT) {
        Object element = value(depth);
        if (!isTooLarge()) {
          list.add(element);
        }
      } else {
        Fields.refuseKnown(tag, 1, "ArrayValue", at);
        reader.skip(tag);
      }
    }
    reader.leave(outer);
    return list;
  }

  private Map<String, @Nullable Object> map(int depth) throws MalformedException {
    checkDepth(depth);
    Map<String, @Nullable Object> map = new TreeMap<>(NestedValue::byCodePoints);
    int outer = reader.enter();
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag == ELEMENT) {
        entry(map, depth);
      } else {
        Fields.refuseKnown(tag, 1, "KeyValueList", at);
        reader.skip(tag);
      }
    }
    reader.leave(outer);
    return map;
  }

  private static int byCodePoints(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      if (a.charAt(i) != b.charAt(i)) {
        return Integer.compare(rank(a.charAt(i)), rank(b.charAt(i)));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /// Halves of surrogate pairs come behind all other characters, as what they stand for does.
  private static int rank(char c) {
    return Character.isSurrogate(c) ? c + Character.MAX_VALUE : c;
  }

  private void entry(Map<String, @Nullable Object> map, int depth) throws MalformedException {
    String key = "";
    Object value = null;
    int outer = reader.enter();
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag == KEY) {
        key = text();
      } else if (tag == VALUE) {
        value = value(depth);
      } else {
        Fields.refuseKnown(tag, 2, "KeyValue", at);
        reader.skip(tag);
      }
    }
    reader.leave(outer);
    values++;
    if (!isTooLarge()) {
      map.put(key, value);
    }
  }

  private @Nullable Object value(int depth) throws MalformedException {
    values++;
    Object value = null;
    int outer = reader.enter();
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag >>> 3 <= AttributeValue.FIELDS) {
        value = one(tag, at, depth);
      } else {
        reader.skip(tag);
      }
    }
    reader.leave(outer);
    return value;
  }

  private Object one(int tag, int at, int depth) throws MalformedException {
    if (tag == AttributeValue.STRING) {
      return text();
    }
    if (tag == AttributeValue.LIST) {
      return list(depth + 1);
    }
    if (tag == AttributeValue.MAP) {
      return map(depth + 1);
    }
    if (tag == AttributeValue.INT) {
      return new Token(Long.toString(reader.varint()));
    }
    if (tag == AttributeValue.BOOL) {
      return new Token(reader.varint() == 0 ? "false" : "true");
    }
    if (tag == AttributeValue.DOUBLE) {
      double number = Double.longBitsToDouble(reader.fixed64());
      unspeakable |= !Double.isFinite(number);
      return new Token(AttributeValue.number(number));
    }
    if (tag == AttributeValue.BYTES) {
      int length = span();
      return isTooLarge() ? "" : AttributeValue.base64(body, reader.at() - length, length);
    }
    Fields.refuseKnown(tag, AttributeValue.FIELDS, "AnyValue", at);
    throw new IllegalStateException("field " + (tag >>> 3) + " of AnyValue is known");
  }

  private String text() throws MalformedException {
    int length = span();
    return isTooLarge() ? "" : new String(body, reader.at() - length, length, UTF_8);
  }

  /// Goes behind a text and returns its length.
  private int span() throws MalformedException {
    int length = reader.length();
    reader.jump(reader.at() + length);
    textBytes += length;
    return length;
  }

  private void checkDepth(int depth) throws MalformedException {
    if (depth > DEPTH_MAX) {
      throw new MalformedException(
          reader.at(), "an attribute of more than " + DEPTH_MAX + " lists and maps in each other");
    }
  }

  private static void write(StringBuilder out, @Nullable Object value) {
    switch (value) {
      case null -> out.append("null");
      case Token(String text) -> out.append(text);
      case String text -> quote(out, text);
      case List<?> list -> {
        out.append('[');
        String comma = "";
        for (Object element : list) {
          write(out.append(comma), element);
          comma = ",";
        }
        out.append(']');
      }
      case Map<?, ?> map -> {
        out.append('{');
        String comma = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          quote(out.append(comma), String.valueOf(entry.getKey()));
          write(out.append(':'), entry.getValue());
          comma = ",";
        }
        out.append('}');
      }
      default -> throw new IllegalStateException("no value of an attribute: " + value);
    }
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029) {
            out.append("\\u").append(String.format(java.util.Locale.ROOT, "%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
