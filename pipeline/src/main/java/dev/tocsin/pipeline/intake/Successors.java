package dev.tocsin.pipeline.intake;

import java.util.Arrays;

/// Which series came after which one in a request: senders repeat their series in the same order,
/// so each tells what to expect behind it. 4 bytes a series. A guess: whoever uses it looks at what
/// really came, and any thread may overwrite what another one noted.
final class Successors {
  private static final int PAGE_BITS = 10;
  private static final int PAGE_MASK = (1 << PAGE_BITS) - 1;
  private static final int[] NO_PAGE = {};

  /// References + 1; zero is none.
  private volatile int[][] pages = {};

  /// The reference noted behind this one, or -1.
  int get(int ref) {
    int[][] now = pages;
    int page = ref >>> PAGE_BITS;
    return page >= now.length || now[page].length == 0 ? -1 : now[page][ref & PAGE_MASK] - 1;
  }

  void set(int ref, int next) {
    if (get(ref) != next) {
      page(ref >>> PAGE_BITS)[ref & PAGE_MASK] = next + 1;
    }
  }

  private int[] page(int page) {
    int[][] now = pages;
    return page < now.length && now[page].length > 0 ? now[page] : addPage(page);
  }

  private synchronized int[] addPage(int page) {
    int[][] now = pages;
    int before = now.length;
    if (page >= before) {
      now = Arrays.copyOf(now, page + before / 2 + 1);
      Arrays.fill(now, before, now.length, NO_PAGE);
    }
    if (now[page].length == 0) {
      now[page] = new int[1 << PAGE_BITS];
    }
    pages = now;
    return now[page];
  }
}
