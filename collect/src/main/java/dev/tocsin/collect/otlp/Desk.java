package dev.tocsin.collect.otlp;

import dev.tocsin.collect.series.ReusePool;

/// What a request is decoded with: the decoder, and the buffers before it.
record Desk(OtlpDecoder decoder, BodyBuffer unzipped, BodyBuffer translated)
    implements ReusePool.Reused {
  Desk(OtlpDecoder decoder) {
    this(decoder, new BodyBuffer(), new BodyBuffer());
  }

  @Override
  public void shrink() {
    decoder.shrink();
  }
}
