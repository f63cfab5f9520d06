package dev.tocsin.collect.otlp;

import org.jspecify.annotations.Nullable;

/// How a body is compressed.
enum BodyPacking {
  NONE,
  GZIP;

  /// By its name in headers, in lower case; empty is none. Null: another one.
  static @Nullable BodyPacking of(String name) {
    return switch (name) {
      case "", "identity" -> NONE;
      case "gzip" -> GZIP;
      default -> null;
    };
  }
}
