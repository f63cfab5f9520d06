package dev.tocsin.world.real.http.hpack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;

/// Reads the header blocks of one connection, in the order they came: each may refer to those
/// before it. One thread.
public final class HpackDecoder {
  private static final int INDEXED = 0x80;
  private static final int KEPT = 0x40;
  private static final int RESIZE = 0x20;
  private static final int HUFFMAN = 0x80;

  /// A larger number is an error: no length and no index comes near.
  private static final int NUMBER_MAX = 1 << 24;

  /// Takes the headers of a block.
  @FunctionalInterface
  public interface Sink {
    /// Ends the block where there is too much of them.
    void header(String name, String value) throws IOException;
  }

  private final HeaderTable table = new HeaderTable();
  private byte[] block = {};
  private int at;
  private int end;

  /// Reads a whole block. What it throws ends the connection.
  public void read(byte[] bytes, int from, int to, Sink sink) throws IOException {
    block = bytes;
    at = from;
    end = to;
    boolean begun = false;
    while (at < end) {
      int first = block[at];
      if ((first & INDEXED) != 0) {
        int index = number(7);
        sink.header(table.name(index), table.value(index));
        begun = true;
      } else if ((first & KEPT) != 0) {
        literal(6, true, sink);
        begun = true;
      } else if ((first & RESIZE) != 0) {
        if (begun) {
          throw new HpackException("the table is resized within a block");
        }
        table.resize(number(5));
      } else {
        literal(4, false, sink);
        begun = true;
      }
    }
    block = new byte[0];
  }

  private void literal(int bits, boolean keep, Sink sink) throws IOException {
    int index = number(bits);
    String name = index == 0 ? text() : table.name(index);
    String value = text();
    if (keep) {
      table.add(name, value);
    }
    sink.header(name, value);
  }

  /// A number that begins in the last bits of the next byte (RFC 7541 5.1).
  private int number(int bits) throws HpackException {
    int mask = (1 << bits) - 1;
    int number = next() & mask;
    if (number < mask) {
      return number;
    }
    for (int shift = 0; ; shift += 7) {
      int more = next();
      if (shift > 21) {
        throw new HpackException("a number is too large");
      }
      number += (more & 0x7f) << shift;
      if (number > NUMBER_MAX) {
        throw new HpackException("a number is too large");
      }
      if (more >= 0) {
        return number;
      }
    }
  }

  private byte next() throws HpackException {
    if (at == end) {
      throw new HpackException("the headers are cut off");
    }
    return block[at++];
  }

  private String text() throws HpackException {
    boolean packed = at < end && (block[at] & HUFFMAN) != 0;
    int length = number(7);
    if (length > end - at) {
      throw new HpackException("the headers are cut off");
    }
    int from = at;
    at += length;
    if (!packed) {
      return new String(block, from, length, ISO_8859_1);
    }
    byte[] out = new byte[Huffman.decodedMax(length)];
    return new String(out, 0, Huffman.decode(block, from, at, out), ISO_8859_1);
  }
}
