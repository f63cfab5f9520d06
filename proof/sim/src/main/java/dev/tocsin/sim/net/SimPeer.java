package dev.tocsin.sim.net;

import dev.tocsin.world.net.HttpReply;

/// A server outside the process: a webhook, an Alertmanager. It lives on when the process crashes.
@FunctionalInterface
public interface SimPeer {
  PeerAnswer receive(SimRequest request);

  /// What it does about a request.
  sealed interface PeerAnswer {
    /// Answers after some time.
    record Reply(HttpReply reply, long afterNanos) implements PeerAnswer {}

    /// Never answers.
    record Silence() implements PeerAnswer {}

    /// Closes the connection within its answer.
    record BrokenOff() implements PeerAnswer {}

    static PeerAnswer status(int status) {
      return new Reply(HttpReply.empty(status), 0);
    }
  }
}
