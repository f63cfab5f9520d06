package dev.tocsin.collect.remotewrite;

import dev.tocsin.collect.remotewrite.snappy.SnappyBlock;
import dev.tocsin.collect.remotewrite.wire.MalformedException;
import dev.tocsin.collect.series.Answers;
import dev.tocsin.collect.series.BodyReader;
import dev.tocsin.collect.series.ByteBudget;
import dev.tocsin.collect.series.ReusePool;
import dev.tocsin.collect.series.WriteResult;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Durability;
import dev.tocsin.pipeline.intake.Intake;
import dev.tocsin.world.net.BodyBuffer;
import dev.tocsin.world.net.HttpHandler;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;
import java.io.IOException;

/// The receiver of Prometheus remote write 1.0 and 2.0, for `POST /api/v1/write`. Any number of
/// requests at once, one virtual thread each; a request waits until the journal holds what it
/// brought.
///
/// Answers as [Answers] does, and 415 to another content type, message or encoding. Answers to 2.0
/// also say how much was written, see [WrittenHeaders].
public final class RemoteWriteHandler implements HttpHandler {
  private final Answers answers;
  private final RemoteWriteLimits limits;
  private final ByteBudget budget;
  private final BodyReader bodies;
  private final ReusePool<BodyDecoder> decoders;
  private final Unkept unkept = new Unkept();

  /// With a budget of its own.
  public RemoteWriteHandler(
      Intake intake, Durability durability, Tenant tenant, RemoteWriteLimits limits) {
    this(intake, durability, tenant, limits, new ByteBudget(limits.inFlightBytesMax()));
  }

  /// @param budget of all bodies at once, shared with other receivers
  public RemoteWriteHandler(
      Intake intake,
      Durability durability,
      Tenant tenant,
      RemoteWriteLimits limits,
      ByteBudget budget) {
    this.limits = limits;
    this.budget = budget;
    answers = new Answers(durability);
    bodies = new BodyReader(budget);
    decoders =
        new ReusePool<>(
            limits.decoders(),
            limits.decoders(),
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
    HttpReply reply = answers.to(result);
    return switch (message) {
      case V1 -> reply;
      case V2 -> WrittenHeaders.addTo(reply, result);
    };
  }

  private WriteResult receive(HttpRequest request, WriteMessage message) throws IOException {
    return bodies.readReused(
        request,
        limits.bodyBytesMax(),
        (body, taken) -> decode(message, body, taken, request.receivedNanos()));
  }

  private WriteResult decode(
      WriteMessage message, BodyBuffer body, long taken, long receivedNanos) {
    long declared;
    try {
      declared = SnappyBlock.declaredLength(body.bytes(), body.length());
    } catch (MalformedException e) {
      return new WriteResult.Malformed(String.valueOf(e.getMessage()));
    }
    if (declared > limits.decodedBytesMax()) {
      return new WriteResult.TooLarge(
          "the decompressed body is larger than " + limits.decodedBytesMax() + " bytes");
    }
    if (!SnappyBlock.canHold(body.length(), declared)) {
      return new WriteResult.Malformed(
          "snappy: " + body.length() + " bytes cannot hold the " + declared + " they declare");
    }
    if (!budget.take(declared, taken)) {
      return WriteResult.crowded();
    }
    BodyDecoder decoder = decoders.take();
    try {
      return decoder.write(message, body.bytes(), body.length(), (int) declared, receivedNanos);
    } finally {
      decoders.give(decoder);
      budget.give(declared);
    }
  }
}
