package dev.tocsin.collect.otlp;

import static dev.tocsin.collect.otlp.OtlpBody.gauge;
import static dev.tocsin.collect.otlp.OtlpBody.gzip;
import static dev.tocsin.collect.otlp.OtlpBody.join;
import static dev.tocsin.collect.otlp.OtlpBody.metric;
import static dev.tocsin.collect.otlp.OtlpBody.point;
import static dev.tocsin.collect.otlp.OtlpBody.request;
import static dev.tocsin.collect.otlp.OtlpBody.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.world.net.HttpReply;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OtlpGrpcHandlerTest {
  private static final long NOW = OtlpReceiver.NOW_MS;
  private static final byte[] GOOD =
      request(resource("service.name", "shop"), metric("m", "", gauge(point(NOW, 1))));

  private final OtlpReceiver receiver = new OtlpReceiver();

  private static byte[] framed(int compressed, byte[] message) {
    byte[] prefix = ByteBuffer.allocate(5).put((byte) compressed).putInt(message.length).array();
    return join(prefix, message);
  }

  /// Without a length, as gRPC's clients send it.
  private static OtlpRequest call(byte[] body, String encoding) {
    String path = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
    return OtlpRequest.protobuf(body)
        .at(path)
        .with("content-length", "")
        .with("content-type", "application/grpc")
        .with("grpc-encoding", encoding);
  }

  private HttpReply post(byte[] body, String encoding) {
    HttpReply reply = receiver.grpc(call(body, encoding));
    receiver.balanced();
    return reply;
  }

  private static void isStatus(HttpReply reply, String code, String text) {
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("grpc-status", code);
    assertThat(reply.headers().get("grpc-message")).contains(text);
    assertThat(reply.content()).isEmpty();
  }

  @Test
  void aMessageIsWrittenAndAnsweredWithAnEmptyOne() {
    HttpReply reply = post(framed(0, GOOD), "");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.content()).isEqualTo(new byte[5]);
    assertThat(reply.headers()).containsEntry("content-type", "application/grpc");
    assertThat(reply.trailers()).isEqualTo(Map.of("grpc-status", "0"));
    post(framed(1, gzip(request(new byte[0], metric("n", "", gauge(point(NOW, 2)))))), "gzip");
    // A message that says it is not compressed is not, whatever the header says.
    post(framed(0, request(new byte[0], metric("o", "", gauge(point(NOW, 3))))), "gzip");
    assertThat(receiver.came).containsExactly("m{job=\"shop\"} 1.0 @ 0", "n 2.0 @ 0", "o 3.0 @ 0");
  }

  @Test
  void aRejectedPointIsAPartialSuccess() {
    byte[] old = request(new byte[0], metric("m", "", gauge(point(0, 1), point(NOW, 2))));
    HttpReply reply = post(framed(0, old), "identity");
    assertThat(reply.trailers()).containsEntry("grpc-status", "0");
    assertThat(new String(reply.content(), StandardCharsets.UTF_8))
        .contains("1 of 2 data points were rejected", "too_old");
    assertThat(ByteBuffer.wrap(reply.content()).getInt(1)).isEqualTo(reply.content().length - 5);
  }

  @Test
  void whatIsNoMessageIsRefused() {
    isStatus(post(new byte[0], ""), "13", "no message");
    isStatus(post(new byte[4], ""), "13", "no message");
    isStatus(post(join(framed(0, GOOD), new byte[] {0}), ""), "13", "more than one");
    isStatus(post(framed(1, GOOD), ""), "13", "names nothing");
    byte[] cut = java.util.Arrays.copyOf(framed(0, GOOD), 20);
    isStatus(post(cut, ""), "13", "cut off");
    isStatus(post(framed(2, GOOD), ""), "13", "prefix is wrong");
    isStatus(post(framed(0, new byte[] {0x0a, 9}), ""), "3", "offset");
    isStatus(post(framed(1, new byte[] {1, 2, 3}), "gzip"), "3", "gzip");
    isStatus(post(framed(0, GOOD), "zstd"), "12", "identity or gzip");
    isStatus(receiver.grpc(call(GOOD, "").at("/a.B/C")), "12", "nothing here");
    assertThat(receiver.grpc(call(GOOD, "").with("content-type", "text/plain")).status())
        .isEqualTo(415);
    assertThat(receiver.came).isEmpty();
  }

  @Test
  void aJournalThatFailsIsToldWithTheTimeToComeAgain() {
    receiver.breakJournal();
    HttpReply reply = post(framed(0, GOOD), "");
    isStatus(reply, "14", "journal");
    byte[] details = Base64.getDecoder().decode(reply.headers().get("grpc-status-details-bin"));
    // RetryInfo{retry_delay{seconds: 1}}
    assertThat(HexFormat.of().formatHex(details)).endsWith("12040a020801");
    assertThat(new String(details, StandardCharsets.UTF_8))
        .contains("type.googleapis.com/google.rpc.RetryInfo");
  }

  @Test
  void aTextOfAnyKindIsAHeader() {
    HttpReply reply = GrpcReply.failure(3, "50 % of \u00e9\r\nx" + "y".repeat(2000));
    assertThat(reply.headers().get("grpc-message"))
        .startsWith("50 %25 of %C3%A9%0D%0Axy")
        .endsWith("...")
        .hasSizeLessThan(1100);
  }
}
