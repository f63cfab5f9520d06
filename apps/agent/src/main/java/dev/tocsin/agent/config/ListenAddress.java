package dev.tocsin.agent.config;

import dev.tocsin.yaml.Fields;
import dev.tocsin.yaml.Node;
import java.util.Locale;
import java.util.Optional;

/// Where something listens, as `127.0.0.1:4317` or `[::1]:4317`.
///
/// @param host without brackets; `0.0.0.0` where none was given
/// @param port 0 for any free port
public record ListenAddress(String host, int port) {
  private static final int PORT_MAX = 65_535;

  /// Empty where it is none.
  static Optional<ListenAddress> parse(String text) {
    int colon = text.lastIndexOf(':');
    String digits = text.substring(colon + 1);
    if (colon < 0 || digits.isEmpty() || digits.length() > 5 || !isNumber(digits)) {
      return Optional.empty();
    }
    String given = text.substring(0, colon);
    boolean bracketed = given.startsWith("[") && given.endsWith("]");
    String host = bracketed ? given.substring(1, given.length() - 1) : given;
    int port = Integer.parseInt(digits);
    boolean isFine = port <= PORT_MAX && (bracketed || host.indexOf(':') < 0);
    return isFine && host.chars().noneMatch(c -> c <= ' ')
        ? Optional.of(new ListenAddress(host.isEmpty() ? "0.0.0.0" : host, port))
        : Optional.empty();
  }

  private static boolean isNumber(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  static ListenAddress read(Fields fields, String key, ListenAddress absent) {
    Optional<Node.Scalar> given = fields.scalar(key);
    if (given.isEmpty()) {
      return absent;
    }
    String text = given.get().text();
    Optional<ListenAddress> address = parse(text);
    if (address.isEmpty()) {
      String message = "\"" + text + "\" is not host:port";
      fields.problem(given.get(), fields.path(key), message, "write for example " + absent);
    }
    return address.orElse(absent);
  }

  /// Whether only this machine can reach it.
  public boolean isLoopback() {
    return isLoopback(host);
  }

  public static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost") || name.equals("::1") || name.matches("127(\\.\\d{1,3}){3}");
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
