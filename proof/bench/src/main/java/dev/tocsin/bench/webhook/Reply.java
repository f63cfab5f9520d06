package dev.tocsin.bench.webhook;

import java.nio.charset.StandardCharsets;

/// What a request is answered: a status, without a body.
///
/// @param delayMs how long to wait before it is sent, in milliseconds
record Reply(int status, long delayMs) {
  /// All of the answer, to be written at once.
  byte[] bytes(boolean keepAlive) {
    StringBuilder head = new StringBuilder(80);
    head.append("HTTP/1.1 ").append(status).append(status / 100 == 2 ? " OK" : " Not OK");
    if (status != 204 && status != 304) {
      head.append("\r\nContent-Length: 0");
    }
    if (!keepAlive) {
      head.append("\r\nConnection: close");
    }
    return head.append("\r\n\r\n").toString().getBytes(StandardCharsets.US_ASCII);
  }
}
