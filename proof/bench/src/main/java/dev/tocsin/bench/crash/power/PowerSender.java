package dev.tocsin.bench.crash.power;

import dev.tocsin.bench.crash.sent.NumberedRequest;
import dev.tocsin.bench.crash.sent.NumberedSender;
import dev.tocsin.bench.remotewrite.RemoteWriteSender;
import dev.tocsin.bench.remotewrite.WriteRequest;
import dev.tocsin.sim.SimWorld;
import dev.tocsin.sim.chance.SimChance;
import dev.tocsin.sim.net.SimAnswer;
import dev.tocsin.sim.net.SimRequest;
import dev.tocsin.world.net.HttpReply;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Sends numbered samples by remote write 1.0 over the simulated network, one request at a time;
/// what was not acknowledged is sent again first.
final class PowerSender {
  private static final int SERIES = 300;
  private static final int SMALL_MAX = 20;
  private static final int LARGE_ONE_IN = 10;
  private static final long PAUSE_NANOS_MAX = 5_000_000;
  private static final long SLOW_NANOS_MAX = 1_000_000_000;

  private final SimWorld world;
  private final int port;
  private final SimChance chance;
  private final PowerTally tally;
  private final NumberedSender numbered;
  private final Map<String, String> headers = new TreeMap<>();
  private @Nullable NumberedRequest pending;

  private long pauseNanosMax = PAUSE_NANOS_MAX;

  /// Which try this is; what is heard of an earlier one does not set it going.
  private int attempt;

  PowerSender(String name, SimWorld world, int port, SimChance chance, PowerTally tally) {
    this.world = world;
    this.port = port;
    this.chance = chance;
    this.tally = tally;
    this.numbered = new NumberedSender(name, SERIES, new SplittableRandom(chance.nextLong()));
    RemoteWriteSender.HEADERS.forEach(
        (key, value) -> headers.put(key.toLowerCase(Locale.ROOT), value));
  }

  NumberedSender numbered() {
    return numbered;
  }

  /// The agent is there.
  void begin() {
    pauseNanosMax = PAUSE_NANOS_MAX;
    tally.resent += pending == null ? 0 : 1;
    goOn(0);
  }

  /// A request once in a while is enough.
  void slowDown() {
    pauseNanosMax = SLOW_NANOS_MAX;
  }

  /// The agent is gone. Answers that are on their way count nevertheless.
  void stop() {
    attempt++;
  }

  private void goOn(long delayNanosMax) {
    int next = ++attempt;
    world
        .scheduler()
        .outside(
            "sender",
            chance.between(0, delayNanosMax),
            () -> {
              if (attempt == next) {
                send(next);
              }
            });
  }

  private void send(int current) {
    NumberedRequest request = pending;
    if (request == null) {
      int most = chance.oneIn(LARGE_ONE_IN) ? SERIES : SMALL_MAX;
      request = numbered.next((int) chance.between(1, most), world.clock().wallMillis());
      pending = request;
    }
    NumberedRequest sent = request;
    byte[] body = WriteRequest.body(sent.samples());
    world
        .net()
        .request(
            port,
            new SimRequest("POST", "/api/v1/write", "", headers, body),
            answer -> heard(sent, current, answer));
  }

  private void heard(NumberedRequest request, int of, SimAnswer answer) {
    int status = answer instanceof SimAnswer.Replied(HttpReply reply) ? reply.status() : 0;
    if (status == 204 && !request.isAcknowledged()) {
      request.acknowledged();
      tally.requests++;
      tally.samples += request.samples().size();
      pending = pending == request ? null : pending;
    }
    if (of != attempt) {
      return;
    }
    switch (answer) {
      case SimAnswer.Replied(HttpReply reply) -> {
        if (status != 204 && status != 429 && status != 503) {
          String text = new String(reply.content(), StandardCharsets.UTF_8);
          throw new IllegalStateException("a write was answered " + status + ": " + text);
        }
        tally.laters += status == 204 ? 0 : 1;
        goOn(status == 204 ? pauseNanosMax : 10 * pauseNanosMax);
      }
      case SimAnswer.NoAnswer(), SimAnswer.Refused() -> goOn(10 * pauseNanosMax);
    }
  }
}
