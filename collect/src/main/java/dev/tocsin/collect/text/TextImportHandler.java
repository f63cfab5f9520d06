package dev.tocsin.collect.text;

import dev.tocsin.collect.series.Answers;
import dev.tocsin.collect.series.BodyReader;
import dev.tocsin.collect.series.ByteBudget;
import dev.tocsin.collect.series.ReusePool;
import dev.tocsin.collect.series.WriteResult;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Durability;
import dev.tocsin.pipeline.intake.Intake;
import dev.tocsin.world.net.HttpHandler;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;
import java.io.IOException;

/// The receiver of Prometheus's text and OpenMetrics, for `POST /api/v1/import/prometheus` as
/// VictoriaMetrics has it. Any number of requests at once, one virtual thread each; a request waits
/// until the journal holds what it brought.
///
/// Answers as [Answers] does, 400 also to a wrong parameter, and 415 to another content type or
/// encoding. Lines that are broken are refused as any other sample is: the rest is written.
public final class TextImportHandler implements HttpHandler {
  private final Answers answers;
  private final TextLimits limits;
  private final ByteBudget budget;
  private final BodyReader bodies;
  private final ReusePool<TextDecoder> decoders;

  /// @param budget of all bodies at once, shared with other receivers
  public TextImportHandler(
      Intake intake, Durability durability, Tenant tenant, TextLimits limits, ByteBudget budget) {
    this.limits = limits;
    this.budget = budget;
    answers = new Answers(durability);
    bodies = new BodyReader(budget);
    decoders =
        new ReusePool<>(
            limits.decodersKept(), () -> new TextDecoder(intake, tenant, limits.samplesMax()));
  }

  @Override
  public HttpReply handle(HttpRequest request) throws IOException {
    ImportHead head = ImportHead.of(request);
    HttpReply refusal = head.refusal();
    if (refusal != null) {
      return refusal;
    }
    ImportQuery query;
    try {
      query = ImportQuery.of(request.query());
    } catch (IllegalArgumentException e) {
      return HttpReply.text(400, e.getMessage() + "\n");
    }
    int bytesMax =
        head.isGzip()
            ? limits.bodyBytesMax()
            : Math.min(limits.bodyBytesMax(), limits.textBytesMax());
    return answers.to(
        bodies.read(
            request,
            bytesMax,
            (body, taken) ->
                head.isGzip()
                    ? unzip(body, taken, head, query, request.receivedNanos())
                    : decode(body, body.length, head, query, request.receivedNanos())));
  }

  private WriteResult unzip(
      byte[] packed, long taken, ImportHead head, ImportQuery query, long receivedNanos) {
    try (GzipBody body = new GzipBody(budget, taken, limits.textBytesMax())) {
      WriteResult refusal = body.read(packed);
      return refusal != null
          ? refusal
          : decode(body.bytes(), body.length(), head, query, receivedNanos);
    }
  }

  private WriteResult decode(
      byte[] text, int length, ImportHead head, ImportQuery query, long receivedNanos) {
    TextFormat told = head.format();
    TextFormat format = told == null ? TextFormat.of(text, length) : told;
    TextDecoder decoder = decoders.take();
    try {
      return decoder.write(text, length, format, query, receivedNanos);
    } finally {
      decoders.give(decoder);
    }
  }
}
