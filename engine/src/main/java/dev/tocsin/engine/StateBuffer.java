package dev.tocsin.engine;

import dev.tocsin.rules.state.StateWriter;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// State on its way to a checkpoint: bytes in memory, in pieces, so that growing copies none, and
/// in between what does not change and is made bytes when it is written on. One thread writes, then
/// another may read.
final class StateBuffer extends OutputStream {
  private static final int PIECE_BYTES = 1 << 15;

  /// @param at how many bytes come before it
  private record Later(long at, StateWriter.Part part) {}

  private final List<Later> parts = new ArrayList<>();
  private final List<byte[]> full = new ArrayList<>();
  private byte[] piece = new byte[PIECE_BYTES];
  private int at;

  @Override
  public void write(int value) {
    makeRoom();
    piece[at++] = (byte) value;
  }

  @Override
  public void write(byte[] from, int start, int count) {
    int next = start;
    int rest = count;
    while (rest > 0) {
      makeRoom();
      int part = Math.min(rest, PIECE_BYTES - at);
      System.arraycopy(from, next, piece, at, part);
      at += part;
      next += part;
      rest -= part;
    }
  }

  private void makeRoom() {
    if (at == PIECE_BYTES) {
      full.add(piece);
      piece = new byte[PIECE_BYTES];
      at = 0;
    }
  }

  /// What it writes comes into this buffer, or is kept until the buffer is written on.
  StateWriter writer() {
    return new StateWriter(
        new DataOutputStream(this), part -> parts.add(new Later(length(), part)));
  }

  private long length() {
    return (long) full.size() * PIECE_BYTES + at;
  }

  void writeTo(DataOutput out) throws IOException {
    StateWriter writer = new StateWriter(out);
    long written = 0;
    for (Later later : parts) {
      copy(written, later.at, out);
      later.part.write(writer);
      written = later.at;
    }
    copy(written, length(), out);
  }

  private void copy(long from, long to, DataOutput out) throws IOException {
    long next = from;
    while (next < to) {
      int number = (int) (next / PIECE_BYTES);
      int start = (int) (next % PIECE_BYTES);
      int count = (int) Math.min(PIECE_BYTES - start, to - next);
      out.write(number < full.size() ? full.get(number) : piece, start, count);
      next += count;
    }
  }
}
