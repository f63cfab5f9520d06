package dev.tocsin.world.real.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// What the head of a request says.
///
/// @param path decoded
/// @param query still encoded
/// @param framing bytes of the body, or [Framing#CHUNKED]
/// @param keepAlive whether the connection may stay open after the answer
/// @param expectsContinue the sender waits for `100 Continue` before it sends the body
record RequestHead(
    String method,
    String path,
    String query,
    Fields fields,
    long framing,
    boolean keepAlive,
    boolean expectsContinue) {
  /// Characters of a method; longer ones are no HTTP.
  private static final int METHOD_MAX = 32;

  static RequestHead of(HeadReader.Head head) throws WireException {
    String line = head.firstLine();
    int first = line.indexOf(' ');
    int last = line.lastIndexOf(' ');
    if (first <= 0
        || first > METHOD_MAX
        || last <= first + 1
        || line.indexOf(' ', first + 1) != last
        || !HeadReader.isToken(line, first)) {
      throw new WireException(400, "the first line is not: method, target, HTTP/1.1");
    }
    boolean isHttp11 = isHttp11(line.substring(last + 1));
    Fields fields = head.fields();
    if (fields.count("host") > 1 || (isHttp11 && fields.count("host") == 0)) {
      throw new WireException(400, "there must be one Host header");
    }
    String method = line.substring(0, first);
    String target = origin(method, line.substring(first + 1, last));
    int mark = target.indexOf('?');
    return new RequestHead(
        method,
        decoded(mark < 0 ? target : target.substring(0, mark)),
        mark < 0 ? "" : target.substring(mark + 1),
        fields,
        Framing.ofRequest(fields, isHttp11),
        isHttp11 ? !fields.lists("connection", "close") : fields.lists("connection", "keep-alive"),
        expectsContinue(fields, isHttp11));
  }

  /// @param fields of which HTTP/2 has no Host, and no framing but its own; [Framing#CHUNKED]
  ///   stands for a length that is not told
  static RequestHead ofHttp2(String method, String target, Fields fields) throws WireException {
    if (method.length() > METHOD_MAX || !HeadReader.isToken(method, method.length())) {
      throw new WireException(400, "there is no proper method");
    }
    String origin = origin(method, target);
    int mark = origin.indexOf('?');
    boolean told = fields.count("content-length") > 0;
    return new RequestHead(
        method,
        decoded(mark < 0 ? origin : origin.substring(0, mark)),
        mark < 0 ? "" : origin.substring(mark + 1),
        fields,
        told ? Framing.ofRequest(fields, true) : Framing.CHUNKED,
        true,
        false);
  }

  private static boolean isHttp11(String version) throws WireException {
    return switch (version) {
      case "HTTP/1.1" -> true;
      case "HTTP/1.0" -> false;
      default -> throw new WireException(505, "only HTTP/1.1 and HTTP/1.0 are known here");
    };
  }

  private static boolean expectsContinue(Fields fields, boolean isHttp11) throws WireException {
    String expect = fields.first("expect");
    if (expect.isEmpty() || !isHttp11) {
      return false;
    }
    if (!expect.equalsIgnoreCase("100-continue")) {
      throw new WireException(417, "nothing but 100-continue can be expected");
    }
    return true;
  }

  /// The target without scheme and host, which a proxy's form has (RFC 9112 3.2.2).
  private static String origin(String method, String target) throws WireException {
    String origin = target;
    if (target.startsWith("http://") || target.startsWith("https://")) {
      int slash = target.indexOf('/', target.indexOf("//") + 2);
      origin = slash < 0 ? "/" : target.substring(slash);
    }
    if (!origin.startsWith("/") && !(origin.equals("*") && method.equals("OPTIONS"))) {
      throw new WireException(400, "the target must begin with /");
    }
    for (int i = 0; i < origin.length(); i++) {
      char c = origin.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#') {
        throw new WireException(400, "a character in the target that must be encoded");
      }
    }
    return origin;
  }

  private static String decoded(String path) throws WireException {
    if (path.indexOf('%') < 0) {
      return path;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c != '%') {
        bytes.write(c);
        continue;
      }
      int high = i + 2 < path.length() ? Character.digit(path.charAt(i + 1), 16) : -1;
      int low = i + 2 < path.length() ? Character.digit(path.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0 || high + low == 0) {
        throw new WireException(400, "a % in the path that encodes nothing");
      }
      bytes.write(high * 16 + low);
      i += 2;
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
