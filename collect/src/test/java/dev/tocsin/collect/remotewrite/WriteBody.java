package dev.tocsin.collect.remotewrite;

import com.google.protobuf.CodedOutputStream;
import io.airlift.compress.snappy.SnappyCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bodies of remote write, made with protobuf-java and aircompressor: other hands than the ones
/// that read them.
final class WriteBody {
  private WriteBody() {}

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

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  /// A length-delimited field.
  static byte[] field(int number, byte[] content) {
    return bytes(out -> out.writeByteArray(number, content));
  }

  static byte[] number(int number, long value) {
    return bytes(out -> out.writeInt64(number, value));
  }

  static byte[] fixed(int number, long bits) {
    return bytes(out -> out.writeFixed64(number, bits));
  }

  /// A label as a field of a series.
  static byte[] label(byte[] name, byte[] value) {
    return field(1, join(field(1, name), field(2, value)));
  }

  static byte[] labels(String... namesAndValues) {
    byte[][] labels = new byte[namesAndValues.length / 2][];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = label(utf8(namesAndValues[2 * i]), utf8(namesAndValues[2 * i + 1]));
    }
    return join(labels);
  }

  /// A sample as a field of a series.
  static byte[] sample(long timeMs, double value) {
    return sampleBits(timeMs, Double.doubleToRawLongBits(value));
  }

  static byte[] sampleBits(long timeMs, long bits) {
    return field(2, join(fixed(1, bits), number(2, timeMs)));
  }

  /// A series as a field of a request.
  static byte[] series(byte[]... fields) {
    return field(1, join(fields));
  }

  static byte[] snappy(byte[] content) {
    SnappyCompressor compressor = new SnappyCompressor();
    byte[] out = new byte[compressor.maxCompressedLength(content.length)];
    int length = compressor.compress(content, 0, content.length, out, 0, out.length);
    return Arrays.copyOf(out, length);
  }

  /// A block that decodes to some bytes, then one byte many times, then some bytes. Made without
  /// making all of that.
  static byte[] snappyRun(byte[] before, byte repeated, int count, byte[] after) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(bytes(o -> o.writeUInt32NoTag(before.length + count + after.length)));
    literal(out, before);
    literal(out, new byte[] {repeated});
    for (int left = count - 1; left > 0; left -= 64) {
      out.write((Math.min(left, 64) - 1) << 2 | 2);
      out.write(1);
      out.write(0);
    }
    literal(out, after);
    return out.toByteArray();
  }

  private static void literal(ByteArrayOutputStream out, byte[] content) {
    out.write(61 << 2);
    out.write(content.length - 1);
    out.write((content.length - 1) >> 8);
    out.writeBytes(content);
  }

  /// The tag and length of a field.
  static byte[] head(int number, int length) {
    return bytes(
        out -> {
          out.writeUInt32NoTag(number << 3 | 2);
          out.writeUInt32NoTag(length);
        });
  }

  /// The same block with another declared length.
  static byte[] declaring(byte[] block, long length) {
    int header = 0;
    while (block[header] < 0) {
      header++;
    }
    byte[] rest = Arrays.copyOfRange(block, header + 1, block.length);
    return join(bytes(out -> out.writeUInt64NoTag(length)), rest);
  }
}
