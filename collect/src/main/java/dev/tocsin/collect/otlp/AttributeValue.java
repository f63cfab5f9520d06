package dev.tocsin.collect.otlp;

import dev.tocsin.collect.remotewrite.Fields;
import dev.tocsin.collect.remotewrite.wire.MalformedException;
import dev.tocsin.collect.remotewrite.wire.ProtoReader;
import dev.tocsin.model.limit.Limits;
import dev.tocsin.model.text.GoFloat;
import java.util.Arrays;
import java.util.Base64;

/// The text of an attribute's value. Texts, numbers and truth values make no objects; lists and
/// maps become JSON as Go writes it, which does.
///
/// `AnyValue{1: string | 2: bool | 3: int64 | 4: double | 5: ArrayValue | 6: KeyValueList | 7:
/// bytes}`. Source: opentelemetry/proto/common/v1, and `Value.AsString` of the collector's pdata.
final class AttributeValue {
  static final int STRING = ProtoReader.tagOf(1, ProtoReader.LENGTH);
  static final int BOOL = ProtoReader.tagOf(2, ProtoReader.VARINT);
  static final int INT = ProtoReader.tagOf(3, ProtoReader.VARINT);
  static final int DOUBLE = ProtoReader.tagOf(4, ProtoReader.FIXED64);
  static final int LIST = ProtoReader.tagOf(5, ProtoReader.LENGTH);
  static final int MAP = ProtoReader.tagOf(6, ProtoReader.LENGTH);
  static final int BYTES = ProtoReader.tagOf(7, ProtoReader.LENGTH);
  static final int FIELDS = 7;

  private AttributeValue() {}

  /// Reads one AnyValue, at whose length the reader stands, and appends its text. The last of
  /// several values counts; none at all is an empty text.
  ///
  /// @param body what the reader reads
  /// @return whether it is short enough; if not, what was appended means nothing
  static boolean append(ProtoReader reader, byte[] body, Scratch out) throws MalformedException {
    int from = out.length();
    boolean fits = true;
    int outer = reader.enter();
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag >>> 3 <= FIELDS) {
        out.cut(from);
        fits = appendOne(reader, tag, at, body, out);
      } else {
        reader.skip(tag);
      }
    }
    reader.leave(outer);
    return fits && out.length() - from <= Limits.LABEL_VALUE_BYTES_MAX;
  }

  private static boolean appendOne(ProtoReader reader, int tag, int at, byte[] body, Scratch out)
      throws MalformedException {
    if (tag == STRING) {
      int length = reader.length();
      int from = reader.at();
      reader.jump(from + length);
      return appendShort(body, from, from + length, out);
    }
    if (tag == INT) {
      out.addNumber(reader.varint());
    } else if (tag == BOOL) {
      out.addAscii(reader.varint() == 0 ? "false" : "true");
    } else if (tag == DOUBLE) {
      out.addAscii(number(Double.longBitsToDouble(reader.fixed64())));
    } else if (tag == BYTES) {
      int length = reader.length();
      int from = reader.at();
      reader.jump(from + length);
      return appendBase64(body, from, length, out);
    } else if (tag == LIST || tag == MAP) {
      return new NestedValue(reader, body).append(tag, out);
    } else {
      Fields.refuseKnown(tag, FIELDS, "AnyValue", at);
    }
    return true;
  }

  private static boolean appendShort(byte[] body, int from, int to, Scratch out) {
    if (to - from > Limits.LABEL_VALUE_BYTES_MAX) {
      return false;
    }
    out.add(body, from, to);
    return true;
  }

  private static boolean appendBase64(byte[] body, int from, int length, Scratch out) {
    if (length > Limits.LABEL_VALUE_BYTES_MAX) {
      return false;
    }
    out.addAscii(base64(body, from, length));
    return true;
  }

  static String base64(byte[] body, int from, int length) {
    byte[] bytes = Arrays.copyOfRange(body, from, from + length);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /// A number as Go's JSON has it: an exponent only below 1e-6 and from 1e21 on.
  static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return "json: unsupported value: " + GoFloat.general(value);
    }
    double size = Math.abs(value);
    if (size == 0 || (size >= 1e-6 && size < 1e21)) {
      return GoFloat.plain(value);
    }
    String text = GoFloat.exponent(value);
    int end = text.length();
    boolean padded = text.startsWith("e-0", end - 4);
    return padded ? text.substring(0, end - 2) + text.charAt(end - 1) : text;
  }
}
