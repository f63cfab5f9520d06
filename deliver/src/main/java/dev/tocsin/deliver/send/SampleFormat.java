package dev.tocsin.deliver.send;

import java.util.Map;

/// How samples are written, and what an answer says of them. One thread.
public interface SampleFormat {
  /// Bytes of a body before it is compressed from which on it takes no more samples. Larger ones
  /// are refused by some receivers.
  int BODY_BYTES = 4 << 20;

  /// A body, and how many of the batch's samples are in it: the first ones, at least one.
  ///
  /// @param histograms native ones among those that are written
  /// @param unwritable native histograms that the format has no words for; they count as samples
  record Body(byte[] bytes, int samples, int histograms, int unwritable) {
    public Body {
      if (samples < 1) {
        throw new IllegalArgumentException("a body without samples");
      }
    }

    public int written() {
      return samples - unwritable;
    }
  }

  Body body(SampleBatch batch);

  /// Headers of each request.
  Map<String, String> headers();

  /// How many samples were not written though the answer is a success.
  ///
  /// @param answered the answer's headers, names in lower case
  /// @param content the beginning of its body
  Unwritten unwritten(Body body, Map<String, String> answered, byte[] content);

  /// @param reason empty where there are none
  record Unwritten(int samples, String reason) {
    public static final Unwritten NONE = new Unwritten(0, "");
  }
}
