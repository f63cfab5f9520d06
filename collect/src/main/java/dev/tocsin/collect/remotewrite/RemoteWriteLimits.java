package dev.tocsin.collect.remotewrite;

import dev.tocsin.model.limit.Limits;

/// The bounds of the receiver.
///
/// @param bodyBytesMax bytes of a body as it comes; beyond it 413
/// @param decodedBytesMax bytes of a body once decompressed; beyond it 413
/// @param samplesMax samples in a request; beyond it 413
/// @param inFlightBytesMax bytes of all bodies in memory at once; beyond it 429, except for a
///   request that is alone
/// @param decoders bodies decoded at once, each with up to 4 MiB of buffers that are kept; a
///   request waits for its turn, which never waits for anything but the processor
public record RemoteWriteLimits(
    int bodyBytesMax, int decodedBytesMax, int samplesMax, long inFlightBytesMax, int decoders) {
  public static final RemoteWriteLimits DEFAULT =
      new RemoteWriteLimits(
          Limits.BODY_BYTES_MAX,
          Limits.BODY_DECODED_BYTES_MAX,
          Limits.TRANSACTION_SAMPLES_MAX,
          16 << 20,
          2);
}
