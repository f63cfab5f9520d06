package dev.tocsin.world.real.http;

import java.nio.charset.StandardCharsets;

/// The numbers of HTTP/2 (RFC 9113), and what is allowed of it here.
final class H2 {
  /// What a client sends first.
  static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int PRIORITY = 2;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PUSH_PROMISE = 5;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 1;
  static final int ACK = 1;
  static final int END_HEADERS = 4;
  static final int PADDED = 8;
  static final int WITH_PRIORITY = 0x20;

  static final int MAX_CONCURRENT_STREAMS = 3;
  static final int INITIAL_WINDOW_SIZE = 4;
  static final int MAX_HEADER_LIST_SIZE = 6;

  static final int NO_ERROR = 0;
  static final int PROTOCOL_ERROR = 1;
  static final int INTERNAL_ERROR = 2;
  static final int FLOW_CONTROL_ERROR = 3;
  static final int FRAME_SIZE_ERROR = 6;
  static final int REFUSED_STREAM = 7;
  static final int CANCEL = 8;
  static final int COMPRESSION_ERROR = 9;
  static final int ENHANCE_YOUR_CALM = 11;

  /// Bytes of a frame's content, both ways; the protocol's own default.
  static final int FRAME_BYTES_MAX = 16 << 10;

  /// What each side may send before the other has said anything.
  static final int FIRST_WINDOW = 65_535;

  static final int WINDOW_MAX = Integer.MAX_VALUE;

  /// Bytes of a body that may come before its handler has asked for it, and on their way later.
  static final int STREAM_WINDOW = 256 << 10;

  /// The same for all bodies of a connection; what is kept of them has a budget of its own.
  static final int CONNECTION_WINDOW = 1 << 20;

  /// Requests at once on a connection, counted until their handlers end; more are refused, and the
  /// client may send them again.
  static final int STREAMS_MAX = 32;

  /// Frames over which the headers of a request may be spread.
  static final int CONTINUATIONS_MAX = 16;

  /// How much longer than HTTP/1.1 a connection may be idle: its clients keep one for all they
  /// send, and often send once a minute.
  static final int IDLE_FACTOR = 5;

  private H2() {}
}
