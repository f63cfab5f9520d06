package dev.tocsin.store;

import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.store.checkpoint.FrameReader;
import dev.tocsin.store.chunk.ChunkLog;
import dev.tocsin.store.index.SeriesIndex;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The memory of all series. One thread (the engine's) calls [#intern], [#append], [#lend],
/// [#freeze] and [#writeTo]; everything else may be called by any thread meanwhile, takes no lock,
/// and sees what was written slightly later or at once, never half.
///
/// Ids ascend from 0 in order of creation and are never given twice; a method that takes an id
/// throws [IndexOutOfBoundsException] where there was never such a series. One that was removed has
/// no samples; it may still be among the ids and labels that another thread just got.
///
/// Memory, measured: a series takes about 45 bytes and its raw window: with the usual limit of 12
/// MiB 2 KiB up to 6144 series, 1 KiB up to 12,288, and so on down to 128 bytes beyond 49,152
/// series. All windows together are at most about that limit up to 98,304 series. Its name, which
/// others may share, takes 30 to 90 bytes more with ten labels ([SeriesNames]). So 10,000 series
/// take about 13 MB, 50,000 about 16 MB, 100,000 about 26 MB. Compressed samples, 1 to 3 bytes each
/// for ordinary series with large windows and about four times that with small ones, take up to
/// [StoreLimits#historyBytesMax] more.
public final class Store {
  static final int MAGIC = 0x54534d31; // "TSM1"

  /// Of floats only; what is written while there is nothing else.
  static final int VERSION_OF_FLOATS = 1;

  /// With native histograms; what is written while no series was removed.
  static final int VERSION_MIXED = 2;

  /// Of which series were removed.
  static final int VERSION = 3;

  private final StoreLimits limits;
  private final SeriesIndex index;
  private final SampleMemory memory;
  private final AtomicLong seriesRefused = new AtomicLong();

  /// With a fixed hash seed: for whoever controls the label sets.
  public Store(StoreLimits limits) {
    this(limits, 0);
  }

  /// The seed protects the hash table from label sets chosen to collide; it should be random where
  /// those come from outside. No result depends on it.
  public Store(StoreLimits limits, long hashSeed) {
    this(limits, new SeriesNames(hashSeed));
  }

  /// With names that others share: the text of a label is in memory once for all of them.
  public Store(StoreLimits limits, SeriesNames names) {
    this(limits, names, new ChunkLog(limits.historyBytesMax()));
  }

  Store(StoreLimits limits, SeriesNames names, ChunkLog log) {
    this.limits = limits;
    this.index = new SeriesIndex(names);
    this.memory = new SampleMemory(log, limits.windowBytesMax());
  }

  /// The id of the series, new if need be; -1 where there are `seriesMax` series already. Writing
  /// thread.
  public int intern(Tenant tenant, Labels labels) {
    int known = index.find(tenant, labels);
    if (known >= 0) {
      return known;
    }
    if (index.live() >= limits.seriesMax() || index.count() == Integer.MAX_VALUE) {
      seriesRefused.setRelease(seriesRefused.getPlain() + 1);
      return -1;
    }
    memory.addSeries(index.count());
    return index.create(tenant, labels);
  }

  /// Forgets a series and its samples: when it comes again it is a new one. Its name, and its place
  /// among the series of its labels, go with [#renew]. Writing thread.
  public void remove(int id) {
    if (index.isThere(checked(id))) {
      index.remove(id);
      memory.remove(id);
    }
  }

  /// After series were removed: gives back what has become empty. Writing thread.
  public void tidy() {
    memory.tidy();
  }

  /// Goes on with leaving the names of removed series behind: a piece of work at a time, to be
  /// asked for again and again. Returns whether there is more. Writing thread.
  ///
  /// @param most series looked at
  public boolean renew(int most) {
    return index.renew(most);
  }

  /// The ids of all series that are there, ascending; a copy. Writing thread.
  public int[] allIds() {
    return index.allIds();
  }

  /// Whether the series is there, not removed.
  public boolean isThere(int id) {
    return index.isThere(id);
  }

  /// The id of the series, or -1.
  public int find(Tenant tenant, Labels labels) {
    return index.find(tenant, labels);
  }

  /// False where the time is not newer than the last of the series: counted, nothing changed.
  /// Writing thread; allocates nothing but, from time to time, a block of history, and what
  /// [#freeze] says.
  public boolean append(int id, long timeMs, double value) {
    return memory.append(checked(id), timeMs, value);
  }

  /// The same with a native histogram. It is written into the history at once, and is gone when
  /// that has no room for it any more, even where it is the newest of its series.
  ///
  /// @throws IllegalArgumentException where it is larger than `Limits.HISTOGRAM_BYTES_MAX`
  public boolean appendHistogram(int id, long timeMs, FloatHistogram histogram) {
    return appendHistogram(id, timeMs, EncodedHistogram.of(histogram));
  }

  public boolean appendHistogram(int id, long timeMs, EncodedHistogram histogram) {
    return memory.append(checked(id), timeMs, histogram);
  }

  /// Series that are there.
  public int seriesCount() {
    return index.live();
  }

  /// The id that the next series gets: all are below.
  public int idsEnd() {
    return index.count();
  }

  /// Whether the series has native histograms, or had them. Writing thread.
  public boolean hasHistograms(int id) {
    return memory.isMixed(id);
  }

  /// Often the same object for the same id, but not always.
  public Labels labels(int id) {
    return index.labels(checked(id));
  }

  public Tenant tenant(int id) {
    return index.tenant(checked(id));
  }

  /// Unix milliseconds of the last sample; `Long.MIN_VALUE` where there is none.
  public long lastTimeMs(int id) {
    return memory.lastTimeMs(checked(id));
  }

  /// Of a native histogram the sum; NaN where there is none.
  public double lastValue(int id) {
    return memory.lastValue(checked(id));
  }

  /// What tells the last sample from another one of the same time: the bits of the float, or the
  /// fingerprint of the histogram ([EncodedHistogram#fingerprint()]).
  public long lastBits(int id) {
    return memory.lastBits(checked(id));
  }

  /// The series that have this label, ascending; a copy. An empty value is no label: no series.
  public int[] ids(Tenant tenant, String labelName, String labelValue) {
    return index.ids(tenant, labelName, labelValue);
  }

  /// All series of the tenant, ascending; a copy.
  public int[] ids(Tenant tenant) {
    return index.ids(tenant);
  }

  /// Sorted.
  public List<String> labelNames(Tenant tenant) {
    return index.labelNames(tenant);
  }

  /// Sorted.
  public List<String> labelValues(Tenant tenant, String labelName) {
    return index.labelValues(tenant, labelName);
  }

  /// The samples with times in `[minMs, maxMs]`, as far back as there are any; a copy that never
  /// changes.
  public Samples read(int id, long minMs, long maxMs) {
    return memory.read(checked(id), minMs, maxMs, Long.MAX_VALUE);
  }

  /// The same, where native histograms may take no more memory than that; null where they would.
  public @Nullable Samples read(int id, long minMs, long maxMs, long histogramBytesMax) {
    Samples samples = memory.read(checked(id), minMs, maxMs, histogramBytesMax);
    return samples.histogramBytes() < 0 ? null : samples;
  }

  /// Whether there may be samples with times in `[minMs, maxMs]`. Of sealed history only the first
  /// and the last time of each chunk are looked at, so a gap within a chunk is not seen; of the
  /// newest samples every one is.
  public boolean mayHaveSamples(int id, long minMs, long maxMs) {
    return memory.mayHave(checked(id), minMs, maxMs);
  }

  /// As [#read], for the writing thread alone: where the newest samples suffice it lends the
  /// store's own arrays, valid until the next [#append] to any series.
  public Samples lend(int id, long minMs, long maxMs) {
    return memory.lend(checked(id), minMs, maxMs);
  }

  private int checked(int id) {
    return Objects.checkIndex(id, index.count());
  }

  public StoreStats stats() {
    ChunkLog log = memory.log();
    return new StoreStats(
        index.live(),
        seriesRefused.getAcquire(),
        memory.appended(),
        memory.notNewer(),
        memory.held(),
        log.usedBytes(),
        log.blocksDropped());
  }

  /// The store as it is, to be written by another thread while this one goes on: copies 8 bytes a
  /// series. Only one at a time, until it is closed; while there is one, [#append] allocates when
  /// it moves samples that are not written yet. Writing thread.
  ///
  /// @throws IllegalStateException where there is one
  public FrozenStore freeze() {
    FrozenMemory frozen = memory.freeze();
    return new FrozenStore(
        index.freeze(), frozen, seriesRefused.getPlain(), () -> memory.release(frozen));
  }

  /// What [#freeze] would write, at once. Writing thread.
  public void writeTo(DataOutput out) throws IOException {
    try (FrozenStore now = freeze()) {
      now.writeTo(out);
    }
  }

  /// What [#writeTo] wrote; reads not a byte more. Series beyond `seriesMax` are kept, because
  /// others may know their ids; history beyond `historyBytesMax` is dropped. Input that is not what
  /// was written is an [IOException] that says where.
  public static Store readFrom(DataInput in, StoreLimits limits) throws IOException {
    return readFrom(in, new Store(limits));
  }

  /// With names that others share.
  public static Store readFrom(DataInput in, StoreLimits limits, SeriesNames names)
      throws IOException {
    return readFrom(in, new Store(limits, names));
  }

  static Store readFrom(DataInput in, Store store) throws IOException {
    int version = readHeader(in);
    FrameReader frames = new FrameReader(in);
    store.seriesRefused.setPlain(frames.varint(Long.MAX_VALUE, "series refused"));
    boolean sparse = version == VERSION;
    boolean mixed =
        sparse ? frames.varint(1, "whether there are histograms") == 1 : version == VERSION_MIXED;
    long removed = sparse ? frames.varint(Long.MAX_VALUE, "samples removed") : 0;
    store.index.readFrom(frames, sparse);
    store.memory.readFrom(frames, store.index.allIds(), mixed, removed);
    frames.finish();
    return store;
  }

  private static int readHeader(DataInput in) throws IOException {
    int magic;
    int version;
    try {
      magic = in.readInt();
      version = in.readInt();
    } catch (EOFException e) {
      throw new IOException("checkpoint of the store: cut off at its head", e);
    }
    if (magic != MAGIC) {
      throw new IOException("no checkpoint of the store: it starts otherwise");
    }
    if (version < VERSION_OF_FLOATS || version > VERSION) {
      throw new IOException(
          "checkpoint of the store: version %s, only %s to %s can be read"
              .formatted(version, VERSION_OF_FLOATS, VERSION));
    }
    return version;
  }
}
