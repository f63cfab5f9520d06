package dev.tocsin.collect.text;

import dev.tocsin.model.limit.Limits;

/// The bounds of the receiver.
///
/// @param bodyBytesMax bytes of a body as it comes; beyond it 413
/// @param textBytesMax bytes of a body once decompressed; beyond it 413
/// @param samplesMax samples in a request; beyond it 413
/// @param decodersKept decoders kept between requests, each with up to 0.2 MiB
public record TextLimits(int bodyBytesMax, int textBytesMax, int samplesMax, int decodersKept) {
  public static final TextLimits DEFAULT =
      new TextLimits(
          Limits.BODY_BYTES_MAX, Limits.BODY_DECODED_BYTES_MAX, Limits.TRANSACTION_SAMPLES_MAX, 2);
}
