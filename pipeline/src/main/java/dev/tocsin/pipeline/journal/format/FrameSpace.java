package dev.tocsin.pipeline.journal.format;

import java.nio.ByteBuffer;

/// Where encoded frames go. One thread.
public interface FrameSpace {
  /// Room for this many bytes in a row: their index in [#bytes], or -1 where there is none now.
  int claim(int length);

  ByteBuffer bytes();

  /// The claimed bytes hold a frame.
  ///
  /// @param endsEntry it is the last frame of its entry
  void publish(int at, int length, long seq, boolean endsEntry);

  /// The entry cannot be journalled. False where there is no room to say so now.
  boolean publishUnencodable(long seq, String reason);
}
