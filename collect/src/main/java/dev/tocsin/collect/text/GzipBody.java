package dev.tocsin.collect.text;

import dev.tocsin.collect.series.ByteBudget;
import dev.tocsin.collect.series.WriteResult;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// A gzip body (RFC 1952), decompressed within its limit and within the budget of all bodies. Any
/// number of members; nothing may follow the last. One thread; closed when the text is done with.
final class GzipBody implements AutoCloseable {
  private static final int HEADER_BYTES = 10;
  private static final int TRAILER_BYTES = 8;
  private static final int DEFLATE = 8;

  private static final int HEADER_CHECKED = 2;
  private static final int EXTRA = 4;
  private static final int NAMED = 8;
  private static final int COMMENTED = 16;
  private static final int RESERVED = 0xe0;

  /// One byte says at most so many.
  private static final long RATIO_MAX = 1032;

  /// What one byte says of a text, about.
  private static final long GUESS = 4;

  private final ByteBudget budget;
  private final long takenBefore;
  private final int bytesMax;
  private final CRC32 check = new CRC32();
  private byte[] packed = new byte[0];
  private int at;
  private byte[] bytes = new byte[0];
  private int length;
  private long held;

  /// @param taken of the budget for the body as it came
  /// @param bytesMax decompressed; beyond it it is too large
  GzipBody(ByteBudget budget, long taken, int bytesMax) {
    this.budget = budget;
    this.takenBefore = taken;
    this.bytesMax = bytesMax;
  }

  /// Decompresses all of it: null where that went well.
  @Nullable WriteResult read(byte[] body) {
    packed = body;
    if (!grow(expected() + 1)) {
      return WriteResult.crowded();
    }
    Inflater inflater = new Inflater(true);
    try {
      do {
        WriteResult refusal = member(inflater);
        if (refusal != null) {
          return refusal;
        }
      } while (at < packed.length);
      return null;
    } catch (DataFormatException e) {
      return broken(String.valueOf(e.getMessage()));
    } finally {
      inflater.end();
    }
  }

  /// What the last member says of itself, where that can be. Only a guess: there may be others
  /// before it, and what stands there may be no size at all.
  private int expected() {
    int from = packed.length - 4;
    long size = from < 0 ? 0 : int32(from) & 0xffff_ffffL;
    boolean isPossible = size <= bytesMax && size <= RATIO_MAX * packed.length;
    return (int) (isPossible ? size : Math.min(GUESS * packed.length, bytesMax));
  }

  private @Nullable WriteResult member(Inflater inflater) throws DataFormatException {
    if (!header()) {
      return broken("no header of a member at offset " + at);
    }
    int start = length;
    inflater.reset();
    inflater.setInput(packed, at, packed.length - at);
    while (!inflater.finished()) {
      int more = inflater.inflate(bytes, length, bytes.length - length);
      length += more;
      // There is room for a byte more than expected, so that what comes beyond is seen.
      if (length > bytesMax) {
        return tooLarge();
      }
      if (length == bytes.length && !grow((int) Math.min(2L * length, bytesMax + 1L))) {
        return WriteResult.crowded();
      }
      if (more == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
        return broken("a member is cut off");
      }
    }
    at = packed.length - inflater.getRemaining();
    return trailer(start);
  }

  private @Nullable WriteResult trailer(int start) {
    if (packed.length - at < TRAILER_BYTES) {
      return broken("a member is cut off");
    }
    check.reset();
    check.update(bytes, start, length - start);
    if ((int) check.getValue() != int32(at) || length - start != int32(at + 4)) {
      return broken("a member's checksum or length is wrong");
    }
    at += TRAILER_BYTES;
    return null;
  }

  /// Moves behind a member's header, if one is here.
  private boolean header() {
    int from = at;
    if (packed.length - from < HEADER_BYTES
        || packed[from] != 0x1f
        || (packed[from + 1] & 0xff) != 0x8b
        || packed[from + 2] != DEFLATE) {
      return false;
    }
    int flags = packed[from + 3];
    long behind = (long) from + HEADER_BYTES;
    if ((flags & EXTRA) != 0) {
      if (packed.length - behind < 2) {
        return false;
      }
      int i = (int) behind;
      behind += 2L + ((packed[i] & 0xff) | ((packed[i + 1] & 0xff) << 8));
    }
    behind = (flags & NAMED) == 0 ? behind : behindZero(behind);
    behind = (flags & COMMENTED) == 0 ? behind : behindZero(behind);
    behind += (flags & HEADER_CHECKED) == 0 ? 0 : 2;
    if ((flags & RESERVED) != 0 || behind > packed.length) {
      return false;
    }
    at = (int) behind;
    return true;
  }

  /// Beyond the end where there is no zero.
  private long behindZero(long from) {
    long i = from;
    while (i < packed.length && packed[(int) i] != 0) {
      i++;
    }
    return i + 1;
  }

  /// Four bytes, the lowest first.
  private int int32(int i) {
    return (packed[i] & 0xff)
        | ((packed[i + 1] & 0xff) << 8)
        | ((packed[i + 2] & 0xff) << 16)
        | ((packed[i + 3] & 0xff) << 24);
  }

  private boolean grow(int wanted) {
    if (!budget.take(wanted, takenBefore + held)) {
      return false;
    }
    long before = bytes.length;
    held += wanted;
    bytes = Arrays.copyOf(bytes, wanted);
    budget.give(before);
    held -= before;
    return true;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  private WriteResult tooLarge() {
    return new WriteResult.TooLarge("the decompressed body is larger than " + bytesMax + " bytes");
  }

  private static WriteResult broken(String why) {
    return new WriteResult.Malformed("gzip: " + why);
  }

  @Override
  public void close() {
    budget.give(held);
    held = 0;
  }
}
