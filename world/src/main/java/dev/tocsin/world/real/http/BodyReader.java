package dev.tocsin.world.real.http;

import java.io.EOFException;
import java.io.IOException;

/// Reads one message's body. One thread.
final class BodyReader {
  /// Characters of a chunk's first line, extensions included; more are an error.
  private static final int CHUNK_LINE_MAX = 256;

  /// Bytes of the trailer fields, which are thrown away; more are an error.
  private static final int TRAILER_BYTES_MAX = 8 << 10;

  private final WireInput in;
  private final boolean chunked;
  private final boolean untilClose;

  /// Bytes left of the body, or of the chunk.
  private long left;

  private boolean firstChunk = true;
  private boolean finished;

  /// @param framing bytes, or a constant of [Framing]
  BodyReader(WireInput in, long framing) {
    this.in = in;
    this.chunked = framing == Framing.CHUNKED;
    this.untilClose = framing == Framing.UNTIL_CLOSE;
    this.left = chunked || untilClose ? 0 : framing;
    this.finished = framing == 0;
  }

  boolean isFinished() {
    return finished;
  }

  /// Bytes that are known to come still; what a chunked body has beyond its current chunk is not.
  long left() {
    return left;
  }

  boolean isLengthKnown() {
    return !chunked && !untilClose;
  }

  /// At least one byte, or -1 at the end. Fails with [EOFException] where it ends early.
  int read(byte[] into, int at, int count) throws IOException {
    if (finished) {
      return -1;
    }
    if (untilClose) {
      int got = in.read(into, at, count);
      finished = got < 0;
      return got;
    }
    if (chunked && left == 0) {
      left = nextChunk();
      if (left == 0) {
        skipTrailer();
        finished = true;
        return -1;
      }
    }
    int got = in.read(into, at, (int) Math.min(count, left));
    if (got < 0) {
      throw endedEarly();
    }
    left -= got;
    finished = !chunked && left == 0;
    return got;
  }

  /// Throws away what is left, if it is at most that many bytes; returns whether the end came.
  boolean discard(long bytesMax) throws IOException {
    byte[] nowhere = new byte[Math.clamp(left, 256, 8 << 10)];
    long room = bytesMax;
    while (!finished && room >= 0) {
      room -= Math.max(0, read(nowhere, 0, nowhere.length));
    }
    return finished;
  }

  private long nextChunk() throws IOException {
    if (!firstChunk) {
      expectLineEnd();
    }
    firstChunk = false;
    long size = 0;
    int digits = 0;
    int c = in.read();
    for (; Character.digit(c, 16) >= 0; c = in.read()) {
      size = size * 16 + Character.digit(c, 16);
      if (++digits > 8) {
        throw new WireException(400, "a chunk is too large");
      }
    }
    if (digits == 0) {
      throw c < 0 ? endedEarly() : new WireException(400, "a chunk has no size");
    }
    skipExtensions(c);
    return size;
  }

  private void skipExtensions(int first) throws IOException {
    int c = first;
    if (c != '\r' && c != ';' && c != ' ' && c != '\t') {
      throw c < 0 ? endedEarly() : new WireException(400, "a chunk's size is not a number");
    }
    for (int i = 0; c != '\r'; c = in.read(), i++) {
      if (c < 0) {
        throw endedEarly();
      }
      if (c == '\n' || i > CHUNK_LINE_MAX) {
        throw new WireException(400, "a chunk's first line has no proper end");
      }
    }
    if (in.read() != '\n') {
      throw new WireException(400, "a chunk's first line has no proper end");
    }
  }

  private void expectLineEnd() throws IOException {
    int first = in.read();
    int second = first < 0 ? -1 : in.read();
    if (second < 0) {
      throw endedEarly();
    }
    if (first != '\r' || second != '\n') {
      throw new WireException(400, "a chunk is longer than it said");
    }
  }

  private void skipTrailer() throws IOException {
    int lineLength = 0;
    for (int i = 0; i < TRAILER_BYTES_MAX; i++) {
      int c = in.read();
      if (c < 0) {
        throw endedEarly();
      }
      if (c == '\n' || (c == '\r' && in.read() != '\n')) {
        throw new WireException(400, "a trailer line has no proper end");
      }
      if (c == '\r') {
        if (lineLength == 0) {
          return;
        }
        lineLength = 0;
      } else {
        lineLength++;
      }
    }
    throw new WireException(431, "the trailer is too large");
  }

  private static EOFException endedEarly() {
    return new EOFException("the body ended early");
  }
}
