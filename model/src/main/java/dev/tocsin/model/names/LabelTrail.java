package dev.tocsin.model.names;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where labels were last found in one request, by their place in a series. Series that follow one
/// another have most of their labels in common, and bytes that were just read are compared more
/// quickly than a label's record far away: all at once where labels in common lie behind one
/// another. Labels that alternate are remembered too, by their number. One thread; to be cleared
/// before other bytes are read.
public final class LabelTrail {
  /// Labels behind these are looked up each time.
  private static final int PLACES = 32;

  /// Labels remembered by their number; one takes the place of another with the same last bits.
  private static final int SLOTS = 256;

  private final int[] slotLabels = new int[SLOTS];
  private final int[] slotStarts = new int[SLOTS];
  private final int[] slotEnds = new int[SLOTS];
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
    Arrays.fill(slotLabels, -1);
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

  /// Where it was found. After [#has].
  int start(int place) {
    return starts[place];
  }

  /// The index behind it. After [#has].
  int end(int place) {
    return ends[place];
  }

  /// The labels of these places, whose bytes lie behind one another, are there too: the index
  /// behind their bytes, if the same begin here; otherwise -1. After [#has] of all of them.
  int same(int fromPlace, int toPlace, byte[] wire, int from, int to) {
    int start = starts[fromPlace];
    int length = ends[toPlace - 1] - start;
    boolean same =
        to - from >= length
            && Arrays.equals(wire, start, start + length, wire, from, from + length);
    if (!same) {
      return -1;
    }
    int distance = from - start;
    for (int place = fromPlace; place < toPlace; place++) {
      starts[place] += distance;
      ends[place] += distance;
    }
    return from + length;
  }

  /// Whether the label was found anywhere, lately.
  boolean knows(int label) {
    return slotLabels[label & (SLOTS - 1)] == label;
  }

  /// The index behind it, if it begins here; otherwise -1. After [#knows].
  int end(int label, byte[] wire, int from, int to) {
    int slot = label & (SLOTS - 1);
    int start = slotStarts[slot];
    int length = slotEnds[slot] - start;
    boolean same =
        to - from >= length
            && Arrays.equals(wire, start, start + length, wire, from, from + length);
    return same ? from + length : -1;
  }

  /// The label is there.
  void found(int place, int label, int start, int end) {
    int slot = label & (SLOTS - 1);
    slotLabels[slot] = label;
    slotStarts[slot] = start;
    slotEnds[slot] = end;
    if (place < PLACES) {
      labels[place] = label;
      starts[place] = start;
      ends[place] = end;
    }
  }
}
