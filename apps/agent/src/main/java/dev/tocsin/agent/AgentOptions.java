package dev.tocsin.agent;

import dev.tocsin.agent.config.ListenAddress;
import dev.tocsin.promql.feature.Features;
import java.nio.file.Path;
import java.util.Optional;

/// What the command line decides.
///
/// @param config the configuration file as the user named it
/// @param host the address to listen on
/// @param port 0 for any free port
/// @param externalUrl where users reach this agent; empty: made of host and port
/// @param insecure whether a public address may be listened on in the clear
/// @param lifecycle whether `/-/reload` and `/-/quit` are answered
/// @param features of the query language that are on
public record AgentOptions(
    Optional<String> config,
    String host,
    int port,
    Path data,
    String externalUrl,
    boolean insecure,
    boolean lifecycle,
    Features features) {
  public static final String LISTEN = "127.0.0.1:9640";

  /// Whether only this machine can reach the address.
  public boolean isLoopback() {
    return ListenAddress.isLoopback(host);
  }
}
