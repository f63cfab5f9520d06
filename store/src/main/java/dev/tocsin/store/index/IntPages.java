package dev.tocsin.store.index;

import java.util.Arrays;

/// A list of ints that only grows, in pages, so that growth copies no data. One thread adds; any
/// thread reads an index it learnt of by release and acquire.
final class IntPages {
  private static final int PAGE_BITS = 12;
  private static final int PAGE_MASK = (1 << PAGE_BITS) - 1;

  private static final int[] NO_PAGE = {};

  private volatile int[][] pages = {};
  private int size;

  void add(int number) {
    int page = size >>> PAGE_BITS;
    int[][] now = pages;
    if (page == now.length) {
      now = Arrays.copyOf(now, Math.max(1, page + page / 2 + 1));
      for (int i = page; i < now.length; i++) {
        now[i] = NO_PAGE;
      }
      pages = now;
    }
    if (now[page].length == 0) {
      now[page] = new int[1 << PAGE_BITS];
    }
    now[page][size & PAGE_MASK] = number;
    size++;
  }

  int get(int index) {
    return pages[index >>> PAGE_BITS][index & PAGE_MASK];
  }

  /// Writing thread.
  int size() {
    return size;
  }
}
