package dev.tocsin.pipeline.intake;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.limit.Limits;
import dev.tocsin.model.names.LabelTrail;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.model.page.IntPages;
import dev.tocsin.model.page.LivePages;
import dev.tocsin.model.page.PageSize;
import dev.tocsin.model.tenant.Tenant;

/// Gives every series, that is (tenant, label set), a reference: ascending from 0, never given
/// twice. What the series are called is in [SeriesNames], which others may share; here a series has
/// its number there, and the other way round: 8 bytes a series, 16 for its newest sample, and 4 for
/// the series that is expected behind it ([Successors]).
///
/// Any thread finds without a lock; series are added and forgotten under the sequencer's lock. Who
/// looks while a series is added may miss it, and looks again under the lock; who found one that is
/// forgotten meanwhile learns of it when its samples are offered.
///
/// Bounded in series, in pages of references that have a series left, and in bytes of names (what a
/// series takes beside its text may go beyond, once). The place of a series that is forgotten is
/// given back with its page of references, its text when the names are renewed ([#renew]).
@SuppressWarnings("ReferenceEquality") // whether another naming is being made
public final class SeriesTable {
  /// References that pages may hold which have a series left, by series there may be: what takes
  /// more is refused, however few of them live.
  private static final int ROOM_FACTOR = 2;

  /// Forgotten series whose names are not worth the work.
  private static final int GONE_MIN = 1024;

  private final int seriesMax;
  private final long namesBytesMax;
  private final LastSamples last = new LastSamples();
  private final Successors successors = new Successors();
  private final LivePages live = new LivePages();
  private final FormerSeries former = new FormerSeries();
  private volatile Naming naming;
  private volatile int size;
  private volatile int count;

  /// What the series are called, by the numbers of some names.
  ///
  /// @param nameOfRef by reference: its name + 1; zero where it has none
  /// @param refOfName by name: its reference + 1; zero where it has none
  private record Naming(SeriesNames names, IntPages nameOfRef, IntPages refOfName) {
    Naming(SeriesNames names) {
      this(names, new IntPages(), new IntPages());
    }

    void put(int ref, Tenant tenant, Labels labels) {
      int name = names.number(tenant, labels);
      nameOfRef.set(ref, name + 1);
      refOfName.set(name, ref + 1);
    }

    void remove(int ref) {
      int name = nameOfRef.get(ref) - 1;
      if (name >= 0) {
        nameOfRef.set(ref, 0);
        refOfName.set(name, 0);
      }
    }
  }

  /// The next naming, while it is made: references before this one are in it.
  private int renewed;

  private Naming next;

