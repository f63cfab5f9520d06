package dev.tocsin.pipeline.intake;

import dev.tocsin.model.page.PageSize;
import java.util.Arrays;

/// Which series came after which one in a request: senders repeat their series in the same order,
/// so each tells what to expect behind it. 4 bytes a series. A guess: whoever uses it looks at what
/// really came, and any thread may overwrite what another one noted.
@SuppressWarnings("ReferenceEquality") // one array stands for all empty pages
final class Successors {
  private static final int[] NO_PAGE = new int[PageSize.SIZE];
  private static final int[][] NO_BLOCK = new int[PageSize.BLOCK_SIZE][];

  static {
    Arrays.fill(NO_BLOCK, NO_PAGE);
  }

  /// References + 1; zero is none.
  private volatile int[][][] blocks = {};

  /// The reference noted behind this one, or -1.
  int get(int ref) {
    int[][][] now = blocks;
    int block = PageSize.block(ref);
    return block >= now.length ? -1 : now[block][PageSize.page(ref)][ref & PageSize.MASK] - 1;
  }

  void set(int ref, int next) {
    if (get(ref) != next) {
      page(ref)[ref & PageSize.MASK] = next + 1;
    }
  }

  private int[] page(int ref) {
    int[][][] now = blocks;
    int block = PageSize.block(ref);
    int[] page = block >= now.length ? NO_PAGE : now[block][PageSize.page(ref)];
    return page == NO_PAGE ? addPage(ref) : page;
  }

  private synchronized int[] addPage(int ref) {
    int[][][] now = blocks;
    int block = PageSize.block(ref);
    int before = now.length;
    if (block >= before) {
      now = Arrays.copyOf(now, block + 1);
      Arrays.fill(now, before, now.length, NO_BLOCK);
    }
    if (now[block] == NO_BLOCK) {
      now[block] = NO_BLOCK.clone();
    }
    int page = PageSize.page(ref);
    if (now[block][page] == NO_PAGE) {
      now[block][page] = new int[PageSize.SIZE];
    }
    blocks = now;
    return now[block][page];
  }

  /// Of a page of references that nobody will ask for. Who notes something there all the same takes
  /// a page of memory, once.
  synchronized void drop(int ref) {
    int[][][] now = blocks;
    int block = PageSize.block(ref);
    if (block < now.length && now[block] != NO_BLOCK) {
      now[block][PageSize.page(ref)] = NO_PAGE;
      if (Arrays.equals(now[block], NO_BLOCK)) {
        now[block] = NO_BLOCK;
      }
    }
  }
}
