package dev.tocsin.pipeline.ring;

import org.jspecify.annotations.Nullable;

/// One reader's view of the ring: entries in the order of their sequence. One thread.
public interface EntryReader {
  /// The next entry, or null where there is none now.
  @Nullable Entry poll();

  /// The reader keeps nothing of the entry any more: its slabs may be used again once every reader
  /// said so. Called once per entry, in order.
  void done(Entry entry);
}
