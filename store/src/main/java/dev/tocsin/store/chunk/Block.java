package dev.tocsin.store.chunk;

/// A piece of the log. Bytes below `usedBytes` never change; the writer alone uses the counters.
final class Block {
  final byte[] bytes;
  int usedBytes;
  int samples;

  Block(int sizeBytes) {
    bytes = new byte[sizeBytes + BitWriter.SLACK_BYTES];
  }
}