  /// Names in the naming of series that are forgotten.
  private int gone;

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
    this.naming = new Naming(names);
    this.next = naming;
  }

  /// A series known from before the start, with its newest sample (`Long.MIN_VALUE`: none). Before
  /// the intake is used; in any order of references. Where the limits are smaller than before, all
  /// are taken, and no new ones.
  ///
  /// @param lastBits of the float, or the histogram's fingerprint
  /// @throws IllegalArgumentException where the reference or the series is there already
  public void restore(int ref, Tenant tenant, Labels labels, long lastTimeMs, long lastBits) {
    int name = naming.names.find(tenant, labels);
    if (ref < 0) {
      throw new IllegalArgumentException("a reference of " + ref);
    }
    if (naming.nameOfRef.get(ref) != 0 || (name >= 0 && naming.refOfName.get(name) != 0)) {
      throw new IllegalArgumentException("series " + ref + " is restored twice: " + labels);
    }
    put(ref, tenant, labels);
    last.set(ref, lastTimeMs, lastBits);
  }

  /// References before this one were given before the start.
  public void restoreEnd(int end) {
    live.skipTo(end);
    size = live.next();
  }

  /// References given so far; the next one to be given. Any thread.
  public int size() {
    return size;
  }

  /// Series that have a reference. Any thread.
  public int count() {
    return count;
  }

  public int seriesMax() {
    return seriesMax;
  }

  /// How much of what there may be is there, 0 to 1: of series, of room for references or of bytes
  /// of names, whichever is most. Any thread.
  double fill() {
    double series = (double) count / seriesMax;
    return Math.min(1, Math.max(series, (double) naming.names.bytes() / namesBytesMax));
  }

  /// Whether a reference is of a series that is not forgotten. Any thread.
  boolean isGiven(int ref) {
    return naming.nameOfRef.get(ref) != 0;
  }

  /// The reference, or -1. Any thread; allocates nothing.
  int find(Tenant tenant, byte[] buffer, int from, int to) {
    Naming now = naming;
    int name = now.names.find(tenant, buffer, from, to);
    return name < 0 ? -1 : now.refOfName.get(name) - 1;
  }

  /// Where the labels of the series end, see [SeriesNames#endOfMessages]; -1 where others are
  /// there. Any thread.
  int labelsEnd(int ref, byte[] wire, int from, int to, LabelTrail trail) {
    Naming now = naming;
    int name = now.nameOfRef.get(ref) - 1;
    return name < 0 ? -1 : now.names.endOfMessages(name, wire, from, to, trail);
  }

  /// Whether these are its labels, see [SeriesNames#hasLabels]. Any thread.
  boolean hasLabels(int ref, byte[] bytes, int[] spans, int count) {
    Naming now = naming;
    int name = now.nameOfRef.get(ref) - 1;
    return name >= 0 && now.names.hasLabels(name, bytes, spans, count);
  }

  /// What came after which series. Any thread.
  Successors successors() {
    return successors;
  }

  /// Whether a new series fits. Any thread; what holds may change unless under the sequencer's
  /// lock.
  boolean hasRoomFor(Tenant tenant, int keyLength) {
    return count < seriesMax
        && size < Integer.MAX_VALUE
        && live.room() <= (long) ROOM_FACTOR * seriesMax + PageSize.SIZE
        && namesHaveRoomFor(tenant, keyLength);
  }

  private boolean namesHaveRoomFor(Tenant tenant, int keyLength) {
    SeriesNames names = naming.names;
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
    drop(live.add(ref));
    count = live.live();
    size = live.next();
    naming.put(ref, tenant, labels);
  }

  /// The series has no reference any more. Under the sequencer's lock.
  void forget(int ref) {
    int name = naming.nameOfRef.get(ref) - 1;
    former.add(ref, naming.names, name);
    naming.remove(ref);
    if (ref < renewed) {
      next.remove(ref);
    }
    gone++;
    last.forget(ref);
    drop(live.remove(ref));
    count = live.live();
  }

  /// Of a page of references that has no series any more.
  private void drop(int ref) {
    if (ref != LivePages.NONE) {
      last.drop(ref);
      successors.drop(ref);
      naming.nameOfRef.drop(ref);
    }
  }

  /// What a series was called that was forgotten a short time ago. Under the sequencer's lock.
  FormerSeries former() {
    return former;
  }

  /// Goes on with giving the series numbers of newer names, where there are some, or are to be: too
  /// many are of series that are gone. Under the sequencer's lock.
  ///
  /// @param most series looked at
  /// @return whether there is more to do
  boolean renew(int most) {
    if (next == naming) {
      SeriesNames newest = wantsRenewal() ? naming.names.successor() : naming.names.newest();
      if (newest == naming.names) {
        return false;
      }
      next = new Naming(newest);
      renewed = 0;
    }
    for (int left = most; left > 0 && renewed < size; left--) {
      int ref = live.seek(renewed);
      renewed = Math.min(ref + 1, size);
      int name = naming.nameOfRef.get(ref) - 1;
      if (name >= 0) {
        next.put(ref, naming.names.tenant(name), naming.names.labels(name));
      }
    }
    if (renewed == size) {
      naming = next;
      renewed = 0;
      gone = 0;
    }
    return next != naming;
  }

  /// While they are copied there are two: the more room they take, the sooner it is time.
  private boolean wantsRenewal() {
    boolean tight = naming.names.bytes() > namesBytesMax / 2;
    return gone > GONE_MIN && (gone > count || (tight && gone > count / 4));
  }
}
