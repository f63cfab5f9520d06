package dev.tocsin.collect.series;

import dev.tocsin.world.net.BodyBuffer;
import dev.tocsin.world.net.HttpRequest;
import java.io.IOException;

/// Reads the bodies of requests, each within its limit and all within one budget. Any thread.
public final class BodyReader {
  private static final int DIGITS_MAX = 18;

  /// Buffers kept between requests, and how large they may be then.
  private static final int BUFFERS_KEPT = 8;

  private static final int RETAINED_BYTES = 256 << 10;

  /// What a body is taken for whose length is not told.
  private static final int UNTOLD_BYTES = 256 << 10;

  private final ByteBudget budget;
  private final ReusePool<Buffer> buffers = new ReusePool<>(BUFFERS_KEPT, Buffer::new);

  /// @param budget of all bodies at once, which receivers share
  public BodyReader(ByteBudget budget) {
    this.budget = budget;
  }

  /// What is done with a body while its bytes are counted.
  @FunctionalInterface
  public interface Use {
    /// @param taken of the budget, for this body
    WriteResult of(byte[] body, long taken) throws IOException;
  }

  /// What is done with a body that is in bytes which are used again: none of it may be kept.
  @FunctionalInterface
  public interface BufferUse {
    /// @param taken of the budget, for this body
    WriteResult of(BodyBuffer body, long taken) throws IOException;
  }

  /// A buffer on its way from request to request.
  private record Buffer(BodyBuffer body) implements ReusePool.Reused {
    Buffer() {
      this(new BodyBuffer());
    }

    @Override
    public void shrink() {
      body.shrink(RETAINED_BYTES);
    }
  }

  /// As [#read], and the body is in bytes that are used again.
  public WriteResult readReused(HttpRequest request, int bytesMax, BufferUse use)
      throws IOException {
    long announced = announced(request, bytesMax);
    if (announced > bytesMax) {
      return tooLarge(bytesMax);
    }
    if (!budget.take(announced, 0)) {
      return WriteResult.crowded();
    }
    long taken = announced;
    Buffer buffer = buffers.take();
    try {
      request.body(buffer.body, bytesMax);
      int length = buffer.body.length();
      if (length > taken && !budget.take(length - taken, taken)) {
        return WriteResult.crowded();
      }
      budget.give(Math.max(0, taken - length));
      taken = length;
      return use.of(buffer.body, taken);
    } catch (HttpRequest.BodyTooLargeException e) {
      return new WriteResult.TooLarge(String.valueOf(e.getMessage()));
    } finally {
      buffers.give(buffer);
      budget.give(taken);
    }
  }

  private static WriteResult tooLarge(int bytesMax) {
    return new WriteResult.TooLarge("the request body is larger than " + bytesMax + " bytes");
  }

  /// @param bytesMax of this body as it comes; beyond it it is too large
  public WriteResult read(HttpRequest request, int bytesMax, Use use) throws IOException {
    long announced = announced(request, bytesMax);
    if (announced > bytesMax) {
      return tooLarge(bytesMax);
    }
    if (!budget.take(announced, 0)) {
      return WriteResult.crowded();
    }
    long taken = announced;
    try {
      byte[] body = request.body(bytesMax);
      if (body.length > taken && !budget.take(body.length - taken, taken)) {
        return WriteResult.crowded();
      }
      // What was taken beyond it is others' now: this one may wait for the journal for long.
      budget.give(Math.max(0, taken - body.length));
      taken = body.length;
      return use.of(body, taken);
    } catch (HttpRequest.BodyTooLargeException e) {
      return new WriteResult.TooLarge(String.valueOf(e.getMessage()));
    } finally {
      budget.give(taken);
    }
  }

  /// What `Content-Length` says, or a guess where it says nothing usable: what a body has beyond it
  /// is taken of the budget once it is there.
  public static long announced(HttpRequest request, int bytesMax) {
    String header = request.header("Content-Length");
    if (header.isEmpty() || header.length() > DIGITS_MAX) {
      return header.isEmpty() ? Math.min(bytesMax, UNTOLD_BYTES) : Long.MAX_VALUE;
    }
    try {
      return Math.max(0, Long.parseLong(header));
    } catch (NumberFormatException _) {
      return Math.min(bytesMax, UNTOLD_BYTES);
    }
  }
}
