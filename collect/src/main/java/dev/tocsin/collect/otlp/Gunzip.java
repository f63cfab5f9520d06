package dev.tocsin.collect.otlp;

import dev.tocsin.collect.remotewrite.wire.MalformedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/// Decompresses a body, which may become a thousand times as large: the buffer bounds it.
final class Gunzip {
  private static final int STEP_BYTES = 16 << 10;

  private Gunzip() {}

  static void decode(byte[] compressed, int from, BodyBuffer into)
      throws MalformedException, BodyBuffer.NoRoomException {
    ByteArrayInputStream source =
        new ByteArrayInputStream(compressed, from, compressed.length - from);
    byte[] step = new byte[STEP_BYTES];
    try (GZIPInputStream in = new GZIPInputStream(source, 8192)) {
      while (true) {
        int count = in.read(step);
        if (count < 0) {
          return;
        }
        into.add(step, count);
      }
    } catch (IOException e) {
      throw new MalformedException(
          compressed.length - source.available(), "gzip: " + e.getMessage());
    }
  }
}
