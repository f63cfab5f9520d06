package dev.tocsin.store.chunk;

import java.util.Arrays;

/// The blocks that are there, oldest first; `first` is the number of the oldest. Immutable.
record Blocks(long first, Block[] blocks) {
  /// With one more, and without the oldest `dropped`.
  Blocks with(Block added, int dropped) {
    int kept = blocks.length - dropped;
    Block[] next = Arrays.copyOfRange(blocks, dropped, blocks.length + 1);
    next[kept] = added;
    return new Blocks(first + dropped, next);
  }

  boolean has(long number) {
    return number >= first && number - first < blocks.length;
  }

  Block get(long number) {
    return blocks[(int) (number - first)];
  }

  /// The number of the newest.
  long last() {
    return first + blocks.length - 1;
  }
}
