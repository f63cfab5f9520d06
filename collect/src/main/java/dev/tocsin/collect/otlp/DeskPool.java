package dev.tocsin.collect.otlp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/// What a request is decoded with, while no request uses it; the one used last on top. Keeps a few
/// and drops the rest, so that a crowd of requests leaves little behind. Any thread.
final class DeskPool {
  /// The decoder and the buffers before it.
  record Desk(OtlpDecoder decoder, BodyBuffer unzipped, BodyBuffer translated) {
    Desk(OtlpDecoder decoder) {
      this(decoder, new BodyBuffer(), new BodyBuffer());
    }
  }

  private final Deque<Desk> free = new ArrayDeque<>();
  private final Supplier<Desk> make;
  private final int keptMax;

  DeskPool(int keptMax, Supplier<Desk> make) {
    this.keptMax = keptMax;
    this.make = make;
  }

  Desk take() {
    synchronized (free) {
      Desk desk = free.pollFirst();
      if (desk != null) {
        return desk;
      }
    }
    return make.get();
  }

  void give(Desk desk) {
    desk.decoder().shrink();
    synchronized (free) {
      if (free.size() < keptMax) {
        free.addFirst(desk);
      }
    }
  }
}
