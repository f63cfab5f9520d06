package dev.tocsin.collect.remotewrite;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/// Decoders that are not in use, the one used last on top: its buffers are the warmest. Keeps a few
/// and drops the rest, so that a crowd of requests leaves little behind. Any thread.
final class DecoderPool {
  private final Deque<BodyDecoder> free = new ArrayDeque<>();
  private final Supplier<BodyDecoder> make;
  private final int keptMax;

  DecoderPool(int keptMax, Supplier<BodyDecoder> make) {
    this.keptMax = keptMax;
    this.make = make;
  }

  BodyDecoder take() {
    synchronized (free) {
      BodyDecoder decoder = free.pollFirst();
      if (decoder != null) {
        return decoder;
      }
    }
    return make.get();
  }

  void give(BodyDecoder decoder) {
    decoder.shrink();
    synchronized (free) {
      if (free.size() < keptMax) {
        free.addFirst(decoder);
      }
    }
  }

  int kept() {
    synchronized (free) {
      return free.size();
    }
  }
}
