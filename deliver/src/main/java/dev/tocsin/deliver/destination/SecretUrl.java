package dev.tocsin.deliver.destination;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An address whose path, query and user are secret. Printing it shows the scheme and the host
/// only; the whole is had by [#reveal], for the request itself and nothing else.
public final class SecretUrl {
  private final String url;
  private final String shown;

  private SecretUrl(String url, String shown) {
    this.url = url;
    this.shown = shown;
  }

  /// Why the text is no usable address, if so; never repeats the text.
  public static Optional<String> mistake(String text) {
    URI uri = uri(text);
    if (uri == null) {
      return Optional.of("is not a URL");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return Optional.of("has an unsupported scheme; http and https are supported");
    }
    if (uri.getHost() == null || uri.getHost().isEmpty()) {
      return Optional.of("has no host");
    }
    return Optional.empty();
  }

  /// Throws [IllegalArgumentException], without the text, where there is a [#mistake].
  public static SecretUrl of(String text) {
    Optional<String> wrong = mistake(text);
    if (wrong.isPresent()) {
      throw new IllegalArgumentException("the URL " + wrong.get());
    }
    URI uri = URI.create(text);
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return new SecretUrl(text, uri.getScheme() + "://" + uri.getHost() + port);
  }

  private static @Nullable URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /// The whole address.
  public String reveal() {
    return url;
  }

  /// Scheme, host and port: what may be shown.
  public String origin() {
    return shown;
  }

  /// The text without the secret parts, in case another layer repeated them.
  public String scrub(String text) {
    URI uri = URI.create(url);
    String clean = text.replace(url, toString());
    for (String part : new String[] {uri.getRawPath(), uri.getRawQuery(), uri.getRawUserInfo()}) {
      if (part != null && part.length() > 1) {
        clean = clean.replace(part, "<secret>");
      }
    }
    return clean;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SecretUrl that && url.equals(that.url);
  }

  @Override
  public int hashCode() {
    return url.hashCode();
  }

  @Override
  public String toString() {
    return shown + "/<secret>";
  }
}
