package dev.tocsin.collect.series;

import dev.tocsin.pipeline.accounting.Durability;
import dev.tocsin.pipeline.accounting.Refusal;
import dev.tocsin.world.net.HttpReply;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Says what came of a body, and where something was written waits for the journal before. Any
/// thread that may wait.
///
/// | answer | when |
/// | --- | --- |
/// | 204 | all samples are durable (or were there already) |
/// | 400 | broken, nothing was written; or some samples were refused, the rest is durable |
/// | 413 | too many bytes or samples, nothing was written |
/// | 429 | no room now, or too many series (those that exist were written) |
/// | 503 | the journal did not take it |
public final class Answers {
  /// How long a sender should wait for other requests' memory, and for the journal.
  static final long RETRY_MS = 1000;

  /// How long a sender should wait when there are too many series: only time makes room.
  private static final long SERIES_RETRY_MS = 30_000;

  private final Durability durability;

  public Answers(Durability durability) {
    this.durability = durability;
  }

  public HttpReply to(WriteResult result) throws IOException {
    return switch (result) {
      case WriteResult.Malformed(String reason) -> HttpReply.text(400, reason + "\n");
      case WriteResult.TooLarge(String reason) -> HttpReply.text(413, reason + "\n");
      case WriteResult.Busy(long retryAfterMs, String reason) -> retry(429, retryAfterMs, reason);
      case WriteResult.Written written -> written(written);
    };
  }

  private HttpReply written(WriteResult.Written written) throws IOException {
    if (written.seq() > 0 && !isDurable(written.seq())) {
      return retry(503, RETRY_MS, "the journal did not take the samples");
    }
    RefusedSamples refused = written.refused();
    if (refused.errors() == 0) {
      return HttpReply.empty(204);
    }
    String text =
        refused.errors()
            + " of "
            + written.samples()
            + " samples were refused, the rest is written: "
            + refused.text();
    if (refused.of(Refusal.SERIES_LIMIT) > 0) {
      return retry(429, SERIES_RETRY_MS, text);
    }
    // Series that were forgotten just when their samples came: they are new the next time.
    return refused.of(Refusal.BUSY) > 0
        ? retry(429, RETRY_MS, text)
        : HttpReply.text(400, text + "\n");
  }

  private boolean isDurable(long seq) throws IOException {
    CompletableFuture<Durability.Outcome> outcome = new CompletableFuture<>();
    durability.whenDurable(seq, outcome::complete);
    try {
      return outcome.get() == Durability.Outcome.DURABLE;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while waiting for the journal");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpReply retry(int status, long afterMs, String text) {
    long seconds = Math.max(1, Math.ceilDiv(afterMs, 1000));
    return new HttpReply(
        status,
        Map.of("Content-Type", "text/plain; charset=utf-8", "Retry-After", Long.toString(seconds)),
        (text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
