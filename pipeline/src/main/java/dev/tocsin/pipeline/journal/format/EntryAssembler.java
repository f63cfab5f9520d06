package dev.tocsin.pipeline.journal.format;

import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.ring.Entry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns frames into entries again: the reverse of [EntryEncoder]. The slabs of an entry are used
/// again for the next one. One thread.
public final class EntryAssembler {
  /// Samples of one transaction; beyond it the bytes are not a journal of ours. Far above
  /// [dev.tocsin.model.limit.Limits#TRANSACTION_SAMPLES_MAX].
  private static final int SAMPLES_MAX = 1 << 20;

  private final List<Slab> pool = new ArrayList<>();
  private final RecordBuffer record = new RecordBuffer();
  private boolean repeatedToo;

  /// By reference.
  private final Map<Integer, SeriesDefinition> elsewhere = new LinkedHashMap<>();

  private boolean inEntry;
  private boolean inRecord;
  private FrameType recordType = FrameType.TICK;
  private long seq;
  private long nowMs;
  private @Nullable Input whole;

  private Tenant tenant = Tenant.DEFAULT;
  private long receivedNanos;
  private boolean partial;
  private int samplesExpected;
  private int definitionsExpected;
  private int samples;
  private int definitionsOwn;
  private final List<SeriesDefinition> definitions = new ArrayList<>();
  private int slabs;

  /// Whether definitions that an earlier segment holds as well are handed over with the transaction
  /// they came with. Needed where the earlier segment could not be read.
  public void handOverRepeated(boolean on) {
    repeatedToo = on;
  }

  /// These go with the next transaction, before its own: their own one could not be read.
  public void alsoDefine(List<SeriesDefinition> more) {
    more.forEach(one -> elsewhere.putIfAbsent(one.ref(), one));
  }

  /// How many definitions of the transaction completed last are its own: the first ones. Those
  /// behind them are in an earlier segment as well.
  public int ownDefinitions() {
    return definitionsOwn;
  }

  public boolean isInEntry() {
    return inEntry;
  }

  /// Forgets the entry begun.
  public void reset() {
    inEntry = false;
    inRecord = false;
    record.clear();
  }

  /// Takes the next frame of the segment; returns the entry that it completes, or null.
  public @Nullable Entry add(FrameView frame) throws FormatException {
    if (!inEntry) {
      begin(frame);
    } else if (frame.seq() != seq || frame.nowMs() != nowMs) {
      throw new FormatException(
          "entry " + seq + " has no end, and entry " + frame.seq() + " follows");
    }
    boolean ends = frame.has(Frame.COMMIT);
    if (frame.type() == FrameType.SAMPLES) {
      addSamples(frame);
    } else if (frame.type() == FrameType.MIXED) {
      addMixed(frame);
    } else {
      addRecord(frame);
    }
    if (!ends) {
      return null;
    }
    if (inRecord) {
      throw new FormatException("entry " + seq + " ends within a record");
    }
    return complete();
  }

  private void begin(FrameView frame) throws FormatException {
    if (!frame.beginsEntry()) {
      throw new FormatException("an entry that begins with " + frame.type());
    }
    inEntry = true;
    inRecord = false;
    record.clear();
    seq = frame.seq();
    nowMs = frame.nowMs();
    whole = null;
    samplesExpected = -1;
    samples = 0;
    definitionsOwn = 0;
    definitions.clear();
    slabs = 0;
  }

  private void addSamples(FrameView frame) throws FormatException {
    int length = frame.payloadEnd() - frame.payloadAt();
    int count = length / Frame.SAMPLE_BYTES;
    requireSamplesHere(frame);
    if (count * Frame.SAMPLE_BYTES != length || count == 0 || count > Slab.CAPACITY) {
      throw new FormatException("a frame of samples with " + length + " bytes");
    }
    count(count);
    Slab slab = nextSlab();
    var buffer = frame.buffer();
    for (int at = frame.payloadAt(); at < frame.payloadEnd(); at += Frame.SAMPLE_BYTES) {
      int ref = buffer.getInt(at);
      if (ref < 0) {
        throw new FormatException("a negative series reference");
      }
      slab.add(ref, buffer.getLong(at + 8), Double.longBitsToDouble(buffer.getLong(at + 16)));
    }
  }

  private void requireSamplesHere(FrameView frame) throws FormatException {
    if (inRecord || frame.has(Frame.MORE) || samplesExpected < 0) {
      throw new FormatException("samples in the middle of something else");
    }
  }

  private void addMixed(FrameView frame) throws FormatException {
    requireSamplesHere(frame);
    Slab slab = nextSlab();
    int at = frame.payloadAt();
    if (at == frame.payloadEnd()) {
      throw new FormatException("a frame without samples");
    }
    while (at < frame.payloadEnd()) {
      if (slab.isFull()) {
        throw new FormatException("a frame of more than " + Slab.CAPACITY + " samples");
      }
      at = addMixed(frame, at, slab);
    }
    count(slab.count());
  }

