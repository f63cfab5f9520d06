package dev.tocsin.store.checkpoint;

import java.io.DataInput;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.CRC32C;

/// Reads what [FrameWriter] wrote. No byte is looked at before its frame's checksum is right, and
/// nothing is allocated by a length that was read: memory grows with the bytes that are there.
/// Every error is an [IOException] that names the frame. Not thread-safe.
public final class FrameReader {
  /// The longest text, in chars; beyond it the input is refused.
  private static final int TEXT_CHARS_MAX = 1 << 20;

  private final DataInput in;
  private final byte[] frame = new byte[FrameWriter.FRAME_BYTES_MAX];
  private final CRC32C crc = new CRC32C();
  private final StringBuilder text = new StringBuilder();
  private int at;
  private int length;
  private long frames;

  public FrameReader(DataInput in) {
    this.in = in;
  }

  /// A number from 0 to `max`; `what` it is, for the message.
  public long varint(long max, String what) throws IOException {
    long number = anyVarint();
    if (number < 0 || number > max) {
      throw corrupt(what + " is " + number + ", at most " + max + " expected");
    }
    return number;
  }

  /// Any long.
  public long anyVarint() throws IOException {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = oneByte();
      number |= (next & 0x7fL) << shift;
      if (next < 0x80) {
        return number;
      }
    }
    throw corrupt("a number has more than 10 bytes");
  }

  /// Refuses every number but this.
  public void exactly(long expected, String what) throws IOException {
    long number = anyVarint();
    if (number != expected) {
      throw corrupt(what + " is " + number + ", " + expected + " expected");
    }
  }

  public String text() throws IOException {
    int chars = (int) varint(TEXT_CHARS_MAX, "length of a text");
    text.setLength(0);
    for (int i = 0; i < chars; i++) {
      text.append((char) varint(Character.MAX_VALUE, "a char"));
    }
    return text.toString();
  }

  public void bytes(byte[] target, int from, int to) throws IOException {
    int next = from;
    while (next < to) {
      if (at == length) {
        fill();
      }
      int some = Math.min(to - next, length - at);
      System.arraycopy(frame, at, target, next, some);
      at += some;
      next += some;
    }
  }

  private int oneByte() throws IOException {
    if (at == length) {
      fill();
    }
    return frame[at++] & 0xff;
  }

  private void fill() throws IOException {
    if (nextFrame() == 0) {
      throw corrupt("it ends where more is expected");
    }
  }

  private int nextFrame() throws IOException {
    frames++;
    try {
      int size = in.readInt();
      if (size < 0 || size > frame.length) {
        throw corrupt("a length of " + size + " bytes, at most " + frame.length + " expected");
      }
      if (size > 0) {
        int expected = in.readInt();
        in.readFully(frame, 0, size);
        crc.reset();
        crc.update(frame, 0, size);
        if ((int) crc.getValue() != expected) {
          throw corrupt("the checksum is wrong");
        }
      }
      at = 0;
      length = size;
      return size;
    } catch (EOFException e) {
      throw new IOException("checkpoint of the store, frame " + frames + ": cut off", e);
    }
  }

  /// Expects the end of the stream; what follows it in the input is untouched.
  public void finish() throws IOException {
    if (at != length || nextFrame() != 0) {
      throw corrupt("more than expected");
    }
  }

  /// For whoever finds what cannot be.
  public IOException corrupt(String why) {
    return new IOException("checkpoint of the store, frame " + frames + ": " + why);
  }
}
