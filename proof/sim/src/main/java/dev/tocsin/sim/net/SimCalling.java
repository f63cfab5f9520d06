package dev.tocsin.sim.net;

import dev.tocsin.world.net.HttpCalling;
import dev.tocsin.world.net.HttpReply;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Calls of the process to peers outside.
final class SimCalling implements HttpCalling {
  private final SimNet net;

  SimCalling(SimNet net) {
    this.net = net;
  }

  @Override
  public void call(HttpCall call, Consumer<HttpOutcome> then) {
    net.scheduler.enter();
    URI uri = URI.create(call.url());
    int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    String place = uri.getHost() + ":" + port;
    SimRequest request = request(call, uri);
    net.log.add("call", place + " " + request);
    int epoch = net.scheduler.epoch();
    Once<HttpOutcome> once =
        new Once<>(
            outcome -> {
              if (net.scheduler.epoch() == epoch) {
                net.log.add("call", place + " ended: " + told(outcome));
                then.accept(outcome);
              }
            });
    failLater(
        once, call.timeoutMs() * 1_000_000L, place, "no answer within " + call.timeoutMs() + " ms");
    if (!net.losesRequest()) {
      net.scheduler.outside(
          "call arrives", net.delay(), () -> arrive(place, request, call.answerBytesMax(), once));
    }
  }

  private static SimRequest request(HttpCall call, URI uri) {
    Map<String, String> headers = new TreeMap<>();
    call.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    String path = uri.getPath() == null || uri.getPath().isEmpty() ? "/" : uri.getPath();
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    return new SimRequest(call.method(), path, query, headers, call.body().clone());
  }

  private void arrive(String place, SimRequest request, int bytesMax, Once<HttpOutcome> once) {
    SimPeer peer = net.peerAt(place);
    if (peer == null) {
      failLater(once, net.delay(), place, "connection refused");
      return;
    }
    switch (peer.receive(request)) {
      case SimPeer.PeerAnswer.Silence _ -> {}
      case SimPeer.PeerAnswer.BrokenOff _ ->
          failLater(
              once, net.delay(), place, "the connection was closed before the answer was whole");
      case SimPeer.PeerAnswer.Reply(HttpReply reply, long afterNanos) -> {
        if (!net.losesAnswer()) {
          net.scheduler.outside(
              "answer arrives",
              afterNanos + net.delay(),
              () -> once.accept(answered(reply, bytesMax)));
        }
      }
    }
  }

  private void failLater(Once<HttpOutcome> once, long nanos, String place, String reason) {
    net.scheduler.outside(
        "call fails", nanos, () -> once.accept(new HttpOutcome.Failed(place + ": " + reason)));
  }

  private static HttpOutcome answered(HttpReply reply, int bytesMax) {
    Map<String, String> headers = new TreeMap<>();
    reply.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    int kept = Math.min(reply.content().length, bytesMax);
    return new HttpOutcome.Answered(reply.status(), headers, Arrays.copyOf(reply.content(), kept));
  }

  private static String told(HttpOutcome outcome) {
    return switch (outcome) {
      case HttpOutcome.Answered answered -> "status " + answered.status();
      case HttpOutcome.Failed(String reason) -> reason;
    };
  }
}
