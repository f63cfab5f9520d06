package dev.tocsin.bench.memory;

import dev.tocsin.pipeline.journal.format.FrameSpace;
import java.nio.ByteBuffer;

/// Room for one frame, again and again.
final class Nowhere implements FrameSpace {
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 20);

  @Override
  public int claim(int length) {
    return 0;
  }

  @Override
  public ByteBuffer bytes() {
    return bytes;
  }

  @Override
  public void publish(int at, int length, long seq, boolean endsEntry) {}

  @Override
  public boolean publishUnencodable(long seq, String reason) {
    throw new IllegalStateException(reason);
  }
}
