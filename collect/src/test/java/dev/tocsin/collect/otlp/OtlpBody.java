package dev.tocsin.collect.otlp;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/// Bodies of OTLP metrics, made with protobuf-java: other hands than the ones that read them.
final class OtlpBody {
  static final int CUMULATIVE = 2;
  static final int DELTA = 1;

  private OtlpBody() {}

  interface Writing {
    void to(CodedOutputStream out) throws IOException;
  }

  static byte[] bytes(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      writing.to(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] field(int number, byte[]... content) {
    byte[] joined = join(content);
    return bytes(out -> out.writeByteArray(number, joined));
  }

  static byte[] text(int number, String text) {
    return field(number, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] number(int number, long value) {
    return bytes(out -> out.writeInt64(number, value));
  }

  static byte[] fixed(int number, long bits) {
    return bytes(out -> out.writeFixed64(number, bits));
  }

  static byte[] real(int number, double value) {
    return bytes(out -> out.writeDouble(number, value));
  }

  static byte[] folded(int number, int value) {
    return bytes(out -> out.writeSInt32(number, value));
  }

  /// A packed list of doubles.
  static byte[] reals(int number, double... values) {
    byte[] packed =
        bytes(
            out -> {
              for (double value : values) {
                out.writeDoubleNoTag(value);
              }
            });
    return field(number, packed);
  }

  /// A packed list of fixed64.
  static byte[] fixeds(int number, long... values) {
    byte[] packed =
        bytes(
            out -> {
              for (long value : values) {
                out.writeFixed64NoTag(value);
              }
            });
    return field(number, packed);
  }

  /// A packed list of uint64.
  static byte[] varints(int number, long... values) {
    byte[] packed =
        bytes(
            out -> {
              for (long value : values) {
                out.writeUInt64NoTag(value);
              }
            });
    return field(number, packed);
  }

  /// Attributes as fields of this number.
  static byte[] attributes(int number, String... keysAndValues) {
    byte[][] all = new byte[keysAndValues.length / 2][];
    for (int i = 0; i < all.length; i++) {
      all[i] = attribute(number, keysAndValues[2 * i], text(1, keysAndValues[2 * i + 1]));
    }
    return join(all);
  }

  /// @param value the field of the AnyValue
  static byte[] attribute(int number, String key, byte[] value) {
    return field(number, text(1, key), field(2, value));
  }

  /// A request of one resource and one scope without a name.
  static byte[] request(byte[] resource, byte[]... metrics) {
    return field(1, resource, field(2, metrics));
  }

  static byte[] resource(String... keysAndValues) {
    return field(1, attributes(1, keysAndValues));
  }

  /// @param data the field that has the points
  static byte[] metric(String name, String unit, byte[] data) {
    return field(2, text(1, name), text(3, unit), data);
  }

  static byte[] gauge(byte[]... points) {
    return field(5, points);
  }

  static byte[] sum(int temporality, boolean monotonic, byte[]... points) {
    return field(7, join(points), number(2, temporality), number(3, monotonic ? 1 : 0));
  }

  static byte[] histogram(byte[]... points) {
    return field(9, join(points), number(2, CUMULATIVE));
  }

  static byte[] exponential(byte[]... points) {
    return field(10, join(points), number(2, CUMULATIVE));
  }

  static byte[] summary(byte[]... points) {
    return field(11, points);
  }

  /// A point of a gauge or sum.
  static byte[] point(long timeMs, double value, String... keysAndValues) {
    return field(1, fixed(3, timeMs * 1_000_000), real(4, value), attributes(7, keysAndValues));
  }

  /// A point of any kind.
  static byte[] rawPoint(long timeMs, byte[]... fields) {
    return field(1, fixed(3, timeMs * 1_000_000), join(fields));
  }
}
