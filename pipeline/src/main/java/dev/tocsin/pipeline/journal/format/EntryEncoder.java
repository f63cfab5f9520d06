package dev.tocsin.pipeline.journal.format;

import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.input.Input;
import dev.tocsin.pipeline.ring.Entry;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Turns entries into frames, one frame a step, so that an entry of any size passes through a space
/// of any size. Allocates nothing per sample. One thread.
public final class EntryEncoder {
  /// Definitions are gathered up to about this many bytes, then written.
  private static final int GATHERED_BYTES = 32 << 10;

  private final FrameSpace space;
  private final ReferenceTable table;
  private final LongSupplier durableSeq;
  private final Frame frame = new Frame();

  private @Nullable Entry entry;
  private @Nullable String unencodable;
  private boolean begun;
  private int nextDefinition;
  private int nextSlab;
  private int slabsEnd;

  /// Of the slab with histograms that is being written.
  private int nextSample;

  /// A payload on its way out, in one frame or more.
  private final RecordBuffer record = new RecordBuffer();

  private FrameType recordType = FrameType.TICK;
  private int recordFlags;
  private int recordSent;
  private boolean recordPending;

  private long bytes;
  private long samples;
  private long undefined;

  public EntryEncoder(FrameSpace space, ReferenceTable table, LongSupplier durableSeq) {
    this.space = space;
    this.table = table;
    this.durableSeq = durableSeq;
  }

  public void begin(Entry next) {
    entry = next;
    unencodable = null;
    begun = false;
    nextDefinition = 0;
    nextSlab = 0;
    nextSample = 0;
    slabsEnd = next.input() instanceof Input.Transaction it ? endOfSlabs(it.slabs()) : 0;
  }

  /// Writes the next frame. False where the space has no room for it; call again later.
  public boolean step() {
    Entry current = entry;
    if (current == null) {
      return false;
    }
    if (unencodable == null && !recordPending && !isAtSamples(current)) {
      try {
        fill(current);
      } catch (RecordBuffer.TooLarge e) {
        unencodable = "entry " + current.seq() + ": " + e.getMessage();
        record.clear();
      }
    }
    if (unencodable != null) {
      if (!space.publishUnencodable(current.seq(), unencodable)) {
        return false;
      }
      entry = null;
      return true;
    }
    return recordPending ? writeChunk(current) : writeSlab(current);
  }

  /// Whether an entry is begun and not all written.
  public boolean isBusy() {
    return entry != null;
  }

  /// Bytes of frames written so far.
  public long bytes() {
    return bytes;
  }

  /// Samples written so far.
  public long samples() {
    return samples;
  }

  /// References used without a definition, once per segment each: a fault of the sequencer, or of
  /// who restored the table.
  public long undefinedReferences() {
    return undefined;
  }

  private static int endOfSlabs(List<Slab> slabs) {
    int end = slabs.size();
    while (end > 0 && slabs.get(end - 1).count() == 0) {
      end--;
    }
    return end;
  }

  /// Whether the next frame holds samples; gathers definitions that must come first.
  private boolean isAtSamples(Entry current) {
    if (!begun
        || !(current.input() instanceof Input.Transaction it)
        || nextDefinition < it.definitions().size()) {
      return false;
    }
    while (it.slabs().get(nextSlab).count() == 0) {
      nextSlab++;
    }
    return allDefined(it.slabs().get(nextSlab));
  }

  private boolean allDefined(Slab slab) {
    for (int i = 0; i < slab.count(); i++) {
      if (!table.isDefined(slab.refs[i])) {
        return false;
      }
    }
    return true;
  }

  private void fill(Entry current) throws RecordBuffer.TooLarge {
    record.clear();
    switch (current.input()) {
      case Input.Transaction it when !begun -> {
        record.putTransaction(it, it.sampleCount());
        boolean ends = slabsEnd == 0 && it.definitions().isEmpty();
        pend(FrameType.TRANSACTION, ends ? Frame.COMMIT : 0);
      }
      case Input.Transaction it when nextDefinition < it.definitions().size() ->
          fillDefinitions(it.definitions());
      case Input.Transaction it -> fillRepeated(it.slabs().get(nextSlab));
      case Input.Tick() -> pend(FrameType.TICK, Frame.COMMIT);
      case Input.Restarted() -> pend(FrameType.RESTARTED, Frame.COMMIT);
      case Input.Reload(var rules) -> {
        record.putRules(rules);
        pend(FrameType.RELOAD, Frame.COMMIT);
      }
      case Input.Delivered it -> {
        record.putDelivered(it);
        pend(FrameType.DELIVERED, Frame.COMMIT);
      }
      case Input.Expire it -> {
        record.putExpire(it);
        it.refs().forEach(table::forget);
        pend(FrameType.EXPIRE, Frame.COMMIT);
      }
    }
    begun = true;
  }

