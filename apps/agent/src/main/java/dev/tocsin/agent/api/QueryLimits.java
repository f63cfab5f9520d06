package dev.tocsin.agent.api;

import dev.tocsin.agent.api.ApiException.Kind;
import dev.tocsin.model.json.JsonWriter;

/// What one query may take, by the heap of the process: whoever can ask must not be able to end it.
/// At the shipped 48 MB: 196,608 samples, 43,690 points and 2,097,152 characters.
///
/// @param samplesMax samples read by all selections of a query (a series counts as some more, see
///   the engine's source), and samples held by its evaluation
/// @param pointsMax points of a result; a point is 16 bytes as a number and about 40 as text, and
///   the text is there up to four times while it is written
/// @param charsMax characters of an answer
public record QueryLimits(long samplesMax, long pointsMax, long charsMax) {
  /// Prometheus's default, whatever the heap.
  private static final long SAMPLES_MAX = 50_000_000;

  private static final long SAMPLE_BYTES = 16;
  private static final long POINT_BYTES = 192;

  /// Samples may take a sixteenth of the heap, for each of two queries as read and as held; answers
  /// a sixth, since one is written at a time.
  public static QueryLimits ofHeap(long heapBytes) {
    return new QueryLimits(
        Math.min(SAMPLES_MAX, heapBytes / 16 / SAMPLE_BYTES),
        heapBytes / 6 / POINT_BYTES,
        heapBytes / 6 / 4);
  }

  /// Throws [ApiException] where a result has more points than that.
  void check(long points) {
    if (points > pointsMax) {
      throw tooLarge("the result has " + points + " points, the limit is " + pointsMax);
    }
  }

  /// Throws [ApiException] where an answer is longer than that. Room for so many characters more,
  /// as far as an answer may have them.
  void reserve(JsonWriter json, long chars) {
    json.reserve((int) Math.min(chars, Math.max(0, charsMax - json.length())));
  }

  void checkChars(long chars) {
    if (chars > charsMax) {
      throw tooLarge("the result is longer than " + charsMax + " characters");
    }
  }

  private static ApiException tooLarge(String what) {
    return new ApiException(
        Kind.EXECUTION, what + "; ask for fewer series, a shorter time or a longer step");
  }
}