  /// Adds the sample at this index; returns the index behind it.
  private static int addMixed(FrameView frame, int at, Slab slab) throws FormatException {
    int left = frame.payloadEnd() - at - Frame.SAMPLE_BYTES;
    ByteBuffer buffer = frame.buffer();
    int size = left < 0 ? 0 : buffer.getInt(at + Frame.HISTOGRAM_LENGTH_AT);
    if (left < 0 || size < 0 || size > left) {
      throw new FormatException("a frame ends within a sample");
    }
    int ref = buffer.getInt(at);
    if (ref < 0) {
      throw new FormatException("a negative series reference");
    }
    long timeMs = buffer.getLong(at + 8);
    if (size == 0) {
      slab.add(ref, timeMs, Double.longBitsToDouble(buffer.getLong(at + 16)));
      return at + Frame.SAMPLE_BYTES;
    }
    int from = at + Frame.SAMPLE_BYTES;
    try {
      slab.addHistogram(ref, timeMs, EncodedHistogram.copyOf(frame.bytes(), from, from + size));
    } catch (IllegalArgumentException e) {
      throw new FormatException("no histogram: " + e.getMessage());
    }
    return from + size;
  }

  private void count(int more) throws FormatException {
    samples += more;
    if (samples > samplesExpected) {
      throw new FormatException("more samples than the " + samplesExpected + " announced");
    }
  }

  private Slab nextSlab() {
    if (slabs == pool.size()) {
      pool.add(new Slab());
    }
    Slab slab = pool.get(slabs++);
    slab.clear();
    return slab;
  }

  private void addRecord(FrameView frame) throws FormatException {
    if (inRecord && frame.type() != recordType) {
      throw new FormatException(recordType + " that goes on as " + frame.type());
    }
    recordType = frame.type();
    boolean more = frame.has(Frame.MORE);
    int length = frame.payloadEnd() - frame.payloadAt();
    if (more || inRecord) {
      try {
        record.put(frame.bytes(), frame.payloadAt(), length);
      } catch (RecordBuffer.TooLarge e) {
        throw new FormatException(e.getMessage() + "");
      }
    }
    if (more) {
      inRecord = true;
      return;
    }
    RecordReader reader =
        inRecord
            ? new RecordReader(record.bytes(), 0, record.size())
            : new RecordReader(frame.bytes(), frame.payloadAt(), frame.payloadEnd());
    read(reader, frame.has(Frame.REPEATED));
    reader.expectEnd();
    inRecord = false;
    record.clear();
  }

  private void read(RecordReader reader, boolean repeated) throws FormatException {
    if (whole != null || (samplesExpected >= 0) != (recordType == FrameType.DEFINITIONS)) {
      throw new FormatException(recordType + " in the middle of an entry");
    }
    switch (recordType) {
      case TRANSACTION -> readTransaction(reader);
      case DEFINITIONS -> readDefinitions(reader, repeated);
      case TICK -> whole = new Input.Tick();
      case RESTARTED -> whole = new Input.Restarted();
      case RELOAD -> whole = new Input.Reload(reader.readRules());
      case DELIVERED -> whole = reader.readDelivered();
      case EXPIRE -> whole = reader.readExpire();
      case SAMPLES, MIXED, SEALED -> throw new FormatException(recordType + " as a record");
    }
  }

  private void readTransaction(RecordReader reader) throws FormatException {
    tenant = reader.readTenant();
    receivedNanos = reader.readLong();
    samplesExpected = reader.readVarint();
    definitionsExpected = reader.readVarint();
    partial = reader.readFlagAtEnd();
    if (samplesExpected > SAMPLES_MAX) {
      throw new FormatException("a transaction of " + samplesExpected + " samples");
    }
  }

  private void readDefinitions(RecordReader reader, boolean repeated) throws FormatException {
    while (!reader.isAtEnd()) {
      SeriesDefinition definition = reader.readDefinition();
      definitionsOwn += repeated ? 0 : 1;
      if (!repeated || repeatedToo) {
        definitions.add(definition);
      }
    }
  }

  private List<SeriesDefinition> allDefinitions() {
    if (elsewhere.isEmpty()) {
      return List.copyOf(definitions);
    }
    List<SeriesDefinition> all = new ArrayList<>(elsewhere.values());
    all.addAll(definitions);
    elsewhere.clear();
    return all;
  }

  private Entry complete() throws FormatException {
    inEntry = false;
    Input input = whole;
    if (input == null) {
      if (samples != samplesExpected || definitionsOwn != definitionsExpected) {
        throw new FormatException(
            "a transaction of %s samples and %s definitions; announced: %s and %s"
                .formatted(samples, definitionsOwn, samplesExpected, definitionsExpected));
      }
      input =
          new Input.Transaction(
              tenant,
              receivedNanos,
              partial,
              allDefinitions(),
              List.copyOf(pool.subList(0, slabs)));
    }
    return new Entry(seq, nowMs, input);
  }
}
