package dev.tocsin.model.page;

/// Which pages still have something alive. An index comes once and goes once; new ones are beyond
/// all before, but for those that a restart brings back. One thread.
public final class LivePages {
  /// Returned where no page may be given back.
  public static final int NONE = -1;

  private final IntPages counts = new IntPages();
  private int next;
  private int live;
  private int pages;

  /// The first index that was never given.
  public int next() {
    return next;
  }

  /// How many are alive.
  public int live() {
    return live;
  }

  /// Indices before this one are taken.
  public void skipTo(int index) {
    next = Math.max(next, index);
  }

  /// The first index, from this one on, in a page with something alive; [#next] where there is
  /// none.
  public int seek(int index) {
    int page = index >>> PageSize.BITS;
    if (index >= next || counts.get(page) > 0) {
      return Math.min(index, next);
    }
    int end = (next - 1) >>> PageSize.BITS;
    do {
      page++;
    } while (page <= end && counts.get(page) == 0);
    return page > end ? next : page << PageSize.BITS;
  }

  /// How many indices there is room for in pages with something alive.
  public int room() {
    return pages << PageSize.BITS;
  }

  /// An index comes. Returns an index of a page that has nothing alive any more and will not have;
  /// or [#NONE].
  public int add(int index) {
    int before = next - 1;
    next = Math.max(next, index + 1);
    live++;
    count(index >>> PageSize.BITS, 1);
    boolean ends = before >= 0 && before >>> PageSize.BITS < (next - 1) >>> PageSize.BITS;
    return ends && counts.get(before >>> PageSize.BITS) == 0 ? before : NONE;
  }

  /// An index goes. Returns it where its page has nothing alive any more and will not have;
  /// otherwise [#NONE].
  public int remove(int index) {
    int page = index >>> PageSize.BITS;
    live--;
    return count(page, -1) == 0 && page < next >>> PageSize.BITS ? index : NONE;
  }

  private int count(int page, int more) {
    int before = counts.get(page);
    int now = before + more;
    counts.set(page, now);
    pages += (now > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
    return now;
  }
}
