package dev.tocsin.pipeline.journal.format;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// The first 32 bytes of a segment.
///
/// @param firstSeq of the first entry that may be in it
/// @param createdMs `now` of that entry, Unix milliseconds
/// @param afterGap entries before it were not journalled; it means something only together with a
///   checkpoint of seq `firstSeq - 1` or later
public record SegmentHeader(long firstSeq, long createdMs, boolean afterGap) {
  public static final int BYTES = 32;

  /// What is written. Up to version 4 there are no EXPIRE frames, up to version 3 scrapes are whole
  /// and rules have no settle times, up to version 2 rules come without settings, in version 1
  /// there are no MIXED frames; all are read too.
  public static final int VERSION = 5;

  /// `TOCSINJ` and a line feed.
  private static final long MAGIC = 0x544f_4353_494e_4a0aL;

  private static final int CRC_AT = 28;

  public ByteBuffer encode() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes.putLong(MAGIC).putShort((short) VERSION).putShort((short) (afterGap ? 1 : 0));
    bytes.putLong(firstSeq).putLong(createdMs);
    bytes.putInt(crc(bytes.array()));
    return bytes.flip();
  }

  /// Reads 32 bytes.
  public static SegmentHeader decode(byte[] bytes) throws FormatException {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    if (from.getLong() != MAGIC) {
      throw new FormatException("not a journal segment: the first bytes are not TOCSINJ");
    }
    int version = from.getShort() & 0xffff;
    int flags = from.getShort();
    SegmentHeader header = new SegmentHeader(from.getLong(), from.getLong(), (flags & 1) != 0);
    if (from.getInt() != crc(bytes)) {
      throw new FormatException("the segment's header is damaged (wrong checksum)");
    }
    if (version > VERSION) {
      throw FormatException.newer(
          "written by a newer Tocsin (format "
              + version
              + "; this one reads up to "
              + VERSION
              + ")");
    }
    if (version == 0 || header.firstSeq < 1) {
      throw new FormatException("the segment's header makes no sense");
    }
    return header;
  }

  private static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, CRC_AT);
    return (int) crc.getValue();
  }
}
