package dev.tocsin.deliver.otlp;

import dev.tocsin.deliver.send.SampleFormat.Unwritten;
import java.nio.charset.StandardCharsets;

/// What an answer says of points that were rejected: `ExportMetricsServiceResponse{1:
/// ExportMetricsPartialSuccess{1: int64 rejected points, 2: text}}`. An answer that says something
/// else says nothing of them.
final class PartialSuccess {
  private static final int MESSAGE = 1 << 3 | 2;
  private static final int REJECTED = 1 << 3;
  private static final int TEXT = 2 << 3 | 2;

  private final byte[] bytes;
  private int at;

  private PartialSuccess(byte[] bytes) {
    this.bytes = bytes;
  }

  /// @param content the beginning of the answer's body
  static Unwritten read(byte[] content) {
    return new PartialSuccess(content).read();
  }

  private Unwritten read() {
    long rejected = 0;
    String text = "";
    if (varint() != MESSAGE || varint() < 0) {
      return Unwritten.NONE;
    }
    while (at < bytes.length) {
      long tag = varint();
      long number = varint();
      if (tag == REJECTED) {
        rejected = number;
      } else if (tag == TEXT && number >= 0) {
        // The end may be missing: only the beginning of the answer is kept.
        int to = (int) Math.min(bytes.length, at + number);
        text = new String(bytes, at, to - at, StandardCharsets.UTF_8);
        at = to;
      } else {
        break;
      }
    }
    if (rejected <= 0) {
      return Unwritten.NONE;
    }
    String reason = text.replaceAll("\\p{Cntrl}+", " ");
    return new Unwritten(
        (int) Math.min(Integer.MAX_VALUE, rejected),
        reason.isEmpty() ? "the receiver rejected points" : reason);
  }

  /// -1 where there is none.
  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64 && at < bytes.length; shift += 7) {
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    return -1;
  }
}
