package dev.tocsin.pipeline.journal;

import dev.tocsin.pipeline.ring.Entry;
import dev.tocsin.pipeline.ring.EntryReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The ring's side of a journal: a queue, and what the journal is done with.
final class QueueReader implements EntryReader {
  final ArrayDeque<Entry> queue = new ArrayDeque<>();
  final List<Long> done = new ArrayList<>();

  @Override
  public @Nullable Entry poll() {
    return queue.poll();
  }

  @Override
  public void done(Entry entry) {
    done.add(entry.seq());
  }
}