  private void fillDefinitions(List<SeriesDefinition> definitions) throws RecordBuffer.TooLarge {
    while (nextDefinition < definitions.size() && record.size() < GATHERED_BYTES) {
      SeriesDefinition definition = definitions.get(nextDefinition++);
      record.putDefinition(definition);
      table.define(definition);
    }
    boolean ends = slabsEnd == 0 && nextDefinition == definitions.size();
    pend(FrameType.DEFINITIONS, ends ? Frame.COMMIT : 0);
  }

  /// Defines again what this segment does not define yet. An unknown reference is counted and
  /// written as it is: the engine decides what to do with it.
  private void fillRepeated(Slab slab) throws RecordBuffer.TooLarge {
    for (int i = 0; i < slab.count() && record.size() < GATHERED_BYTES; i++) {
      int ref = slab.refs[i];
      if (table.isDefined(ref)) {
        continue;
      }
      if (!table.put(ref, record)) {
        undefined++;
      }
      table.mark(ref);
    }
    if (record.size() > 0) {
      pend(FrameType.DEFINITIONS, Frame.REPEATED);
    }
  }

  private void pend(FrameType type, int flags) {
    recordType = type;
    recordFlags = flags;
    recordSent = 0;
    recordPending = true;
  }

  private boolean writeChunk(Entry current) {
    int rest = record.size() - recordSent;
    int chunk = Math.min(rest, Frame.PAYLOAD_BYTES_MAX);
    int at = space.claim(Frame.HEADER_BYTES + chunk);
    if (at < 0) {
      return false;
    }
    space.bytes().put(at + Frame.HEADER_BYTES, record.bytes(), recordSent, chunk);
    boolean whole = chunk == rest;
    int flags = whole ? recordFlags : (recordFlags & ~Frame.COMMIT) | Frame.MORE;
    recordSent += chunk;
    recordPending = !whole;
    write(current, at, Frame.HEADER_BYTES + chunk, recordType, flags);
    return true;
  }

  private boolean writeSlab(Entry current) {
    Slab slab = ((Input.Transaction) current.input()).slabs().get(nextSlab);
    @Nullable EncodedHistogram[] histograms = slab.histograms();
    return histograms == null ? writeSamples(current, slab) : writeMixed(current, slab, histograms);
  }

  private boolean writeSamples(Entry current, Slab slab) {
    int length = Frame.HEADER_BYTES + slab.count() * Frame.SAMPLE_BYTES;
    int at = space.claim(length);
    if (at < 0) {
      return false;
    }
    ByteBuffer into = space.bytes();
    int to = at + Frame.HEADER_BYTES;
    for (int i = 0; i < slab.count(); i++, to += Frame.SAMPLE_BYTES) {
      into.putLong(to, (long) slab.refs[i] << 32);
      into.putLong(to + 8, slab.timesMs[i]);
      into.putLong(to + 16, Double.doubleToRawLongBits(slab.values[i]));
    }
    samples += slab.count();
    nextSlab++;
    write(current, at, length, FrameType.SAMPLES, nextSlab == slabsEnd ? Frame.COMMIT : 0);
    return true;
  }

  /// As many samples as fit into a frame.
  private boolean writeMixed(Entry current, Slab slab, @Nullable EncodedHistogram[] histograms) {
    int end = nextSample;
    int length = Frame.HEADER_BYTES;
    while (end < slab.count()) {
      EncodedHistogram histogram = histograms[end];
      int next = Frame.SAMPLE_BYTES + (histogram == null ? 0 : histogram.size());
      if (length + next > Frame.BYTES_MAX) {
        break;
      }
      length += next;
      end++;
    }
    int at = space.claim(length);
    if (at < 0) {
      return false;
    }
    ByteBuffer into = space.bytes();
    int to = at + Frame.HEADER_BYTES;
    for (int i = nextSample; i < end; i++) {
      EncodedHistogram histogram = histograms[i];
      int size = histogram == null ? 0 : histogram.size();
      into.putInt(to, slab.refs[i]);
      into.putInt(to + Frame.HISTOGRAM_LENGTH_AT, size);
      into.putLong(to + 8, slab.timesMs[i]);
      into.putLong(to + 16, Double.doubleToRawLongBits(slab.values[i]));
      to += Frame.SAMPLE_BYTES;
      if (histogram != null) {
        into.put(to, histogram.bytes(), 0, size);
        to += size;
      }
    }
    samples += end - nextSample;
    nextSample = end;
    if (end == slab.count()) {
      nextSample = 0;
      nextSlab++;
    }
    write(current, at, length, FrameType.MIXED, nextSlab == slabsEnd ? Frame.COMMIT : 0);
    return true;
  }

  private void write(Entry current, int at, int length, FrameType type, int flags) {
    long durable = durableSeq.getAsLong();
    frame.complete(space.bytes(), at, length, type, flags, durable, current.seq(), current.nowMs());
    bytes += length;
    boolean ends = (flags & Frame.COMMIT) != 0;
    if (ends) {
      entry = null;
    }
    space.publish(at, length, current.seq(), ends);
  }
}
