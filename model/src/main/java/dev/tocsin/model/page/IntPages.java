package dev.tocsin.model.page;

import java.lang.invoke.VarHandle;
import java.util.Arrays;

/// Ints by index, in pages of [PageSize#SIZE]; zero where none was set. One thread sets; any thread
/// reads, and whoever sees an element sees what was written before it was set. With fences rather
/// than the accessors of a [VarHandle]: C1 compiles those to calls.
@SuppressWarnings("ReferenceEquality") // one array stands for all empty pages
public final class IntPages {
  private static final int[] NO_PAGE = new int[PageSize.SIZE];
  private static final int[][] NO_BLOCK = new int[PageSize.BLOCK_SIZE][];

  static {
    Arrays.fill(NO_BLOCK, NO_PAGE);
  }

  private volatile int[][][] blocks = {};

  /// Zero where none was set.
  public int get(int index) {
    int[][][] now = blocks;
    int block = PageSize.block(index);
    if (block >= now.length) {
      return 0;
    }
    int number = now[block][PageSize.page(index)][index & PageSize.MASK];
    VarHandle.acquireFence();
    return number;
  }

  public void set(int index, int number) {
    int[] page = page(index);
    VarHandle.releaseFence();
    page[index & PageSize.MASK] = number;
  }

  private int[] page(int index) {
    int block = PageSize.block(index);
    int[][][] now = blocks;
    if (block >= now.length || now[block] == NO_BLOCK) {
      now = withBlock(now, block);
    }
    int at = PageSize.page(index);
    if (now[block][at] == NO_PAGE) {
      now[block][at] = new int[PageSize.SIZE];
    }
    return now[block][at];
  }

  private int[][][] withBlock(int[][][] now, int block) {
    int[][][] more = Arrays.copyOf(now, Math.max(now.length, block + 1));
    Arrays.fill(more, now.length, more.length, NO_BLOCK);
    more[block] = NO_BLOCK.clone();
    blocks = more;
    return more;
  }

  /// Gives back the page that an index is in: all of it is zero. The thread that sets.
  public void drop(int index) {
    int[][][] now = blocks;
    int block = PageSize.block(index);
    if (block < now.length && now[block] != NO_BLOCK) {
      now[block][PageSize.page(index)] = NO_PAGE;
      if (Arrays.equals(now[block], NO_BLOCK)) {
        now[block] = NO_BLOCK;
      }
    }
  }

  /// What is set now; later changes of either do not touch the other. The thread that sets.
  public IntPages copy() {
    int[][][] copies = blocks.clone();
    for (int i = 0; i < copies.length; i++) {
      copies[i] = copies[i] == NO_BLOCK ? NO_BLOCK : copy(copies[i]);
    }
    IntPages copy = new IntPages();
    copy.blocks = copies;
    return copy;
  }

  private static int[][] copy(int[][] block) {
    int[][] pages = block.clone();
    for (int i = 0; i < pages.length; i++) {
      pages[i] = pages[i] == NO_PAGE ? NO_PAGE : pages[i].clone();
    }
    return pages;
  }
}
