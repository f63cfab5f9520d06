package dev.tocsin.model.page;

import java.util.Arrays;

/// Longs by index, in pages of [PageSize#SIZE]; the same number wherever none was set. One thread.
@SuppressWarnings("ReferenceEquality") // one array stands for all empty pages
public final class LongPages {
  private final long absent;
  private final long[] noPage;
  private final long[][] noBlock = new long[PageSize.BLOCK_SIZE][];
  private long[][][] blocks = {};

  /// Zero where none was set.
  public LongPages() {
    this(0);
  }

  /// @param absent what is where none was set
  public LongPages(long absent) {
    this.absent = absent;
    this.noPage = new long[PageSize.SIZE];
    Arrays.fill(noPage, absent);
    Arrays.fill(noBlock, noPage);
  }

  public long get(int index) {
    int block = PageSize.block(index);
    return block >= blocks.length
        ? absent
        : blocks[block][PageSize.page(index)][index & PageSize.MASK];
  }

  /// The page that an index is in, by index and [PageSize#MASK]. Where it holds only what is where
  /// none was set it may stand for many: it is not to be written to then.
  public long[] page(int index) {
    int block = PageSize.block(index);
    return block >= blocks.length ? noPage : blocks[block][PageSize.page(index)];
  }

  public void set(int index, long number) {
    int block = PageSize.block(index);
    if (block >= blocks.length || blocks[block] == noBlock) {
      addBlock(block);
    }
    int at = PageSize.page(index);
    if (blocks[block][at] == noPage) {
      blocks[block][at] = noPage.clone();
    }
    blocks[block][at][index & PageSize.MASK] = number;
  }

  private void addBlock(int block) {
    int before = blocks.length;
    if (block >= before) {
      blocks = Arrays.copyOf(blocks, block + 1);
      Arrays.fill(blocks, before, blocks.length, noBlock);
    }
    blocks[block] = noBlock.clone();
  }

  /// Gives back the page that an index is in: none is set in it.
  public void drop(int index) {
    int block = PageSize.block(index);
    if (block < blocks.length && blocks[block] != noBlock) {
      blocks[block][PageSize.page(index)] = noPage;
      if (Arrays.equals(blocks[block], noBlock)) {
        blocks[block] = noBlock;
      }
    }
  }

  /// What is set now; later changes of either do not touch the other. The thread that sets.
  public LongPages copy() {
    LongPages copy = new LongPages(absent);
    copy.blocks = blocks.clone();
    for (int i = 0; i < blocks.length; i++) {
      copy.blocks[i] = blocks[i] == noBlock ? copy.noBlock : copy(blocks[i], copy);
    }
    return copy;
  }

  private long[][] copy(long[][] block, LongPages into) {
    long[][] pages = block.clone();
    for (int i = 0; i < pages.length; i++) {
      pages[i] = pages[i] == noPage ? into.noPage : pages[i].clone();
    }
    return pages;
  }
}
