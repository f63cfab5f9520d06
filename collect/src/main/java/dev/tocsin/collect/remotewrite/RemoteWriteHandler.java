package dev.tocsin.collect.remotewrite;

import dev.tocsin.collect.remotewrite.snappy.SnappyBlock;
import dev.tocsin.collect.remotewrite.wire.MalformedException;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Durability;
import dev.tocsin.pipeline.accounting.Refusal;
import dev.tocsin.pipeline.intake.Intake;
import dev.tocsin.world.net.HttpHandler;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// The receiver of Prometheus remote write 1.0 and 2.0, for `POST /api/v1/write`. Any number of
/// requests at once, one virtual thread each; a request waits until the journal holds what it
/// brought.
///
/// | answer | when |
/// | --- | --- |
/// | 204 | all samples are durable (or were there already) |
/// | 400 | broken, nothing was written; or some samples were refused, the rest is durable |
/// | 413 | too many bytes or samples, nothing was written |
/// | 415 | another content type, message or encoding |
/// | 429 | no room now, or too many series (those that exist were written) |
/// | 503 | the journal did not take it |
///
/// Answers to 2.0 also say how much was written, see [WrittenHeaders].
public final class RemoteWriteHandler implements HttpHandler {
  /// How long a sender should wait when there are too many series: only time makes room.
  private static final long SERIES_RETRY_MS = 30_000;

  /// How long a sender should wait for other requests' memory, and for the journal.
  private static final long RETRY_MS = 1000;

  private final Durability durability;
  private final RemoteWriteLimits limits;
  private final ByteBudget budget;
  private final DecoderPool decoders;
  private final Unkept unkept = new Unkept();

  public RemoteWriteHandler(
      Intake intake, Durability durability, Tenant tenant, RemoteWriteLimits limits) {
    this.durability = durability;
    this.limits = limits;
    budget = new ByteBudget(limits.inFlightBytesMax());
    decoders =
        new DecoderPool(
            limits.decodersKept(),
            () -> new BodyDecoder(intake, tenant, limits.samplesMax(), unkept));
  }

  /// What came and was not kept.
  public Unkept unkept() {
    return unkept;
  }

  @Override
  public HttpReply handle(HttpRequest request) throws IOException {
    HttpReply refusal = RequestHead.refusal(request);
    if (refusal != null) {
      return refusal;
    }
    WriteMessage message = RequestHead.message(request);
    WriteResult result = receive(request, message);
    HttpReply reply = answer(result);
    return switch (message) {
      case V1 -> reply;
      case V2 -> WrittenHeaders.addTo(reply, result);
    };
  }

  private WriteResult receive(HttpRequest request, WriteMessage message) throws IOException {
    long announced = announcedBytes(request);
    if (announced > limits.bodyBytesMax()) {
      return new WriteResult.TooLarge(
          "the request body is larger than " + limits.bodyBytesMax() + " bytes");
    }
    if (!budget.take(announced, 0)) {
      return crowded();
    }
    try {
      byte[] block = request.body(limits.bodyBytesMax());
      return decode(message, block, announced, request.receivedNanos());
    } catch (HttpRequest.BodyTooLargeException e) {
      return new WriteResult.TooLarge(String.valueOf(e.getMessage()));
    } finally {
      budget.give(announced);
    }
  }

  /// What `Content-Length` says; the most allowed where it says nothing usable.
  private long announcedBytes(HttpRequest request) {
    String header = request.header("Content-Length");
    if (header.isEmpty() || header.length() > 18) {
      return header.isEmpty() ? limits.bodyBytesMax() : Long.MAX_VALUE;
    }
    try {
      return Math.max(0, Long.parseLong(header));
    } catch (NumberFormatException _) {
      return limits.bodyBytesMax();
    }
  }

  private WriteResult decode(WriteMessage message, byte[] block, long taken, long receivedNanos) {
    long declared;
    try {
      declared = SnappyBlock.declaredLength(block);
    } catch (MalformedException e) {
      return new WriteResult.Malformed(String.valueOf(e.getMessage()));
    }
    if (declared > limits.decodedBytesMax()) {
      return new WriteResult.TooLarge(
          "the decompressed body is larger than " + limits.decodedBytesMax() + " bytes");
    }
    if (!SnappyBlock.canHold(block.length, declared)) {
      return new WriteResult.Malformed(
          "snappy: " + block.length + " bytes cannot hold the " + declared + " they declare");
    }
    if (!budget.take(declared, taken)) {
      return crowded();
    }
    BodyDecoder decoder = decoders.take();
    try {
      return decoder.write(message, block, (int) declared, receivedNanos);
    } finally {
      decoders.give(decoder);
      budget.give(declared);
    }
  }

  private static WriteResult crowded() {
    return new WriteResult.Busy(RETRY_MS, "too many requests are being read");
  }

  private HttpReply answer(WriteResult result) throws IOException {
    return switch (result) {
      case WriteResult.Malformed(String reason) -> HttpReply.text(400, reason + "\n");
      case WriteResult.TooLarge(String reason) -> HttpReply.text(413, reason + "\n");
      case WriteResult.Busy(long retryAfterMs, String reason) -> retry(429, retryAfterMs, reason);
      case WriteResult.Written written -> answer(written);
    };
  }

  private HttpReply answer(WriteResult.Written written) throws IOException {
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
    return refused.of(Refusal.SERIES_LIMIT) > 0
        ? retry(429, SERIES_RETRY_MS, text)
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
