package dev.tocsin.sim.net;

import dev.tocsin.world.net.HttpHandler;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;
import dev.tocsin.world.net.HttpServing.Listening;
import dev.tocsin.world.net.HttpServing.ServingStats;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// An open listener of the process.
final class SimListener implements Listening {
  private final SimNet net;
  private final int port;
  private final HttpHandler handler;
  private long requests;
  private long broken;
  private long failures;
  private String lastFailure = "";

  SimListener(SimNet net, int port, HttpHandler handler) {
    this.net = net;
    this.port = port;
    this.handler = handler;
  }

  /// As the real server answers; null where the connection is closed without.
  @Nullable HttpReply handle(SimIncoming request) {
    requests++;
    try {
      return handler.handle(request);
    } catch (HttpRequest.BodyTooLargeException e) {
      return HttpReply.text(413, e.getMessage() + "\n");
    } catch (java.io.EOFException _) {
      broken++;
      return null;
    } catch (IOException | RuntimeException e) {
      failures++;
      lastFailure = e.toString();
      return HttpReply.text(500, "internal error\n");
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public ServingStats stats() {
    return new ServingStats(0, requests, 0, 0, 0, requests, 0, broken, failures, lastFailure);
  }

  @Override
  public void close() {
    net.closed(this);
  }
}
