package dev.tocsin.model.page;

import java.lang.invoke.VarHandle;
import java.util.Arrays;

/// Ints by index, in pages of 1024; zero where none was set. One thread sets; any thread reads, and
/// whoever sees an element sees what was written before it was set. With fences rather than the
/// accessors of a [VarHandle]: C1 compiles those to calls.
public final class IntPages {
  private static final int PAGE_BITS = 10;
  private static final int PAGE_MASK = (1 << PAGE_BITS) - 1;
  private static final int[] NO_PAGE = {};

  private volatile int[][] pages = {};

  /// Zero where none was set.
  public int get(int index) {
    int[][] now = pages;
    int page = index >>> PAGE_BITS;
    if (page >= now.length || now[page].length == 0) {
      return 0;
    }
    int number = now[page][index & PAGE_MASK];
    VarHandle.acquireFence();
    return number;
  }

  public void set(int index, int number) {
    int page = index >>> PAGE_BITS;
    int[][] now = pages;
    if (page >= now.length) {
      int before = now.length;
      now = Arrays.copyOf(now, page + before / 2 + 1);
      Arrays.fill(now, before, now.length, NO_PAGE);
      pages = now;
    }
    if (now[page].length == 0) {
      now[page] = new int[1 << PAGE_BITS];
    }
    VarHandle.releaseFence();
    now[page][index & PAGE_MASK] = number;
  }

  /// What is set now; later changes of either do not touch the other. The thread that sets.
  public IntPages copy() {
    int[][] copies = pages.clone();
    for (int i = 0; i < copies.length; i++) {
      copies[i] = copies[i].length == 0 ? NO_PAGE : copies[i].clone();
    }
    IntPages copy = new IntPages();
    copy.pages = copies;
    return copy;
  }
}
