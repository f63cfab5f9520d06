package dev.tocsin.pipeline.journal.cursor;

import dev.tocsin.pipeline.journal.format.FormatException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// Where a reader has got to: the entries it has still to read, as ranges that do not overlap, in
/// order; the last has no end.
///
/// ```
/// position: 16 bytes and 16 for each range; big-endian
///   0  magic    8  "TOCSINS\n"
///   8  version  2  1
///  10  ranges   2
///  12  crc32c   4  over bytes 0 to 11, then over those from 16 on
///  16  from     8  the first entry of the range
///  24  to       8  the first entry behind it; 2^63 - 1 of the last range
/// ```
public record CursorPosition(List<Range> ranges) {
  /// Ranges of one position; who would need more joins some, and so reads some entries again.
  public static final int RANGES_MAX = 16;

  static final int BYTES_MAX = 16 + 16 * RANGES_MAX;

  private static final int VERSION = 1;

  /// `TOCSINS` and a line feed.
  private static final long MAGIC = 0x544f_4353_494e_530aL;

  private static final int CRC_AT = 12;
  private static final int HEADER_BYTES = 16;

  /// @param to the first entry behind it; `Long.MAX_VALUE`: it has no end
  public record Range(long from, long to) {}

  public CursorPosition {
    ranges = List.copyOf(ranges);
    if (ranges.isEmpty() || ranges.size() > RANGES_MAX || !isInOrder(ranges)) {
      throw new IllegalArgumentException("no ranges to be read: " + ranges);
    }
  }

  private static boolean isInOrder(List<Range> ranges) {
    long before = 1;
    for (Range range : ranges) {
      if (range.from < before || range.to < range.from) {
        return false;
      }
      before = range.to;
    }
    return before == Long.MAX_VALUE;
  }

  /// All from this entry on.
  public static CursorPosition from(long seq) {
    return new CursorPosition(List.of(new Range(seq, Long.MAX_VALUE)));
  }

  /// The first entry that is still to be read.
  public long oldest() {
    return ranges.getFirst().from;
  }

  byte[] encode() {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + 16 * ranges.size());
    bytes.putLong(MAGIC).putShort((short) VERSION).putShort((short) ranges.size()).putInt(0);
    for (Range range : ranges) {
      bytes.putLong(range.from).putLong(range.to);
    }
    bytes.putInt(CRC_AT, crc(bytes.array()));
    return bytes.array();
  }

  static CursorPosition decode(byte[] bytes) throws FormatException {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    if (bytes.length < HEADER_BYTES || from.getLong() != MAGIC) {
      throw new FormatException("not a position: the first bytes are not TOCSINS");
    }
    int version = from.getShort() & 0xffff;
    int count = from.getShort() & 0xffff;
    if (from.getInt() != crc(bytes)) {
      throw new FormatException("it is damaged (wrong checksum)");
    }
    if (version != VERSION) {
      throw new FormatException(
          "written by another Tocsin (format " + version + "; this one reads " + VERSION + ")");
    }
    if (bytes.length != HEADER_BYTES + 16 * count) {
      throw new FormatException("its length is not the one it was written with");
    }
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ranges.add(new Range(from.getLong(), from.getLong()));
    }
    try {
      return new CursorPosition(ranges);
    } catch (IllegalArgumentException e) {
      throw new FormatException(e.getMessage() + "");
    }
  }

  private static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, CRC_AT);
    crc.update(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
    return (int) crc.getValue();
  }
}
