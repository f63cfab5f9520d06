package dev.tocsin.engine;

import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// Bytes in memory, in pieces, so that growing copies none. One thread writes, then another may read.
final class StateBuffer extends OutputStream {
  private static final int PIECE_BYTES = 1 << 15;

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

  /// What is written to it comes into this buffer.
  DataOutput data() {
    return new DataOutputStream(this);
  }

  void writeTo(DataOutput out) throws IOException {
    for (byte[] one : full) {
      out.write(one);
    }
    out.write(piece, 0, at);
  }
}
