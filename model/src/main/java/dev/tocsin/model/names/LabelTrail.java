package dev.tocsin.model.names;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where labels were last found in one request, by their place in a series. Series that follow one
/// another have most of their labels in common, and bytes that were just read are compared more
/// quickly than a label's record far away. One thread; to be cleared before other bytes are read.
public final class LabelTrail {
  /// Labels behind these are looked up each time.
  private static final int PLACES = 32;

  private final int[] labels = new int[PLACES];
  private final int[] starts = new int[PLACES];
  private final int[] ends = new int[PLACES];

  /// Whose numbers of labels these are: not the names themselves, which would be kept by it, with
  /// all that follow them.
  private @Nullable Object mark;

  public LabelTrail() {
    clear();
  }

  /// The bytes are no longer those that were read.
  public void clear() {
    Arrays.fill(labels, -1);
  }

  /// What was found by others' numbers says nothing to these.
  ///
  /// @param now of those whose numbers come
  @SuppressWarnings("ReferenceEquality") // a mark is nothing but itself
  void by(Object now) {
    if (mark != now) {
      mark = now;
      clear();
    }
  }

  /// Whether the label was the last one found at this place.
  boolean has(int place, int label) {
    return place < PLACES && labels[place] == label;
  }

  /// The index behind its bytes, if the same begin here; otherwise -1. After [#has].
  int end(int place, byte[] wire, int from, int to) {
    int length = ends[place] - starts[place];
    boolean same =
        to - from >= length
            && Arrays.equals(wire, starts[place], ends[place], wire, from, from + length);
    return same ? from + length : -1;
  }

  /// The label is there.
  void found(int place, int label, int start, int end) {
    if (place < PLACES) {
      labels[place] = label;
      starts[place] = start;
      ends[place] = end;
    }
  }
}
