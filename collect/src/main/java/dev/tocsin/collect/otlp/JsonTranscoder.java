package dev.tocsin.collect.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.collect.otlp.JsonSchema.Field;
import dev.tocsin.collect.otlp.JsonSchema.Message;
import dev.tocsin.collect.remotewrite.wire.MalformedException;
import dev.tocsin.collect.remotewrite.wire.ProtoReader;
import java.util.Base64;

/// Makes protobuf of a request in JSON while it reads it, so that there is one reader of what a
/// request means. Makes objects for texts and numbers.
///
/// The length of a message is written in front of it in five bytes, before it is known: so an
/// answer names the places of a fault in the JSON for what is no JSON or of a wrong type, and those
/// in the protobuf for anything else. A member twice, of those that may be there once, is
/// malformed.
final class JsonTranscoder {
  private static final int LENGTH_BYTES = 5;
  private static final int VARINT_BYTES_MAX = 10;

  private final JsonReader in;
  private final BodyBuffer out;

  private JsonTranscoder(JsonReader in, BodyBuffer out) {
    this.in = in;
    this.out = out;
  }

  static void transcode(byte[] json, int length, BodyBuffer out)
      throws MalformedException, BodyBuffer.NoRoomException {
    JsonReader in = new JsonReader(json, length);
    new JsonTranscoder(in, out).message(JsonSchema.REQUEST);
    in.expectEnd();
  }

  private void message(Message message) throws MalformedException, BodyBuffer.NoRoomException {
    int seen = 0;
    in.beginObject();
    for (boolean first = true; in.nextMember(first); first = false) {
      int at = in.at();
      String name = in.name();
      Field field = message.fields().get(name);
      if (field == null) {
        in.skipValue();
        continue;
      }
      int bit = 1 << field.number();
      if ((seen & bit) != 0) {
        throw new MalformedException(at, "JSON: a second " + name);
      }
      seen |= bit;
      if (in.skipNull()) {
        continue;
      }
      if (field.repeated()) {
        in.beginArray();
        for (boolean none = true; in.nextElement(none); none = false) {
          value(field);
        }
      } else {
        value(field);
      }
    }
  }

  private void value(Field field) throws MalformedException, BodyBuffer.NoRoomException {
    switch (field.type()) {
      case TEXT -> bytes(field, in.text().getBytes(UTF_8));
      case BYTES -> bytes(field, base64());
      case TRUTH -> varint(field, in.truth() ? 1 : 0);
      case VARINT -> varint(field, integer());
      case FOLDED -> varint(field, folded());
      case FIXED -> fixed(field, integer());
      case DOUBLE -> fixed(field, Double.doubleToRawLongBits(floating()));
      case MESSAGE -> {
        Message inner = field.message();
        if (inner == null) {
          throw new IllegalStateException("a message without its fields");
        }
        inner(field, inner);
      }
    }
  }

  private void inner(Field field, Message message)
      throws MalformedException, BodyBuffer.NoRoomException {
    tag(field, ProtoReader.LENGTH, LENGTH_BYTES);
    out.grow(LENGTH_BYTES);
    int from = out.length();
    message(message);
    int rest = out.length() - from;
    for (int i = LENGTH_BYTES; i > 0; i--) {
      out.bytes()[from - i] = (byte) ((rest & 0x7f) | (i > 1 ? 0x80 : 0));
      rest >>>= 7;
    }
  }

  private void tag(Field field, int wireType, int more) throws BodyBuffer.NoRoomException {
    out.room(1 + more);
    out.add(ProtoReader.tagOf(field.number(), wireType));
  }

  private void bytes(Field field, byte[] content) throws BodyBuffer.NoRoomException {
    tag(field, ProtoReader.LENGTH, VARINT_BYTES_MAX + content.length);
    putVarint(content.length);
    System.arraycopy(content, 0, out.bytes(), out.length(), content.length);
    out.grow(content.length);
  }

  private void varint(Field field, long value) throws BodyBuffer.NoRoomException {
    tag(field, ProtoReader.VARINT, VARINT_BYTES_MAX);
    putVarint(value);
  }

  private void putVarint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.add((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.add((int) rest);
  }

  private void fixed(Field field, long bits) throws BodyBuffer.NoRoomException {
    tag(field, ProtoReader.FIXED64, Long.BYTES);
    for (int shift = 0; shift < Long.SIZE; shift += 8) {
      out.add((int) (bits >>> shift));
    }
  }

  private long integer() throws MalformedException {
    int at = in.at();
    Long number = JsonNumbers.integer(in.peek() == '"' ? in.text() : in.number());
    if (number == null) {
      throw new MalformedException(at, "JSON: expected an integer of 64 bits");
    }
    return number;
  }

  /// As protobuf folds the sign into the lowest bit.
  private long folded() throws MalformedException {
    int at = in.at();
    long number = integer();
    if (number != (int) number) {
      throw new MalformedException(at, "JSON: expected an integer of 32 bits");
    }
    return ((number << 1) ^ (number >> 63)) & 0xffff_ffffL;
  }

  private double floating() throws MalformedException {
    int at = in.at();
    Double number = JsonNumbers.floating(in.peek() == '"' ? in.text() : in.number());
    if (number == null) {
      throw new MalformedException(at, "JSON: expected a number");
    }
    return number;
  }

  private byte[] base64() throws MalformedException {
    int at = in.at();
    String text = in.text().replace('-', '+').replace('_', '/');
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      throw new MalformedException(at, "JSON: expected base64");
    }
  }
}
