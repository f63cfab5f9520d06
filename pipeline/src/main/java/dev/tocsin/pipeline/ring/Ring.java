package dev.tocsin.pipeline.ring;

import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.input.Input;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What was sequenced, until both the engine and the journal are past it. Bounded in samples
/// (counted in slabs, which it owns), in bytes of native histograms and in entries.
///
/// Places are claimed before they are needed: a source claims all its slabs, the bytes of its
/// histograms and one entry in one step, or nothing, so that a commit never has to wait. Some
/// entries only ticks may take: a journal that hangs on its disk keeps everything, and time must go
/// on for the engine.
///
/// One short lock guards places and slabs; readers poll without it. Written under the sequencer's
/// lock, so one thread at a time publishes.
public final class Ring {
  private static final Slab[] NONE = {};

  private final ReentrantLock lock = new ReentrantLock();
  private final RingSize size;
  private final @Nullable Entry[] slots;
  private final Slab[] free;
  private final Reader engine;
  private final Reader journal;

  /// The newest input in the ring. Volatile: whoever sees it sees the entry's slot and its slabs.
  private volatile long published;

  /// The newest input that both readers are past.
  private long released;

  private int freeCount;
  private int made;
  private int claimedEntries;

  /// Of native histograms: claimed, or in the ring.
  private int histogramBytes;

  /// @param lastSeq the newest input known from before the start; the first here follows it
  /// @param enginePast told of every input the engine is past
  public Ring(RingSize size, long lastSeq, EnginePast enginePast) {
    this.size = size;
    this.slots = new @Nullable Entry[size.entries()];
    this.free = new Slab[size.slabs()];
    this.published = lastSeq;
    this.released = lastSeq;
    this.engine = new Reader(lastSeq, enginePast);
    this.journal = new Reader(lastSeq, (_, _) -> {});
  }

  public RingSize size() {
    return size;
  }

  public EntryReader engine() {
    return engine;
  }

  public EntryReader journal() {
    return journal;
  }

  /// The newest input in the ring.
  public long lastSeq() {
    return published;
  }

  /// Whom to wake when something was published: [#wakeReaders] runs both.
  public void wakeEngineBy(Runnable wake) {
    engine.wake = wake;
  }

  public void wakeJournalBy(Runnable wake) {
    journal.wake = wake;
  }

  /// Wakes both readers. After publishing, without a lock.
  public void wakeReaders() {
    engine.wake.run();
    journal.wake.run();
  }

  /// Slabs that are claimed or in the ring.
  public int slabsInUse() {
    lock.lock();
    try {
      return made - freeCount;
    } finally {
      lock.unlock();
    }
  }

  /// Entries that are claimed or in the ring.
  public int entriesInUse() {
    lock.lock();
    try {
      return entries();
    } finally {
      lock.unlock();
    }
  }

  /// Bytes of native histograms that are claimed or in the ring.
  public int histogramBytesInUse() {
    lock.lock();
    try {
      return histogramBytes;
    } finally {
      lock.unlock();
    }
  }

  /// How full it is, from 0 to 1: of slabs, of histograms or of entries, whichever is most.
  public double fill() {
    lock.lock();
    try {
      double bySlabs = (double) (made - freeCount) / size.slabs();
      double byEntries = (double) entries() / (size.entries() - size.forTicks());
      double byHistograms = (double) histogramBytes / size.histogramBytes();
      return Math.min(1, Math.max(Math.max(bySlabs, byHistograms), byEntries));
    } finally {
      lock.unlock();
    }
  }

  /// Claims empty slabs and one entry, or, where there are not that many, nothing: null.
  public Slab @Nullable [] claim(int slabs) {
    return claim(slabs, 0);
  }

