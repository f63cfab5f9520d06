package dev.tocsin.collect.otlp;

import dev.tocsin.model.limit.Limits;

/// The bounds of the receiver.
///
/// @param bodyBytesMax bytes of a body as it comes; beyond it 413
/// @param decodedBytesMax bytes of a body once decompressed, together with the protobuf that JSON
///   becomes; beyond it 413
/// @param samplesMax samples in a request; beyond it 413
/// @param decodersKept decoders kept between requests, each with up to 4 MiB of buffers
public record OtlpLimits(int bodyBytesMax, int decodedBytesMax, int samplesMax, int decodersKept) {
  public static final OtlpLimits DEFAULT =
      new OtlpLimits(
          Limits.BODY_BYTES_MAX, Limits.BODY_DECODED_BYTES_MAX, Limits.TRANSACTION_SAMPLES_MAX, 2);
}
