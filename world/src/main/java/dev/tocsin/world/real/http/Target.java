package dev.tocsin.world.real.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Where a URL leads. Its text may hold secrets (a token in the path, a password); [#place] does
/// not.
///
/// @param host without the brackets of an IPv6 address
/// @param path with the query
/// @param authorization for the header of that name; empty where the URL names no user
record Target(boolean tls, String host, int port, String path, String authorization) {
  static Target parse(String url) throws WireException {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException _) {
      throw new WireException(400, "the URL is not well formed");
    }
    String scheme = uri.getScheme();
    boolean tls = "https".equalsIgnoreCase(scheme);
    if (!tls && !"http".equalsIgnoreCase(scheme)) {
      throw new WireException(400, "the URL must begin with http:// or https://");
    }
    String host = uri.getHost();
    if (host == null || host.isEmpty()) {
      throw new WireException(400, "the URL names no host");
    }
    String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    return new Target(tls, name, port, path(uri), authorization(uri.getUserInfo()));
  }

  private static String path(URI uri) {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String whole = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    return whole.chars().allMatch(c -> c > ' ' && c < 0x7f)
        ? whole
        : URI.create(whole).toASCIIString();
  }

  private static String authorization(@org.jspecify.annotations.Nullable String user) {
    return user == null
        ? ""
        : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
  }

  /// The value of the header `Host`.
  String hostHeader() {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return port == (tls ? 443 : 80) ? name : name + ":" + port;
  }

  /// For messages: host and port alone.
  String place() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  /// Connections of one key can be used for each other.
  String key() {
    return (tls ? "https " : "http ") + place();
  }
}
