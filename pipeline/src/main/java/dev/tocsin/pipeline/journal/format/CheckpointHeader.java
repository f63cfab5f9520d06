package dev.tocsin.pipeline.journal.format;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// The first 40 bytes of a checkpoint.
///
/// @param seq the newest entry whose effect is in the body
/// @param nowMs its `now`, Unix milliseconds
/// @param length of the body, bytes
/// @param crc CRC-32C over the body, then over seq, nowMs and length
public record CheckpointHeader(long seq, long nowMs, long length, int crc) {
  public static final int BYTES = 40;

  public static final int VERSION = 1;

  /// `TOCSINC` and a line feed.
  private static final long MAGIC = 0x544f_4353_494e_430aL;

  private static final int COVERED_AT = 16;

  /// Of a body whose checksum so far is in `crc`.
  public static CheckpointHeader of(long seq, long nowMs, long length, CRC32C crc) {
    CheckpointHeader unchecked = new CheckpointHeader(seq, nowMs, length, 0);
    return new CheckpointHeader(seq, nowMs, length, unchecked.finish(crc));
  }

  public ByteBuffer encode() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes.putLong(MAGIC).putInt(VERSION).putInt(crc);
    return bytes.putLong(seq).putLong(nowMs).putLong(length).flip();
  }

  /// Reads 40 bytes.
  public static CheckpointHeader decode(byte[] bytes) throws FormatException {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    if (from.getLong() != MAGIC) {
      throw new FormatException("not a checkpoint: the first bytes are not TOCSINC");
    }
    int version = from.getInt();
    if (version != VERSION) {
      throw new FormatException(
          "written by another Tocsin (format " + version + "; this one reads " + VERSION + ")");
    }
    int crc = from.getInt();
    return new CheckpointHeader(from.getLong(), from.getLong(), from.getLong(), crc);
  }

  /// Whether the body with this checksum is the one this header was written for.
  public boolean matches(CRC32C ofBody) {
    return finish(ofBody) == crc;
  }

  private int finish(CRC32C ofBody) {
    ofBody.update(encode().position(COVERED_AT));
    return (int) ofBody.getValue();
  }
}
