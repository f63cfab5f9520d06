package dev.tocsin.system.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.CodedOutputStream;
import dev.tocsin.bench.http.HttpAnswer;
import dev.tocsin.bench.http.HttpConnection;
import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.process.ProcessRun;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// gRPC's own client on Netty: another HTTP/2 than the SDK's.
class GrpcClientTest {
  private static final String EXPORT =
      "opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
  private static final CallOptions PLAIN = CallOptions.DEFAULT;

  private static final MethodDescriptor.Marshaller<byte[]> BYTES =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
          return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
          try {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };

  private static MethodDescriptor<byte[], byte[]> method(String name) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(name)
        .setRequestMarshaller(BYTES)
        .setResponseMarshaller(BYTES)
        .build();
  }

  private static ManagedChannel channel(OtlpAgent agent) {
    return NettyChannelBuilder.forTarget(agent.grpc()).usePlaintext().build();
  }

  private static byte[] export(ManagedChannel channel, CallOptions options, byte[] request) {
    return ClientCalls.blockingUnaryCall(channel, method(EXPORT), options, request);
  }

  private static StatusRuntimeException failure(ManagedChannel channel, String name, byte[] body) {
    return catchThrowableOfType(
        StatusRuntimeException.class,
        () -> ClientCalls.blockingUnaryCall(channel, method(name), PLAIN, body));
  }

  private interface Writing {
    void to(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      writing.to(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] field(int number, byte[] content) {
    return message(out -> out.writeByteArray(number, content));
  }

  /// Gauges `room` with an attribute each.
  private static byte[] gauges(int from, int count, long timeMs, int padding) {
    byte[] points =
        message(
            out -> {
              for (int i = from; i < from + count; i++) {
                String value = i + "x".repeat(padding);
                byte[] text = message(value1 -> value1.writeString(1, value));
                byte[] attribute =
                    message(
                        pair -> {
                          pair.writeString(1, "n");
                          pair.writeByteArray(2, text);
                        });
                double number = i;
                out.writeByteArray(
                    1,
                    message(
                        point -> {
                          point.writeByteArray(7, attribute);
                          point.writeFixed64(3, timeMs * 1_000_000);
                          point.writeDouble(4, number);
                        }));
              }
            });
    byte[] metric =
        message(
            out -> {
              out.writeString(1, "room");
              out.writeByteArray(5, points);
            });
    return field(1, field(2, field(2, metric)));
  }

  @Test
  void manyCallsAtOnceAndLargeOnesAreWritten(@TempDir Path folder) throws Exception {
    long now = System.currentTimeMillis();
    try (OtlpAgent agent = OtlpAgent.start(folder)) {
      ManagedChannel channel = channel(agent);
      try {
        List<Future<byte[]>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
          byte[] request = gauges(10 * i, 10, now, 5);
          CallOptions options = i % 2 == 0 ? PLAIN : PLAIN.withCompression("gzip");
          answers.add(
              ClientCalls.futureUnaryCall(channel.newCall(method(EXPORT), options), request));
        }
        for (Future<byte[]> answer : answers) {
          assertThat(answer.get(20, TimeUnit.SECONDS)).isEmpty();
        }
        // Several windows of a stream.
        assertThat(export(channel, PLAIN, gauges(10_000, 2_000, now, 1_000))).isEmpty();
        assertThat(agent.agent().query("count(room) == 3000")).hasSize(1);
        assertThat(agent.agent().query("room{n=\"77xxxxx\"} == 77")).hasSize(1);
      } finally {
        channel.shutdownNow();
      }
    }
  }

  @Test
  void everyFailureHasItsStatus(@TempDir Path folder) {
    try (OtlpAgent agent = OtlpAgent.start(folder)) {
      ManagedChannel channel = channel(agent);
      try {
        StatusRuntimeException broken = failure(channel, EXPORT, new byte[] {0x0a, 5});
        assertThat(broken.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(broken.getStatus().getDescription()).contains("offset");
        Metadata trailers = Objects.requireNonNull(broken.getTrailers());
        assertThat(Objects.requireNonNull(trailers.get(DETAILS))).startsWith(8, 3);
        byte[] large = new byte[9 << 20];
        assertThat(failure(channel, EXPORT, large).getStatus().getCode())
            .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        String traces = "opentelemetry.proto.collector.trace.v1.TraceService/Export";
        Status refused = failure(channel, traces, new byte[0]).getStatus();
        assertThat(refused.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(refused.getDescription()).contains("only metrics");
        byte[] old = gauges(0, 2, 1000, 0);
        assertThat(new String(export(channel, PLAIN, old), StandardCharsets.UTF_8))
            .contains("2 of 2 data points were rejected", "too_old");
      } finally {
        channel.shutdownNow();
      }
    }
  }

  @Test
  void otherProtocolsAreToldWhereToGo(@TempDir Path folder) throws Exception {
    try (OtlpAgent agent = OtlpAgent.start(folder)) {
      Map<String, String> type = Map.of("Content-Type", "application/x-protobuf");
      URI grpc = URI.create("http://" + agent.grpc());
      try (HttpConnection connection = HttpConnection.open(grpc)) {
        HttpAnswer answer = connection.send("POST", "/v1/metrics", type, new byte[0]);
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.text()).contains("gRPC", "4318");
      }
      URI http = URI.create("http://" + agent.http());
      try (HttpConnection connection = HttpConnection.open(http)) {
        assertThat(connection.send("POST", "/v1/traces", type, new byte[0]).status())
            .isEqualTo(404);
        assertThat(connection.send("GET", "/metrics", Map.of(), new byte[0]).status())
            .isEqualTo(404);
      }
    }
  }

  @Test
  void aBusyPortIsNamed(@TempDir Path folder, @TempDir Path other) {
    try (OtlpAgent agent = OtlpAgent.start(folder)) {
      String config = "receive: {otlp: {protocols: {grpc: {endpoint: '" + agent.grpc() + "'}}}}\n";
      try (ProcessRun second = TocsinAgent.Setup.in(other).config(config).launch()) {
        assertThat(second.awaitExit(OtlpAgent.SOON)).isEqualTo(2);
        assertThat(second.log())
            .contains("receive.otlp.protocols.grpc.endpoint", agent.grpc(), "listens there");
      }
    }
  }
}
