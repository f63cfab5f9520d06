package dev.tocsin.pipeline.intake;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.limit.Limits;
import dev.tocsin.model.names.LabelTrail;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.model.page.IntPages;
import dev.tocsin.model.tenant.Tenant;

/// Gives every series, that is (tenant, label set), a reference: dense, from 0, never reused. What
/// the series are called is in [SeriesNames], which others may share; here a series has its number
/// there, and the other way round: 8 bytes a series, 16 for its newest sample, and 4 for the series
/// that is expected behind it ([Successors]).
///
/// Any thread finds without a lock; series are added under the sequencer's lock. Who looks while a
/// series is added may miss it, and looks again under the lock.
///
/// Bounded in series and in bytes of names (what a series takes beside its text may go beyond,
/// once). References are not given back yet: a series that ended keeps its place until the next
/// start.
public final class SeriesTable {
  private final int seriesMax;
  private final long namesBytesMax;
  private final SeriesNames names;
  private final LastSamples last = new LastSamples();
  private final Successors successors = new Successors();

  /// By reference: its name + 1; zero where a restored table has a gap.
  private final IntPages nameOfRef = new IntPages();

  /// By name: its reference + 1; zero where it has none.
  private final IntPages refOfName = new IntPages();

  private volatile int size;

  /// With names of its own.
  ///
  /// @param namesBytesMax bytes of all names, see `Limits.SERIES_NAMES_BYTES_MAX`
  /// @param seed random, another one in every process
  public SeriesTable(int seriesMax, long namesBytesMax, long seed) {
    this(seriesMax, namesBytesMax, new SeriesNames(seed));
  }

  /// @param names may be shared; what others put there counts towards its bytes
  public SeriesTable(int seriesMax, long namesBytesMax, SeriesNames names) {
    this.seriesMax = seriesMax;
    this.namesBytesMax = namesBytesMax;
    this.names = names;
  }

  /// A series known from before the start, with its newest sample (`Long.MIN_VALUE`: none). Before
  /// the intake is used; in any order of references.
  ///
  /// @param lastBits of the float, or the histogram's fingerprint
  /// @throws IllegalArgumentException where the reference or the series is there already, or the
  ///   limits are smaller than before
  public void restore(int ref, Tenant tenant, Labels labels, long lastTimeMs, long lastBits) {
    int name = names.find(tenant, labels);
    if (ref < 0
        || ref >= seriesMax
        || (name < 0 && !namesHaveRoomFor(tenant, SeriesKey.of(labels).length))) {
      throw new IllegalArgumentException(
          "series " + ref + " is beyond the limits: " + seriesMax + " series, " + describeNames());
    }
    if (nameOfRef.get(ref) != 0 || (name >= 0 && refOfName.get(name) != 0)) {
      throw new IllegalArgumentException("series " + ref + " is restored twice: " + labels);
    }
    put(ref, tenant, labels);
    last.set(ref, lastTimeMs, lastBits);
  }

  /// References given so far. Any thread.
  public int size() {
    return size;
  }

  public int seriesMax() {
    return seriesMax;
  }

  /// The reference, or -1. Any thread; allocates nothing.
  int find(Tenant tenant, byte[] buffer, int from, int to) {
    int name = names.find(tenant, buffer, from, to);
    return name < 0 ? -1 : refOfName.get(name) - 1;
  }

  /// Where the labels of the series end, see [SeriesNames#endOfMessages]; -1 where others are
  /// there. Any thread.
  int labelsEnd(int ref, byte[] wire, int from, int to, LabelTrail trail) {
    int name = nameOfRef.get(ref) - 1;
    return name < 0 ? -1 : names.endOfMessages(name, wire, from, to, trail);
  }

  /// Whether these are its labels, see [SeriesNames#hasLabels]. Any thread.
  boolean hasLabels(int ref, byte[] bytes, int[] spans, int count) {
    int name = nameOfRef.get(ref) - 1;
    return name >= 0 && names.hasLabels(name, bytes, spans, count);
  }

  /// What came after which series. Any thread.
  Successors successors() {
    return successors;
  }

  /// Whether a new series fits. Under the sequencer's lock.
  boolean hasRoomFor(Tenant tenant, int keyLength) {
    return size < seriesMax && namesHaveRoomFor(tenant, keyLength);
  }

  private boolean namesHaveRoomFor(Tenant tenant, int keyLength) {
    return keyLength <= Limits.SERIES_KEY_BYTES_MAX
        && names.bytes() + keyLength <= namesBytesMax
        && (names.tenantNumber(tenant) >= 0 || names.tenantCount() < Limits.TENANTS_MAX);
  }

  /// Adds a series that is not there, and for which there is room. Under the sequencer's lock.
  int add(Tenant tenant, Labels labels) {
    int ref = size;
    put(ref, tenant, labels);
    last.set(ref, Long.MIN_VALUE, 0);
    return ref;
  }

  /// Under the sequencer's lock.
  LastSamples last() {
    return last;
  }

  private void put(int ref, Tenant tenant, Labels labels) {
    int name = names.number(tenant, labels);
    nameOfRef.set(ref, name + 1);
    size = Math.max(size, ref + 1);
    refOfName.set(name, ref + 1);
  }

  private String describeNames() {
    return names.bytes() + " bytes of names, " + names.tenantCount() + " tenants";
  }
}
