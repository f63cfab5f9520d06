package dev.tocsin.pipeline.intake;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.limit.Limits;
import dev.tocsin.model.tenant.Tenant;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Gives every series, that is (tenant, label set), a reference: dense, from 0, never reused. Open
/// addressing over the hashes of the keys, at most half full; a hash that fits is confirmed by
/// comparing bytes.
///
/// Any thread finds without a lock; series are added under the sequencer's lock. A place of the
/// index is published by writing its hash last (release), so whoever reads the hash (acquire) also
/// sees the reference, the key and its position. A table that grows is replaced as a whole: who
/// still looks at the old one misses only what is new, and looks again under the lock.
///
/// Bounded in series and in bytes of keys. References are not given back yet: a series that ended
/// keeps its place until the next start.
public final class SeriesTable {
  private static final int FIRST_PLACES = 2048;
  private static final int FIRST_POSITIONS = 1024;
  private static final int NO_POSITION = -1;
  private static final VarHandle HASH = MethodHandles.arrayElementVarHandle(long[].class);

  private final int seriesMax;
  private final KeyHash hash;
  private final KeyBytes keys;
  private final LastSamples last = new LastSamples();
  private final Map<Tenant, Integer> tenants = new ConcurrentHashMap<>();
  private volatile Index index = new Index(FIRST_PLACES);

  /// The position of each reference's key; [#NO_POSITION] where a restored table has a gap.
  private volatile int[] positions = new int[FIRST_POSITIONS];

  private volatile int size;
  private int used;

  /// The places: the hash of a key, or zero, and its reference.
  private record Index(long[] hashes, int[] refs) {
    Index(int places) {
      this(new long[places], new int[places]);
    }
  }

  /// @param keyBytesMax bytes of all keys, see `Limits.SERIES_KEYS_BYTES_MAX`
  /// @param seed random, another one in every process
  public SeriesTable(int seriesMax, long keyBytesMax, long seed) {
    this.seriesMax = seriesMax;
    this.hash = new KeyHash(seed);
    this.keys = new KeyBytes(keyBytesMax);
    Arrays.fill(positions, NO_POSITION);
  }

  /// A series known from before the start, with its newest sample (`Long.MIN_VALUE`: none). Before
  /// the intake is used; in any order of references.
  ///
  /// @param lastBits of the float, or the histogram's fingerprint
  /// @throws IllegalArgumentException where the reference or the series is there already, or the
  ///   limits are smaller than before
  public void restore(int ref, Tenant tenant, Labels labels, long lastTimeMs, long lastBits) {
    byte[] key = SeriesKey.of(labels);
    if (ref < 0 || ref >= seriesMax || !tenantsAndKeysHaveRoomFor(tenant, key.length)) {
      throw new IllegalArgumentException(
          "series " + ref + " is beyond the limits: " + seriesMax + " series, " + describeKeys());
    }
    if ((ref < size && positions[ref] != NO_POSITION) || find(tenant, key, 0, key.length) >= 0) {
      throw new IllegalArgumentException("series " + ref + " is restored twice: " + labels);
    }
    put(ref, tenant, key, 0, key.length);
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
    Integer number = tenants.get(tenant);
    if (number == null) {
      return -1;
    }
    long wanted = hash.of(number, buffer, from, to);
    Index places = index;
    int mask = places.refs.length - 1;
    for (int i = (int) wanted & mask; ; i = (i + 1) & mask) {
      long found = (long) HASH.getAcquire(places.hashes, i);
      if (found == 0) {
        return -1;
      }
      if (found == wanted) {
        int ref = places.refs[i];
        if (keys.matches(positions[ref], number, buffer, from, to)) {
          return ref;
        }
      }
    }
  }

  /// Whether a new series fits. Under the sequencer's lock.
  boolean hasRoomFor(Tenant tenant, int keyLength) {
    return size < seriesMax && tenantsAndKeysHaveRoomFor(tenant, keyLength);
  }

  private boolean tenantsAndKeysHaveRoomFor(Tenant tenant, int keyLength) {
    return keys.hasRoomFor(keyLength)
        && (tenants.containsKey(tenant) || tenants.size() < Limits.TENANTS_MAX);
  }

  /// Adds a series that is not there, and for which there is room. Under the sequencer's lock.
  int add(Tenant tenant, byte[] buffer, int from, int to) {
    int ref = size;
    put(ref, tenant, buffer, from, to);
    last.set(ref, Long.MIN_VALUE, 0);
    return ref;
  }

  /// Under the sequencer's lock.
  LastSamples last() {
    return last;
  }

  long keyBytes() {
    return keys.bytes();
  }

  private void put(int ref, Tenant tenant, byte[] buffer, int from, int to) {
    int number = number(tenant);
    growPositions(ref);
    positions[ref] = keys.append(number, buffer, from, to);
    size = Math.max(size, ref + 1);
    used++;
    if (2 * used > index.refs.length) {
      growIndex();
    }
    place(index, hash.of(number, buffer, from, to), ref);
  }

  private int number(Tenant tenant) {
    Integer number = tenants.get(tenant);
    if (number == null) {
      number = tenants.size();
      tenants.put(tenant, number);
    }
    return number;
  }

  private static void place(Index places, long keyHash, int ref) {
    int mask = places.refs.length - 1;
    int i = (int) keyHash & mask;
    while (places.hashes[i] != 0) {
      i = (i + 1) & mask;
    }
    places.refs[i] = ref;
    HASH.setRelease(places.hashes, i, keyHash);
  }

  private void growIndex() {
    Index old = index;
    Index places = new Index(2 * old.refs.length);
    for (int i = 0; i < old.refs.length; i++) {
      if (old.hashes[i] != 0) {
        place(places, old.hashes[i], old.refs[i]);
      }
    }
    index = places;
  }

  private void growPositions(int ref) {
    int[] old = positions;
    if (ref >= old.length) {
      int[] all = Arrays.copyOf(old, Math.max(ref + 1, 2 * old.length));
      Arrays.fill(all, old.length, all.length, NO_POSITION);
      positions = all;
    }
  }

  private String describeKeys() {
    return keys.bytes() + " bytes of keys, " + tenants.size() + " tenants";
  }
}
