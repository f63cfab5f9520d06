package dev.tocsin.collect.otlp;

import dev.tocsin.world.net.HttpHandler;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;
import java.io.IOException;

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
  private final OtlpIntake intake;

  public OtlpHandler(OtlpIntake intake) {
    this.intake = intake;
  }

  @Override
  public HttpReply handle(HttpRequest request) throws IOException {
    OtlpHead head = OtlpHead.of(request);
    HttpReply refusal = head.refusal();
    if (refusal != null) {
      return refusal;
    }
    MessageEncoding encoding = head.encoding();
    long receivedNanos = request.receivedNanos();
    OtlpResult result =
        intake.read(
            request,
            intake.bodyBytesMax(),
            (body, taken) ->
                intake.write(
                    new IncomingBody(body, 0, taken, encoding, head.packing(), receivedNanos)));
    return answer(encoding, result);
  }

  private static HttpReply answer(MessageEncoding encoding, OtlpResult result) {
    return switch (result) {
      case OtlpResult.Unframed(String reason) -> OtlpReply.failure(encoding, 400, reason);
      case OtlpResult.Malformed(String reason) -> OtlpReply.failure(encoding, 400, reason);
      case OtlpResult.TooLarge(String reason) -> OtlpReply.failure(encoding, 413, reason);
      case OtlpResult.Busy(long retryAfterMs, String reason) ->
          OtlpReply.retry(encoding, 429, retryAfterMs, reason);
      case OtlpResult.Undurable(long retryAfterMs, String reason) ->
          OtlpReply.retry(encoding, 503, retryAfterMs, reason);
      case OtlpResult.Written written ->
          written.rejected() == 0
              ? OtlpReply.success(encoding)
              : OtlpReply.partial(encoding, written.rejected(), written.text());
    };
  }
}
