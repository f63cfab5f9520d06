package dev.tocsin.pipeline.journal.format;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// Reads frames in a byte array, one at a time, without copying. One thread.
public final class FrameView {
  private final byte[] bytes;
  private final ByteBuffer buffer;
  private final CRC32C crc = new CRC32C();
  private FrameType type = FrameType.TICK;
  private int at;
  private int length;

  public FrameView(byte[] bytes) {
    this.bytes = bytes;
    this.buffer = ByteBuffer.wrap(bytes);
  }

  /// The length a frame at this index would have, or 0 where no frame can be.
  public int lengthAt(int index) {
    int found = buffer.getInt(index);
    return found >= Frame.HEADER_BYTES && found <= Frame.BYTES_MAX ? found : 0;
  }

  /// Whether the header could be one; cheap, and rules out nearly everything that is not.
  public boolean plausibleAt(int index) {
    return FrameType.of(bytes[index + Frame.TYPE_AT]) != null
        && (bytes[index + Frame.FLAGS_AT] & ~Frame.FLAGS) == 0
        && buffer.getShort(index + Frame.RESERVED_AT) == 0
        && buffer.getLong(index + Frame.SEQ_AT) >= 0;
  }

  /// Looks at the frame at this index, all of whose bytes must be there. False where it is not
  /// valid.
  public boolean look(int index, int frameLength) {
    FrameType found = FrameType.of(bytes[index + Frame.TYPE_AT]);
    if (found == null || !plausibleAt(index)) {
      return false;
    }
    crc.reset();
    crc.update(bytes, index + Frame.COVERED_AT, frameLength - Frame.COVERED_AT);
    if ((int) crc.getValue() != buffer.getInt(index + Frame.CRC_AT)) {
      return false;
    }
    type = found;
    at = index;
    length = frameLength;
    return true;
  }

  public FrameType type() {
    return type;
  }

  /// In bytes, the header included.
  public int length() {
    return length;
  }

  public boolean has(int flag) {
    return (bytes[at + Frame.FLAGS_AT] & flag) != 0;
  }

  public long seq() {
    return buffer.getLong(at + Frame.SEQ_AT);
  }

  public long nowMs() {
    return buffer.getLong(at + Frame.NOW_AT);
  }

  /// A seq that was durable when this frame was encoded.
  public long durableSeq() {
    return seq() - Integer.toUnsignedLong(buffer.getInt(at + Frame.UNFORCED_AT));
  }

  /// Whether an entry can begin with it.
  public boolean beginsEntry() {
    return switch (type) {
      case DEFINITIONS, SAMPLES, MIXED, SEALED -> false;
      case TRANSACTION, TICK, RELOAD, DELIVERED, RESTARTED, EXPIRE -> true;
    };
  }

  int payloadAt() {
    return at + Frame.HEADER_BYTES;
  }

  int payloadEnd() {
    return at + length;
  }

  ByteBuffer buffer() {
    return buffer;
  }

  byte[] bytes() {
    return bytes;
  }

  /// Samples in a SAMPLES or MIXED frame.
  public int samples() {
    return switch (type) {
      case SAMPLES -> (length - Frame.HEADER_BYTES) / Frame.SAMPLE_BYTES;
      case MIXED -> mixedSamples();
      default -> 0;
    };
  }

  private int mixedSamples() {
    int samples = 0;
    for (int index = payloadAt(); payloadEnd() - index >= Frame.SAMPLE_BYTES; samples++) {
      int histogramBytes = buffer.getInt(index + Frame.HISTOGRAM_LENGTH_AT);
      if (histogramBytes < 0 || histogramBytes > Frame.BYTES_MAX) {
        return samples;
      }
      index += Frame.SAMPLE_BYTES + histogramBytes;
    }
    return samples;
  }
}
