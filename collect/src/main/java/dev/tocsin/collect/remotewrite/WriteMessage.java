package dev.tocsin.collect.remotewrite;

/// The messages of remote write that are taken, by the names that senders say in `Content-Type`.
enum WriteMessage {
  /// Of remote write 1.0; also where no name is said.
  V1("prometheus.WriteRequest"),
  /// Of remote write 2.0.
  V2("io.prometheus.write.v2.Request");

  private final String proto;

  WriteMessage(String proto) {
    this.proto = proto;
  }

  String proto() {
    return proto;
  }
}
