package dev.tocsin.pipeline.journal.format;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// The layout of a frame, and its writer. The drawing is in the package's description.
public final class Frame {
  public static final int HEADER_BYTES = 32;

  /// Bytes of a frame; a longer payload goes on in the next frame.
  public static final int BYTES_MAX = 65_536;

  static final int PAYLOAD_BYTES_MAX = BYTES_MAX - HEADER_BYTES;

  /// Bytes of a sample in a SAMPLES frame; in a MIXED frame those before a histogram's own.
  static final int SAMPLE_BYTES = 24;

  /// Where a sample of a MIXED frame says how many bytes of a histogram follow it; 0: it is a
  /// float.
  static final int HISTOGRAM_LENGTH_AT = 4;

  /// Bytes of one payload over all its frames (rule texts are the longest); beyond it the entry is
  /// not journalled, and the journal asks for a checkpoint instead.
  public static final int RECORD_BYTES_MAX = 64 << 20;

  /// The entry ends with this frame.
  public static final int COMMIT = 1;

  /// The payload goes on in the next frame.
  public static final int MORE = 2;

  /// Definitions that an earlier segment has, too.
  public static final int REPEATED = 4;

  static final int FLAGS = COMMIT | MORE | REPEATED;

  static final int CRC_AT = 4;
  static final int COVERED_AT = 8;
  static final int TYPE_AT = 8;
  static final int FLAGS_AT = 9;
  static final int RESERVED_AT = 10;
  static final int UNFORCED_AT = 12;
  static final int SEQ_AT = 16;
  static final int NOW_AT = 24;

  private final CRC32C crc = new CRC32C();

  /// Completes the frame whose payload is in place at `at + HEADER_BYTES`. Leaves the buffer's
  /// position and limit cleared.
  ///
  /// @param length of the whole frame in bytes
  /// @param durableSeq the newest seq known durable
  public void complete(
      ByteBuffer into,
      int at,
      int length,
      FrameType type,
      int flags,
      long durableSeq,
      long seq,
      long nowMs) {
    into.putInt(at, length);
    into.put(at + TYPE_AT, (byte) type.code());
    into.put(at + FLAGS_AT, (byte) flags);
    into.putShort(at + RESERVED_AT, (short) 0);
    into.putInt(at + UNFORCED_AT, (int) Math.clamp(seq - durableSeq, 0, 0xffff_ffffL));
    into.putLong(at + SEQ_AT, seq);
    into.putLong(at + NOW_AT, nowMs);
    into.clear().limit(at + length).position(at + COVERED_AT);
    crc.reset();
    crc.update(into);
    into.clear();
    into.putInt(at + CRC_AT, (int) crc.getValue());
  }
}
