package dev.tocsin.collect.otlp;

import dev.tocsin.collect.remotewrite.wire.MalformedException;
import dev.tocsin.collect.series.ByteBudget;
import dev.tocsin.collect.series.ReusePool;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Durability;
import dev.tocsin.pipeline.intake.Intake;
import dev.tocsin.world.net.HttpHandler;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// The receiver of OTLP metrics over HTTP, for `POST /v1/metrics`. Any number of requests at once,
/// one virtual thread each; a request waits until the journal holds what it brought.
///
/// | answer | when |
/// | --- | --- |
/// | 200 | all points are durable (or were there already); or some were rejected, which the message says, and the rest is durable |
/// | 400 | broken, nothing was written |
/// | 413 | too many bytes or samples, nothing was written |
/// | 415 | another content type or encoding |
/// | 429 | no room now, nothing was written |
/// | 503 | the journal did not take it |
public final class OtlpHandler implements HttpHandler {
  /// How long a sender should wait for other requests' memory, and for the journal.
  private static final long RETRY_MS = 1000;

  private final Durability durability;
  private final OtlpLimits limits;
  private final ByteBudget budget;
  private final ReusePool<Desk> desks;

  public OtlpHandler(
      Intake intake, Durability durability, Tenant tenant, OtlpOptions options, OtlpLimits limits) {
    this.durability = durability;
    this.limits = limits;
    budget = new ByteBudget(limits.inFlightBytesMax());
    desks =
        new ReusePool<>(
            limits.decodersKept(),
            () -> new Desk(new OtlpDecoder(intake, tenant, options, limits.samplesMax())));
  }

  @Override
  public HttpReply handle(HttpRequest request) throws IOException {
    OtlpHead head = OtlpHead.of(request);
    HttpReply refusal = head.refusal();
    return refusal != null ? refusal : answer(head.encoding(), receive(request, head));
  }

  private OtlpResult receive(HttpRequest request, OtlpHead head) throws IOException {
    long announced = announcedBytes(request);
    if (announced > limits.bodyBytesMax()) {
      return new OtlpResult.TooLarge(
          "the request body is larger than " + limits.bodyBytesMax() + " bytes");
    }
    if (!budget.take(announced, 0)) {
      return new OtlpResult.Busy(RETRY_MS, "too many requests are being read");
    }
    try {
      byte[] body = request.body(limits.bodyBytesMax());
      return decode(body, announced, head, request.receivedNanos());
    } catch (HttpRequest.BodyTooLargeException e) {
      return new OtlpResult.TooLarge(String.valueOf(e.getMessage()));
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

  private OtlpResult decode(byte[] body, long taken, OtlpHead head, long receivedNanos) {
    Desk desk = desks.take();
    desk.unzipped().begin(budget, taken, limits.decodedBytesMax());
    try {
      byte[] message = body;
      int length = body.length;
      if (head.gzip()) {
        Gunzip.decode(body, desk.unzipped());
        message = desk.unzipped().bytes();
        length = desk.unzipped().length();
      }
      if (head.encoding() == MessageEncoding.JSON) {
        long soFar = taken + desk.unzipped().taken();
        int rest = limits.decodedBytesMax() - desk.unzipped().length();
        desk.translated().begin(budget, soFar, rest);
        JsonTranscoder.transcode(message, length, desk.translated());
        message = desk.translated().bytes();
        length = desk.translated().length();
      }
      return desk.decoder().write(message, length, receivedNanos);
    } catch (MalformedException e) {
      return new OtlpResult.Malformed(String.valueOf(e.getMessage()));
    } catch (BodyBuffer.NoRoomException e) {
      String text = String.valueOf(e.getMessage());
      return e.isBeyondLimit()
          ? new OtlpResult.TooLarge(text)
          : new OtlpResult.Busy(RETRY_MS, text);
    } finally {
      desk.unzipped().end();
      desk.translated().end();
      desks.give(desk);
    }
  }

  private HttpReply answer(MessageEncoding encoding, OtlpResult result) throws IOException {
    return switch (result) {
      case OtlpResult.Malformed(String reason) -> OtlpReply.failure(encoding, 400, reason);
      case OtlpResult.TooLarge(String reason) -> OtlpReply.failure(encoding, 413, reason);
      case OtlpResult.Busy(long retryAfterMs, String reason) ->
          OtlpReply.retry(encoding, 429, retryAfterMs, reason);
      case OtlpResult.Written written -> answer(encoding, written);
    };
  }

  private HttpReply answer(MessageEncoding encoding, OtlpResult.Written written)
      throws IOException {
    if (written.seq() > 0 && !isDurable(written.seq())) {
      return OtlpReply.retry(encoding, 503, RETRY_MS, "the journal did not take the points");
    }
    if (written.rejected() == 0) {
      return OtlpReply.success(encoding);
    }
    String text =
        written.rejected()
            + " of "
            + written.points()
            + " data points were rejected, the rest is written; samples refused: "
            + written.reasons();
    return OtlpReply.partial(encoding, written.rejected(), text);
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
}
