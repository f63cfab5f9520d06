package dev.tocsin.rules.template;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Host names and ports in the forms Go's `net` package takes: `host:port`, `[v6]:port`.
///
/// @param port may be empty
record HostPort(String host, String port) {
  /// The text itself where it has no port.
  static String stripPort(String text) {
    return parse(text).map(HostPort::host).orElse(text);
  }

  /// The first label of the host name and the port; addresses stay whole.
  static String stripDomain(String text) {
    Optional<HostPort> parsed = parse(text);
    String host = parsed.map(HostPort::host).orElse(text);
    if (isAddress(host)) {
      return text;
    }
    int dot = host.indexOf('.');
    String shortHost = dot < 0 ? host : host.substring(0, dot);
    String port = parsed.map(HostPort::port).orElse("");
    if (port.isEmpty()) {
      return shortHost;
    }
    return (shortHost.contains(":") ? "[" + shortHost + "]" : shortHost) + ":" + port;
  }

  /// Of an absolute URL; decoded.
  static String urlPath(String url) {
    int scheme = url.indexOf("://");
    int path = scheme < 0 ? 0 : url.indexOf('/', scheme + 3);
    int end = url.length();
    for (char mark : new char[] {'?', '#'}) {
      int at = url.indexOf(mark);
      end = at >= 0 ? Math.min(end, at) : end;
    }
    if (path < 0 || path > end) {
      return "";
    }
    String encoded = url.substring(path, end).replace("+", "%2B");
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return url.substring(path, end);
    }
  }

  private static Optional<HostPort> parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String port = text.substring(colon + 1);
    String host = text.substring(0, colon);
    if (text.startsWith("[")) {
      int close = text.indexOf(']');
      if (close + 1 != colon) {
        return Optional.empty();
      }
      host = text.substring(1, close);
      return host.contains("[") || port.contains("[") || port.contains("]")
          ? Optional.empty()
          : Optional.of(new HostPort(host, port));
    }
    boolean hasBracket = text.contains("[") || text.contains("]");
    return host.contains(":") || hasBracket
        ? Optional.empty()
        : Optional.of(new HostPort(host, port));
  }

  private static boolean isAddress(String host) {
    return host.contains(":") ? isV6(host) : isV4(host);
  }

  private static boolean isV4(String host) {
    String[] parts = host.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (String part : parts) {
      boolean isNumber = part.matches("0|[1-9][0-9]{0,2}");
      if (!isNumber || Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }

  private static boolean isV6(String host) {
    int gap = host.indexOf("::");
    if (gap < 0) {
      return groups(host, true) == 8;
    }
    String head = host.substring(0, gap);
    String tail = host.substring(gap + 2);
    int before = head.isEmpty() ? 0 : groups(head, false);
    int after = tail.isEmpty() ? 0 : groups(tail, true);
    return before >= 0 && after >= 0 && before + after < 8;
  }

  /// How many groups of 16 bits; negative where they are not groups.
  private static int groups(String text, boolean mayEndInV4) {
    String[] parts = text.split(":", -1);
    int count = 0;
    for (int i = 0; i < parts.length; i++) {
      boolean isLast = i == parts.length - 1;
      if (isLast && mayEndInV4 && isV4(parts[i])) {
        count += 2;
      } else if (parts[i].matches("[0-9a-fA-F]{1,4}")) {
        count++;
      } else {
        return -100;
      }
    }
    return count;
  }
}
