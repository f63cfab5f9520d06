package dev.tocsin.sim.net;

import dev.tocsin.world.net.HttpReply;

/// What a client outside the process hears of its request.
public sealed interface SimAnswer {
  /// The process answered.
  record Replied(HttpReply reply) implements SimAnswer {}

  /// Nobody listens there: certainly not handled.
  record Refused() implements SimAnswer {}

  /// No answer came: handled or not, nobody knows.
  record NoAnswer() implements SimAnswer {}
}
