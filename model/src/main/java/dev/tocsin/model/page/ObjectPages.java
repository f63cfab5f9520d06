package dev.tocsin.model.page;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Objects by index, in pages of [PageSize#SIZE]; null where none was set. One thread.
@SuppressWarnings("ReferenceEquality") // one array stands for all empty pages
public final class ObjectPages<T> {
  private static final @Nullable Object[] NO_PAGE = new @Nullable Object[PageSize.SIZE];
  private static final @Nullable Object[][] NO_BLOCK = new @Nullable Object[PageSize.BLOCK_SIZE][];

  static {
    Arrays.fill(NO_BLOCK, NO_PAGE);
  }

  private @Nullable Object[][][] blocks = {};

  @SuppressWarnings("unchecked") // only such are set
  public @Nullable T get(int index) {
    int block = PageSize.block(index);
    return block >= blocks.length
        ? null
        : (T) blocks[block][PageSize.page(index)][index & PageSize.MASK];
  }

  public void set(int index, @Nullable T object) {
    int block = PageSize.block(index);
    if (block >= blocks.length || blocks[block] == NO_BLOCK) {
      addBlock(block);
    }
    int at = PageSize.page(index);
    if (blocks[block][at] == NO_PAGE) {
      blocks[block][at] = new @Nullable Object[PageSize.SIZE];
    }
    blocks[block][at][index & PageSize.MASK] = object;
  }

  private void addBlock(int block) {
    int before = blocks.length;
    if (block >= before) {
      blocks = Arrays.copyOf(blocks, block + 1);
      Arrays.fill(blocks, before, blocks.length, NO_BLOCK);
    }
    blocks[block] = NO_BLOCK.clone();
  }

  /// Gives back the page that an index is in: all of it is null.
  public void drop(int index) {
    int block = PageSize.block(index);
    if (block < blocks.length && blocks[block] != NO_BLOCK) {
      blocks[block][PageSize.page(index)] = NO_PAGE;
      if (Arrays.equals(blocks[block], NO_BLOCK)) {
        blocks[block] = NO_BLOCK;
      }
    }
  }
}
