package dev.tocsin.bench.webhook;

import java.util.Map;

/// A request, read to its end.
///
/// @param headers names in lower case; of repeated ones the last
/// @param body empty where there is none
/// @param keepAlive whether the sender wants to go on with this connection
/// @param arrivedNanos Unix time in nanoseconds, when its last byte had been read
record IncomingRequest(
    String method,
    Map<String, String> headers,
    byte[] body,
    boolean keepAlive,
    long arrivedNanos) {}
