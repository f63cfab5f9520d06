package dev.tocsin.world.real.http;

import dev.tocsin.world.real.http.hpack.HpackDecoder;
import java.util.Locale;

/// The headers of one request as they come out of their block; also those behind a body, which say
/// nothing to us. RFC 9113 8.2 and 8.3. One thread.
final class H2Head implements HpackDecoder.Sink {
  /// What each header counts beside its own bytes.
  private static final int OVERHEAD = 32;

  private final int bytesMax;
  private final Fields fields = new Fields();
  private String method = "";
  private String target = "";
  private String scheme = "";
  private String authority = "";
  private String problem = "";
  private int status = 400;
  private int bytes;
  private boolean pseudoOver;

  /// @param bytesMax beyond which the connection ends
  H2Head(int bytesMax) {
    this.bytesMax = bytesMax;
  }

  @Override
  public void header(String name, String value) throws H2Exception {
    bytes += name.length() + value.length() + OVERHEAD;
    if (bytes > bytesMax) {
      // A block of some bytes may name the same large header a thousand times: no further.
      throw new H2Exception(
          H2.ENHANCE_YOUR_CALM, "the headers are larger than " + bytesMax + " bytes");
    }
    if (name.startsWith(":")) {
      pseudo(name, value);
    } else {
      pseudoOver = true;
      field(name, value);
    }
  }

  private void pseudo(String name, String value) {
    if (pseudoOver) {
      wrong("a pseudo header behind others");
    }
    String before =
        switch (name) {
          case ":method" -> method;
          case ":path" -> target;
          case ":scheme" -> scheme;
          case ":authority" -> authority;
          default -> "unknown";
        };
    if (!before.isEmpty() || value.isEmpty()) {
      wrong("the pseudo header " + name + " is unknown, empty, or there twice");
    }
    switch (name) {
      case ":method" -> method = value;
      case ":path" -> target = value;
      case ":scheme" -> scheme = value;
      default -> authority = value;
    }
  }

  private void field(String name, String value) {
    boolean lower = name.equals(name.toLowerCase(Locale.ROOT));
    boolean plain = value.equals(value.strip()) && HeadReader.isText(value);
    if (!lower || !plain || !HeadReader.isToken(name, name.length())) {
      wrong("a header that is not allowed");
      return;
    }
    boolean ofConnection =
        switch (name) {
          case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade" ->
              true;
          case "te" -> !value.equals("trailers");
          default -> false;
        };
    if (ofConnection) {
      wrong("a header of HTTP/1.1: " + name);
      return;
    }
    try {
      fields.add(name, value);
    } catch (WireException e) {
      status = e.status();
      wrong(e.reason());
    }
  }

  private void wrong(String why) {
    if (problem.isEmpty()) {
      problem = why;
    }
  }

  /// As [Fields] count, for the budget of all heads.
  int bytes() {
    return bytes;
  }

  /// The same as of HTTP/1.1, once they are checked.
  RequestHead request() throws WireException {
    if (!problem.isEmpty()) {
      throw new WireException(status, problem);
    }
    if (scheme.isEmpty() || fields.count("content-length") > 1) {
      throw new WireException(400, "no scheme, or more than one content-length");
    }
    if (!authority.isEmpty() && fields.count("host") == 0) {
      fields.add("host", authority);
    }
    return RequestHead.ofHttp2(method, target, fields);
  }
}
