package dev.tocsin.collect.series;

import dev.tocsin.world.net.HttpRequest;
import java.io.IOException;

/// Reads the bodies of requests, each within its limit and all within one budget. Any thread.
public final class BodyReader {
  private static final int DIGITS_MAX = 18;

  /// What a body is taken for whose length is not told.
  private static final int UNTOLD_BYTES = 256 << 10;

  private final ByteBudget budget;

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

  /// @param bytesMax of this body as it comes; beyond it it is too large
  public WriteResult read(HttpRequest request, int bytesMax, Use use) throws IOException {
    long announced = announced(request, bytesMax);
    if (announced > bytesMax) {
      return new WriteResult.TooLarge("the request body is larger than " + bytesMax + " bytes");
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
