package dev.tocsin.world.real.http.hpack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;

/// Writes a header block that refers to nothing before it: answers are few and small, and a table
/// kept for them would be one more state to keep.
public final class HpackWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

  /// @param name in lower case
  public HpackWriter add(String name, String value) {
    out.write(0); // a literal that is not kept, with its name
    text(name);
    text(value);
    return this;
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    if (bytes.length < 0x7f) {
      out.write(bytes.length);
    } else {
      out.write(0x7f);
      int rest = bytes.length - 0x7f;
      while (rest >= 0x80) {
        out.write((rest & 0x7f) | 0x80);
        rest >>>= 7;
      }
      out.write(rest);
    }
    out.writeBytes(bytes);
  }

  public byte[] bytes() {
    return out.toByteArray();
  }
}