  /// The same, with bytes for native histograms.
  public Slab @Nullable [] claim(int slabs, int bytes) {
    lock.lock();
    try {
      int left = size.slabs() - (made - freeCount);
      boolean room = left >= slabs && size.histogramBytes() - histogramBytes >= bytes;
      if (!room || !hasPlace(false)) {
        return null;
      }
      claimedEntries++;
      histogramBytes += bytes;
      if (slabs == 0) {
        return NONE;
      }
      Slab[] claimed = new Slab[slabs];
      for (int i = 0; i < slabs; i++) {
        claimed[i] = freeCount > 0 ? free[--freeCount] : newSlab();
      }
      return claimed;
    } finally {
      lock.unlock();
    }
  }

  /// Claims one entry for an input without samples, or says that there is none left.
  public boolean claimEntry(Input input) {
    lock.lock();
    try {
      boolean place = hasPlace(input instanceof Input.Tick);
      if (place) {
        claimedEntries++;
      }
      return place;
    } finally {
      lock.unlock();
    }
  }

  /// Gives a claimed entry back.
  public void unclaimEntry() {
    lock.lock();
    try {
      claimedEntries--;
    } finally {
      lock.unlock();
    }
  }

  /// Gives claimed bytes back. What is in published slabs comes back with them.
  public void unclaimBytes(int bytes) {
    if (bytes == 0) {
      return;
    }
    lock.lock();
    try {
      histogramBytes -= bytes;
    } finally {
      lock.unlock();
    }
  }

  /// Gives claimed slabs back, from this index on.
  public void unclaim(Slab[] slabs, int from) {
    lock.lock();
    try {
      for (int i = from; i < slabs.length; i++) {
        giveBack(slabs[i]);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Puts the next entry in the place that was claimed for it. One thread at a time.
  public void publish(Entry entry) {
    lock.lock();
    try {
      if (entry.seq() != published + 1 || claimedEntries == 0) {
        throw new IllegalStateException(
            "input " + entry.seq() + " after " + published + ", " + claimedEntries + " claimed");
      }
      claimedEntries--;
      slots[slot(entry.seq())] = entry;
      published = entry.seq();
    } finally {
      lock.unlock();
    }
  }

  private boolean hasPlace(boolean tick) {
    int limit = tick ? size.entries() : size.entries() - size.forTicks();
    return entries() < limit;
  }

  private int entries() {
    return (int) (published - released) + claimedEntries;
  }

  private Slab newSlab() {
    made++;
    return new Slab();
  }

  private void giveBack(Slab slab) {
    slab.clear();
    free[freeCount++] = slab;
  }

  private int slot(long seq) {
    return (int) seq & (slots.length - 1);
  }

  private void release() {
    lock.lock();
    try {
      long both = Math.min(engine.past, journal.past);
      while (released < both) {
        int slot = slot(++released);
        Entry entry = slots[slot];
        slots[slot] = null;
        if (entry != null && entry.input() instanceof Input.Transaction transaction) {
          giveBackAll(transaction.slabs());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void giveBackAll(List<Slab> slabs) {
    for (int i = 0; i < slabs.size(); i++) {
      histogramBytes -= slabs.get(i).histogramBytes();
      giveBack(slabs.get(i));
    }
  }

  /// A cursor of its own.
  private final class Reader implements EntryReader {
    private final EnginePast onPast;
    private long polled;

    /// Written by the reader's thread, read by both.
    private volatile long past;

    private volatile Runnable wake = () -> {};

    Reader(long lastSeq, EnginePast onPast) {
      this.polled = lastSeq;
      this.past = lastSeq;
      this.onPast = onPast;
    }

    @Override
    public @Nullable Entry poll() {
      if (polled == published) {
        return null;
      }
      polled++;
      return slots[slot(polled)];
    }

    @Override
    public void done(Entry entry) {
      if (entry.seq() != past + 1 || entry.seq() > polled) {
        throw new IllegalStateException(
            "done with input " + entry.seq() + " after " + past + ", polled " + polled);
      }
      // What the reader had, counted before its slabs are used again.
      int samples = entry.input() instanceof Input.Transaction it ? it.sampleCount() : 0;
      past = entry.seq();
      release();
      onPast.past(entry.seq(), samples);
    }
  }
}
