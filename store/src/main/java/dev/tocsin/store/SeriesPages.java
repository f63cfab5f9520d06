package dev.tocsin.store;

import dev.tocsin.model.page.PageSize;
import java.util.Arrays;

/// The pages of all series, by id; in blocks of 256 pages, so that ids may go on ascending. One
/// thread changes; any thread reads.
@SuppressWarnings("ReferenceEquality") // one array stands for all empty pages
final class SeriesPages {
  private static final SeriesPage[] NO_BLOCK = new SeriesPage[PageSize.BLOCK_SIZE];

  static {
    Arrays.fill(NO_BLOCK, SeriesPage.GONE);
  }

  private volatile SeriesPage[][] blocks = {};

  SeriesPage of(int id) {
    SeriesPage[][] now = blocks;
    int block = PageSize.block(id);
    return block < now.length ? now[block][PageSize.page(id)] : SeriesPage.GONE;
  }

  /// Makes the page of a new series, before anyone learns of it.
  void open(int id) {
    SeriesPage[][] now = blocks;
    int block = PageSize.block(id);
    if (block >= now.length) {
      int before = now.length;
      now = Arrays.copyOf(now, block + 1);
      Arrays.fill(now, before, now.length, NO_BLOCK);
    }
    if (now[block] == NO_BLOCK) {
      now[block] = NO_BLOCK.clone();
    }
    int page = PageSize.page(id);
    if (now[block][page] == SeriesPage.GONE) {
      now[block][page] = new SeriesPage();
      blocks = now; // publishes the page
    }
  }

  /// All series of the page of this id are gone.
  void close(int id) {
    SeriesPage[][] now = blocks;
    int block = PageSize.block(id);
    if (now[block] != NO_BLOCK) {
      now[block][PageSize.page(id)] = SeriesPage.GONE;
      if (Arrays.equals(now[block], NO_BLOCK)) {
        now[block] = NO_BLOCK;
      }
    }
  }

  /// Of ids before this one, by number of the page.
  FrozenPage[] freeze(int series) {
    FrozenPage[] copies = new FrozenPage[(series + PageSize.SIZE - 1) >>> PageSize.BITS];
    for (int i = 0; i < copies.length; i++) {
      SeriesPage page = of(i << PageSize.BITS);
      copies[i] = page == SeriesPage.GONE ? FrozenPage.GONE : page.freeze();
    }
    return copies;
  }
}
