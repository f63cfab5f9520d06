package dev.tocsin.collect.otlp;

/// A body as it came.
///
/// @param from where the message begins in the bytes; it ends where they do
/// @param taken of the budget of all bodies, for these bytes
record IncomingBody(
    byte[] bytes,
    int from,
    long taken,
    MessageEncoding encoding,
    BodyPacking packing,
    long receivedNanos) {}
