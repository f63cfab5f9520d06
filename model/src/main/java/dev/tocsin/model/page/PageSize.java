package dev.tocsin.model.page;

/// How numbers are laid out by index: pages of 64, and blocks of 256 pages. What was given up is
/// given back page by page, so indices may go on ascending for ever: of a block that has nothing
/// left 4 bytes stay. Small pages, since one index that stays keeps all of its page.
public final class PageSize {
  public static final int BITS = 6;
  public static final int SIZE = 1 << BITS;

  /// Of an index within its page.
  public static final int MASK = SIZE - 1;

  private static final int BLOCK_BITS = 8;

  /// Pages of a block.
  public static final int BLOCK_SIZE = 1 << BLOCK_BITS;

  private static final int BLOCK_SHIFT = BITS + BLOCK_BITS;

  private PageSize() {}

  /// The block that an index is in.
  public static int block(int index) {
    return index >>> BLOCK_SHIFT;
  }

  /// The page within its block.
  public static int page(int index) {
    return index >>> BITS & (BLOCK_SIZE - 1);
  }
}
