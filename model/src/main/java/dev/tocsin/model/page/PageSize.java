package dev.tocsin.model.page;

/// How numbers are laid out by index: pages of 256, and blocks of 256 pages. What was given up is
/// given back page by page, so indices may go on ascending for ever: of a block that has nothing
/// left 4 bytes stay.
public final class PageSize {
  public static final int BITS = 8;
  public static final int SIZE = 1 << BITS;
  static final int MASK = SIZE - 1;
  static final int BLOCK_SHIFT = 2 * BITS;

  private PageSize() {}
}
