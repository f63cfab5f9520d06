package dev.tocsin.store.checkpoint;

import java.io.DataOutput;
import java.io.IOException;
import java.util.zip.CRC32C;

/// Writes a stream of numbers, texts and bytes as frames: length (4 bytes), CRC-32C of what follows
/// (4 bytes), up to [#FRAME_BYTES_MAX] bytes. A frame of length 0 ends the stream. What is written
/// may lie across frames. Not thread-safe.
public final class FrameWriter {
  /// The most bytes of a frame.
  public static final int FRAME_BYTES_MAX = 1 << 16;

  private final DataOutput out;
  private final byte[] frame = new byte[FRAME_BYTES_MAX];
  private final CRC32C crc = new CRC32C();
  private int at;

  public FrameWriter(DataOutput out) {
    this.out = out;
  }

  /// Any long, in 1 to 10 bytes, seven bits each, the lowest first; a negative one takes 10.
  public void varint(long number) throws IOException {
    long rest = number;
    while ((rest & ~0x7fL) != 0) {
      oneByte((int) rest | 0x80);
      rest >>>= 7;
    }
    oneByte((int) rest);
  }

  /// Every char as a number: exact for every string, one byte for ASCII.
  public void text(String text) throws IOException {
    varint(text.length());
    for (int i = 0; i < text.length(); i++) {
      varint(text.charAt(i));
    }
  }

  /// The bytes alone, without their length.
  public void bytes(byte[] source, int from, int to) throws IOException {
    int next = from;
    while (next < to) {
      if (at == frame.length) {
        flush();
      }
      int some = Math.min(to - next, frame.length - at);
      System.arraycopy(source, next, frame, at, some);
      at += some;
      next += some;
    }
  }

  private void oneByte(int value) throws IOException {
    if (at == frame.length) {
      flush();
    }
    frame[at++] = (byte) value;
  }

  private void flush() throws IOException {
    crc.reset();
    crc.update(frame, 0, at);
    out.writeInt(at);
    out.writeInt((int) crc.getValue());
    out.write(frame, 0, at);
    at = 0;
  }

  /// Writes what is left and the end. Nothing may follow.
  public void finish() throws IOException {
    if (at > 0) {
      flush();
    }
    out.writeInt(0);
  }
}
