package dev.tocsin.store.window;

import java.util.Arrays;

/// Slots for 8, 16, 32, 64 or 128 samples, cut from pages of 4096 (64 KiB): no object per series. A
/// freed slot is used again, or halved where smaller ones are wanted; halves are not joined, but a
/// page none of whose slots is used is given back as a whole ([#tidy]).
///
/// A slot is an int, never 0: its start in units of 8 samples, shifted by 3, and how often 4 was
/// doubled. One thread allocates; readers on any thread, who must have got the slot by release and
/// acquire.
@SuppressWarnings("ReferenceEquality") // one array stands for all pages given back
public final class WindowArena {
  /// The smallest slot.
  public static final int SAMPLES_MIN = 8;

  /// The largest slot.
  public static final int SAMPLES_MAX = 128;

  private static final int PAGE_SAMPLES = 4096;
  private static final int UNIT_SAMPLES = 8;
  private static final int PAGE_UNITS = PAGE_SAMPLES / UNIT_SAMPLES;
  private static final int CLASSES = 6;

  /// Slots that are free, by class (1 to 5); the last one is taken first.
  private final int[][] free = new int[CLASSES][];

  private final int[] freeCount = new int[CLASSES];

  /// What stands for a page that was given back: a reader may still look.
  private static final long[] NO_TIMES = new long[PAGE_SAMPLES];

  private static final double[] NO_VALUES = new double[PAGE_SAMPLES];

  /// By page: units of slots in use.
  private int[] usedUnits = new int[0];

  /// Pages that were given back; the last is taken first.
  private int[] gone = new int[0];

  private int goneCount;
  private int pageCount;
  private volatile long[][] times = {};
  private volatile double[][] values = {};

  public WindowArena() {
    Arrays.fill(free, new int[0]);
  }

  /// A slot for `samples`: 8, 16, 32, 64 or 128. What is in it is undefined.
  public int allocate(int samples) {
    int sizeClass = Integer.numberOfTrailingZeros(samples / 4);
    int larger = sizeClass;
    while (larger < CLASSES && freeCount[larger] == 0) {
      larger++;
    }
    if (larger == CLASSES) {
      addPage();
      larger--;
    }
    int slot = free[larger][--freeCount[larger]];
    int unit = slot >>> 3;
    while (larger > sizeClass) {
      larger--;
      put(slot(unit + (4 << larger) / UNIT_SAMPLES, larger));
    }
    usedUnits[unit / PAGE_UNITS] += samples / UNIT_SAMPLES;
    return slot(unit, sizeClass);
  }

  private static int slot(int unit, int sizeClass) {
    return unit << 3 | sizeClass;
  }

  private void addPage() {
    if (goneCount == 0 && pageCount == times.length) {
      int more = Math.max(4, pageCount * 2);
      values = Arrays.copyOf(values, more);
      times = Arrays.copyOf(times, more);
      usedUnits = Arrays.copyOf(usedUnits, more);
    }
    int page = goneCount > 0 ? gone[--goneCount] : pageCount++;
    double[][] valuePages = values;
    long[][] timePages = times;
    valuePages[page] = new double[PAGE_SAMPLES];
    timePages[page] = new long[PAGE_SAMPLES];
    // From the end, so that the first slot is taken first.
    for (int at = PAGE_SAMPLES - SAMPLES_MAX; at >= 0; at -= SAMPLES_MAX) {
      put(slot(page * PAGE_UNITS + at / UNIT_SAMPLES, CLASSES - 1));
    }
  }

  /// Gives a slot back.
  public void release(int slot) {
    usedUnits[(slot >>> 3) / PAGE_UNITS] -= samples(slot) / UNIT_SAMPLES;
    put(slot);
  }

  /// Gives back the pages none of whose slots is used. Takes as long as there are free slots.
  public void tidy() {
    double[][] valuePages = values;
    long[][] timePages = times;
    boolean any = false;
    for (int page = 0; page < pageCount; page++) {
      if (usedUnits[page] == 0 && timePages[page] != NO_TIMES) {
        timePages[page] = NO_TIMES;
        valuePages[page] = NO_VALUES;
        if (goneCount == gone.length) {
          gone = Arrays.copyOf(gone, Math.max(16, 2 * goneCount));
        }
        gone[goneCount++] = page;
        any = true;
      }
    }
    for (int sizeClass = 0; any && sizeClass < CLASSES; sizeClass++) {
      int kept = 0;
      for (int i = 0; i < freeCount[sizeClass]; i++) {
        int slot = free[sizeClass][i];
        if (times(slot) != NO_TIMES) {
          free[sizeClass][kept++] = slot;
        }
      }
      freeCount[sizeClass] = kept;
    }
  }

  private void put(int slot) {
    int sizeClass = slot & 7;
    int count = freeCount[sizeClass];
    if (count == free[sizeClass].length) {
      free[sizeClass] = Arrays.copyOf(free[sizeClass], Math.max(16, count * 2));
    }
    free[sizeClass][count] = slot;
    freeCount[sizeClass] = count + 1;
  }

  /// How many samples fit.
  public static int samples(int slot) {
    return 4 << (slot & 7);
  }

  /// The index of its first sample in [#times] and [#values].
  public static int offset(int slot) {
    return (slot >>> 3) % PAGE_UNITS * UNIT_SAMPLES;
  }

  public long[] times(int slot) {
    return times[(slot >>> 3) / PAGE_UNITS];
  }

  public double[] values(int slot) {
    return values[(slot >>> 3) / PAGE_UNITS];
  }

  /// Bytes allocated for samples. Writing thread.
  public long usedBytes() {
    return (long) (pageCount - goneCount) * PAGE_SAMPLES * (Long.BYTES + Double.BYTES);
  }
}
