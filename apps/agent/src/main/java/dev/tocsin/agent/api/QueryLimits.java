package dev.tocsin.agent.api;

/// What one query may take, by the heap of the process: whoever can ask must not be able to end it.
/// At the shipped 48 MB: 196,608 samples and 43,690 points.
///
/// @param samplesMax samples read by one selection, and samples held by one evaluation
/// @param pointsMax points of a result; a point is 16 bytes as a number and about 40 as text, and
///   the text is there up to four times while it is written
public record QueryLimits(long samplesMax, long pointsMax) {
  private static final long SAMPLE_BYTES = 16;
  private static final long POINT_BYTES = 192;

  /// Samples may take a sixteenth of the heap, for each of two queries as read and as held; points
  /// a sixth, since one answer is written at a time.
  public static QueryLimits ofHeap(long heapBytes) {
    return new QueryLimits(heapBytes / 16 / SAMPLE_BYTES, heapBytes / 6 / POINT_BYTES);
  }
}
