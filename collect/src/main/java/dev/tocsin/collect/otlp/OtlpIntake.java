package dev.tocsin.collect.otlp;

import dev.tocsin.collect.remotewrite.wire.MalformedException;
import dev.tocsin.collect.series.BodyReader;
import dev.tocsin.collect.series.ByteBudget;
import dev.tocsin.collect.series.ReusePool;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Durability;
import dev.tocsin.pipeline.intake.Intake;
import dev.tocsin.world.net.HttpRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Takes the metrics of OTLP whichever way they come, and waits for the journal. Any thread that
/// may wait; any number at once.
public final class OtlpIntake {
  /// How long a sender should wait for other requests' memory, and for the journal.
  static final long RETRY_MS = 1000;

  private final Durability durability;
  private final OtlpLimits limits;
  private final ByteBudget budget;
  private final ReusePool<Desk> desks;

  /// @param budget of all bodies at once, shared with other receivers
  public OtlpIntake(
      Intake intake,
      Durability durability,
      Tenant tenant,
      OtlpOptions options,
      OtlpLimits limits,
      ByteBudget budget) {
    this.durability = durability;
    this.limits = limits;
    this.budget = budget;
    DeltaTotals deltas = new DeltaTotals();
    desks =
        new ReusePool<>(
            limits.decodersKept(),
            () -> new Desk(new OtlpDecoder(intake, tenant, options, deltas, limits.samplesMax())));
  }

  /// Finds the message in a body that came.
  @FunctionalInterface
  interface Opening {
    OtlpResult of(byte[] body, long taken) throws IOException;
  }

  /// Reads a request's body, and keeps its bytes counted while it is dealt with.
  OtlpResult read(HttpRequest request, int bytesMax, Opening opening) throws IOException {
    long announced = BodyReader.announced(request, bytesMax);
    if (announced > bytesMax) {
      return tooLarge(bytesMax);
    }
    if (!budget.take(announced, 0)) {
      return crowded();
    }
    long taken = announced;
    try {
      byte[] body = request.body(bytesMax);
      if (body.length > taken && !budget.take(body.length - taken, taken)) {
        return crowded();
      }
      // What was taken beyond it is others' now: this one may wait for the journal for long.
      budget.give(Math.max(0, taken - body.length));
      taken = body.length;
      return opening.of(body, taken);
    } catch (HttpRequest.BodyTooLargeException _) {
      return tooLarge(bytesMax);
    } finally {
      budget.give(taken);
    }
  }

  private static OtlpResult tooLarge(int bytesMax) {
    return new OtlpResult.TooLarge("the request body is larger than " + bytesMax + " bytes");
  }

  private static OtlpResult crowded() {
    return new OtlpResult.Busy(RETRY_MS, "too many requests are being read");
  }

  /// Bytes of a body as it comes; beyond it it is too large.
  int bodyBytesMax() {
    return limits.bodyBytesMax();
  }

  /// Writes what a body has, and waits until the journal holds it.
  OtlpResult write(IncomingBody body) throws IOException {
    OtlpResult result = decode(body);
    if (result instanceof OtlpResult.Written written
        && written.seq() > 0
        && !isDurable(written.seq())) {
      return new OtlpResult.Undurable(RETRY_MS, "the journal did not take the points");
    }
    return result;
  }

  private OtlpResult decode(IncomingBody body) {
    Desk desk = desks.take();
    desk.unzipped().begin(budget, body.taken(), limits.decodedBytesMax());
    try {
      byte[] message = body.bytes();
      int from = body.from();
      int to = message.length;
      if (body.packing() == BodyPacking.GZIP) {
        Gunzip.decode(message, from, desk.unzipped());
        message = desk.unzipped().bytes();
        from = 0;
        to = desk.unzipped().length();
      }
      if (body.encoding() == MessageEncoding.JSON) {
        long soFar = body.taken() + desk.unzipped().taken();
        int rest = limits.decodedBytesMax() - desk.unzipped().length();
        desk.translated().begin(budget, soFar, rest);
        JsonTranscoder.transcode(message, to, desk.translated());
        message = desk.translated().bytes();
        to = desk.translated().length();
      }
      return desk.decoder().write(message, from, to, body.receivedNanos());
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
