package dev.tocsin.system.otlp;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.bench.peer.ProjectTree;
import dev.tocsin.bench.peer.TocsinAgent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/// An agent that listens for OTLP on ports of its own.
final class OtlpAgent implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(20);
  private static final Pattern GRPC = Pattern.compile("OTLP over gRPC on (127\\.0\\.0\\.1:\\d+)");
  private static final Pattern HTTP = Pattern.compile("OTLP over HTTP on (127\\.0\\.0\\.1:\\d+)");
  private static final String CONFIG =
      """
      host: {enabled: false}
      receive:
        otlp:
          protocols:
            grpc: {endpoint: '127.0.0.1:0'}
            http: {endpoint: '127.0.0.1:0'}
      """;

  private final TocsinAgent agent;
  private final String grpc;
  private final String http;

  private OtlpAgent(TocsinAgent agent) {
    this.agent = agent;
    grpc = agent.run().awaitLine(GRPC, SOON).group(1);
    http = agent.run().awaitLine(HTTP, SOON).group(1);
  }

  /// Skips the test where `apps/cli` was not packaged before: `./mvnw verify` does.
  static OtlpAgent start(Path folder) {
    return start(folder, "");
  }

  /// @param more of the configuration
  static OtlpAgent start(Path folder, String more) {
    assumeTrue(ProjectTree.isBuilt(), "apps/cli is not packaged: run ./mvnw verify");
    return new OtlpAgent(TocsinAgent.Setup.in(folder).config(CONFIG + more).start().untilReady());
  }

  TocsinAgent agent() {
    return agent;
  }

  /// As `127.0.0.1:4317`.
  String grpc() {
    return grpc;
  }

  String http() {
    return http;
  }

  @Override
  public void close() {
    agent.close();
  }
}
