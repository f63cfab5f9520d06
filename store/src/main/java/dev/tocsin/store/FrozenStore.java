package dev.tocsin.store;

import dev.tocsin.store.checkpoint.FrameWriter;
import dev.tocsin.store.index.FrozenIndex;
import java.io.DataOutput;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/// A store as it was when [Store#freeze] was called, to be written by any one thread while the
/// writing thread goes on.
///
/// Memory, until it is closed: 8 bytes a series; blocks of history that the store drops meanwhile;
/// and of windows that are moved before they are written their bytes as in the checkpoint, at most
/// about 20 for a sample and mostly 4 to 10.
public final class FrozenStore implements AutoCloseable {
  private final FrozenIndex index;
  private final FrozenMemory memory;
  private final long seriesRefused;
  private final Runnable release;
  private final AtomicBoolean isWritten = new AtomicBoolean();

  FrozenStore(FrozenIndex index, FrozenMemory memory, long seriesRefused, Runnable release) {
    this.index = index;
    this.memory = memory;
    this.seriesRefused = seriesRefused;
    this.release = release;
  }

  /// Everything: a magic number and the version (4 bytes each), then frames. Once, by any thread.
  ///
  /// @throws IllegalStateException where it was called before
  public void writeTo(DataOutput out) throws IOException {
    if (isWritten.getAndSet(true)) {
      throw new IllegalStateException("a frozen store is written once");
    }
    out.writeInt(Store.MAGIC);
    boolean sparse = index.isSparse();
    out.writeInt(
        sparse ? Store.VERSION : memory.isMixed() ? Store.VERSION_MIXED : Store.VERSION_OF_FLOATS);
    FrameWriter frames = new FrameWriter(out);
    frames.varint(seriesRefused);
    if (sparse) {
      frames.varint(memory.isMixed() ? 1 : 0);
      frames.varint(memory.removed());
    }
    index.writeTo(frames);
    memory.writeTo(frames, index::isThere);
    frames.finish();
  }

  /// The store need not keep anything for this one any more. Any thread.
  @Override
  public void close() {
    release.run();
  }
}
