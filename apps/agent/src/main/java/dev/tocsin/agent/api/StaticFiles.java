package dev.tocsin.agent.api;

import dev.tocsin.world.net.HttpHandler;
import dev.tocsin.world.net.HttpReply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/// The files of the page, from the program itself.
public final class StaticFiles {
  /// The page loads nothing from anywhere else, and no other site may frame it.
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self';"
          + " img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private StaticFiles() {}

  /// Answers with one file, read now.
  public static HttpHandler file(String name, String contentType) {
    byte[] content = read(name);
    Map<String, String> headers =
        Map.of(
            "Content-Type",
            contentType,
            "Cache-Control",
            "no-cache",
            "Content-Security-Policy",
            POLICY,
            "X-Content-Type-Options",
            "nosniff");
    return _ -> new HttpReply(200, headers, content);
  }

  private static byte[] read(String name) {
    try (InputStream in = StaticFiles.class.getResourceAsStream("/dev/tocsin/agent/page/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
