package dev.tocsin.bench.remotewrite;

import dev.tocsin.bench.http.HttpAnswer;
import dev.tocsin.bench.http.HttpConnection;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Sends samples by remote write on one connection that is kept alive. Not thread-safe.
public final class RemoteWriteSender implements AutoCloseable {
  public static final Map<String, String> HEADERS =
      Map.of(
          "Content-Type", "application/x-protobuf",
          "Content-Encoding", "snappy",
          "X-Prometheus-Remote-Write-Version", "0.1.0",
          "User-Agent", "tocsin-bench");

  private final HttpConnection connection;
  private final String path;

  private RemoteWriteSender(HttpConnection connection, String path) {
    this.connection = connection;
    this.path = path;
  }

  /// @param address where to write, as `http://127.0.0.1:9640/api/v1/write`
  public static RemoteWriteSender open(URI address) throws IOException {
    return new RemoteWriteSender(HttpConnection.open(address), address.getRawPath());
  }

  public HttpAnswer send(List<TimedSample> samples) throws IOException {
    return sendBody(WriteRequest.body(samples));
  }

  /// Sends a body made before.
  public HttpAnswer sendBody(byte[] body) throws IOException {
    return connection.send("POST", path, HEADERS, body);
  }

  /// How long to wait for an answer; beyond it [java.net.SocketTimeoutException].
  public void answerLimit(Duration limit) throws IOException {
    connection.readLimit(limit);
  }

  @Override
  public void close() {
    connection.close();
  }
}
