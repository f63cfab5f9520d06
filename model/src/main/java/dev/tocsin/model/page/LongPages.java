package dev.tocsin.model.page;

import java.util.Arrays;

/// Longs by index, in pages of 1024; zero where none was set. One thread.
public final class LongPages {
  private static final int PAGE_BITS = 10;
  private static final int PAGE_MASK = (1 << PAGE_BITS) - 1;
  private static final long[] NO_PAGE = {};

  private long[][] pages = {};

  /// Zero where none was set.
  public long get(int index) {
    int page = index >>> PAGE_BITS;
    return page >= pages.length || pages[page].length == 0 ? 0 : pages[page][index & PAGE_MASK];
  }

  public void set(int index, long number) {
    int page = index >>> PAGE_BITS;
    if (page >= pages.length) {
      int before = pages.length;
      pages = Arrays.copyOf(pages, page + before / 2 + 1);
      Arrays.fill(pages, before, pages.length, NO_PAGE);
    }
    if (pages[page].length == 0) {
      pages[page] = new long[1 << PAGE_BITS];
    }
    pages[page][index & PAGE_MASK] = number;
  }

  /// What is set now; later changes of either do not touch the other. The thread that sets.
  public LongPages copy() {
    long[][] copies = pages.clone();
    for (int i = 0; i < copies.length; i++) {
      copies[i] = copies[i].length == 0 ? NO_PAGE : copies[i].clone();
    }
    LongPages copy = new LongPages();
    copy.pages = copies;
    return copy;
  }
}
