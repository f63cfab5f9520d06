package dev.tocsin.collect.otlp;

import dev.tocsin.world.net.HttpHandler;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;
import java.io.IOException;
import java.util.Locale;

/// The receiver of OTLP metrics over gRPC, for a listener that speaks HTTP/2:
/// `MetricsService/Export`, one message in and one out. Any number of calls at once, one virtual
/// thread each; a call waits until the journal holds what it brought.
///
/// | status | when |
/// | --- | --- |
/// | `OK` | all points are durable (or were there already); or some were rejected, which the message says, and the rest is durable |
/// | `INVALID_ARGUMENT` | broken, nothing was written |
/// | `RESOURCE_EXHAUSTED` | too many bytes or samples, nothing was written |
/// | `UNAVAILABLE` with `RetryInfo` | no room now, or the journal did not take it |
/// | `UNIMPLEMENTED` | another service, or another compression |
/// | `INTERNAL` | no gRPC inside of the call |
public final class OtlpGrpcHandler implements HttpHandler {
  private static final String EXPORT =
      "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
  private static final String OTLP_PREFIX = "/opentelemetry.proto.collector.";

  private final OtlpIntake intake;

  public OtlpGrpcHandler(OtlpIntake intake) {
    this.intake = intake;
  }

  @Override
  public HttpReply handle(HttpRequest request) throws IOException {
    String type = request.header("Content-Type").toLowerCase(Locale.ROOT);
    if (!type.startsWith("application/grpc")) {
      return HttpReply.text(
          415,
          "this port speaks gRPC: send OTLP over HTTP to the port for it (4318 mostly), or to"
              + " /v1/metrics of the agent's own\n");
    }
    if (!request.method().equals("POST") || !request.path().equals(EXPORT)) {
      return GrpcReply.failure(OtlpMessages.UNIMPLEMENTED, unknown(request.path()));
    }
    if (type.startsWith("application/grpc+json")) {
      return GrpcReply.failure(OtlpMessages.UNIMPLEMENTED, "only protobuf is spoken here");
    }
    BodyPacking packing =
        BodyPacking.of(request.header("grpc-encoding").strip().toLowerCase(Locale.ROOT));
    if (packing == null) {
      return GrpcReply.failure(
          OtlpMessages.UNIMPLEMENTED,
          "grpc-encoding must be identity or gzip, but is " + request.header("grpc-encoding"));
    }
    long receivedNanos = request.receivedNanos();
    return answer(
        intake.read(
            request,
            intake.bodyBytesMax(),
            (body, taken) -> open(body, taken, packing, receivedNanos)));
  }

  private static String unknown(String path) {
    if (path.startsWith(OTLP_PREFIX + "trace") || path.startsWith(OTLP_PREFIX + "logs")) {
      return "only metrics are taken here, no traces and no logs";
    }
    return "there is nothing here but " + EXPORT;
  }

  /// Takes the one message out of its frame.
  private OtlpResult open(byte[] body, long taken, BodyPacking packing, long receivedNanos)
      throws IOException {
    if (body.length < GrpcReply.PREFIX_BYTES) {
      return new OtlpResult.Unframed("there is no message in the call");
    }
    long length = 0;
    for (int i = 1; i < GrpcReply.PREFIX_BYTES; i++) {
      length = (length << 8) | (body[i] & 0xff);
    }
    long rest = (long) body.length - GrpcReply.PREFIX_BYTES;
    if (body[0] >>> 1 != 0 || length != rest) {
      return new OtlpResult.Unframed(
          length < rest
              ? "there is more than one message in the call"
              : "the message is cut off, or its prefix is wrong");
    }
    if (body[0] == 1 && packing == BodyPacking.NONE) {
      return new OtlpResult.Unframed("a compressed message, and grpc-encoding names nothing");
    }
    return intake.write(
        new IncomingBody(
            body,
            GrpcReply.PREFIX_BYTES,
            taken,
            MessageEncoding.PROTOBUF,
            body[0] == 1 ? packing : BodyPacking.NONE,
            receivedNanos));
  }

  private static HttpReply answer(OtlpResult result) {
    return switch (result) {
      case OtlpResult.Unframed(String reason) -> GrpcReply.failure(OtlpMessages.INTERNAL, reason);
      case OtlpResult.Malformed(String reason) ->
          GrpcReply.failure(OtlpMessages.INVALID_ARGUMENT, reason);
      case OtlpResult.TooLarge(String reason) ->
          GrpcReply.failure(OtlpMessages.RESOURCE_EXHAUSTED, reason);
      case OtlpResult.Busy(long retryAfterMs, String reason) ->
          GrpcReply.retry(OtlpMessages.UNAVAILABLE, reason, retryAfterMs);
      case OtlpResult.Undurable(long retryAfterMs, String reason) ->
          GrpcReply.retry(OtlpMessages.UNAVAILABLE, reason, retryAfterMs);
      case OtlpResult.Written written ->
          GrpcReply.success(
              written.rejected() == 0
                  ? new byte[0]
                  : OtlpMessages.partial(written.rejected(), written.text()));
    };
  }
}
