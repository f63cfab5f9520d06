package dev.tocsin.sim.disk;

import java.util.Arrays;

/// Growing bytes.
final class Content {
  private byte[] bytes;
  private int size;

  Content(byte[] initial) {
    bytes = initial.clone();
    size = initial.length;
  }

  int size() {
    return size;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /// What is at that place; fewer bytes at the end.
  byte[] read(long position, int count) {
    int from = (int) Math.min(position, size);
    return Arrays.copyOfRange(bytes, from, Math.min(size, from + count));
  }

  void apply(Change change) {
    switch (change) {
      case Change.Write(int position, byte[] from) -> write(position, from, from.length);
      case Change.Resize(int to) -> resize(to);
    }
  }

  void write(int position, byte[] from, int count) {
    if (position + count > size) {
      resize(position + count);
    }
    System.arraycopy(from, 0, bytes, position, count);
  }

  void writePart(int position, byte[] from, int start, int count) {
    write(position + start, Arrays.copyOfRange(from, start, start + count), count);
  }

  private void resize(int to) {
    if (to > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(to, bytes.length * 2));
    }
    if (to < size) {
      Arrays.fill(bytes, to, size, (byte) 0);
    }
    size = to;
  }
}
