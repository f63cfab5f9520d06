package dev.tocsin.sim.net;

import dev.tocsin.sim.chance.SimChance;
import dev.tocsin.sim.log.EventLog;
import dev.tocsin.sim.schedule.SimScheduler;
import dev.tocsin.sim.time.SimClock;
import dev.tocsin.world.net.HttpCalling;
import dev.tocsin.world.net.HttpHandler;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpServing;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A network in memory. Requests of clients outside reach the listeners of the process, calls of
/// the process reach peers outside, each message with a delay of its own, so that they overtake
/// each other.
public final class SimNet {
  /// How long a client outside waits for an answer, nanoseconds.
  private static final long CLIENT_NANOS = 30_000_000_000L;

  private static final int FIRST_PORT = 40_000;

  final SimScheduler scheduler;
  final SimClock clock;
  final EventLog log;
  private final SimChance chance;
  private final Map<Integer, SimListener> listeners = new HashMap<>();
  private final Map<String, SimPeer> peers = new HashMap<>();
  private NetFaults faults = NetFaults.NONE;
  private int nextPort = FIRST_PORT;
  private int clients;

  public SimNet(SimScheduler scheduler, SimClock clock, SimChance chance) {
    this.scheduler = scheduler;
    this.clock = clock;
    this.chance = chance;
    this.log = scheduler.log();
  }

  // What a scenario does.

  /// From now on.
  public void faults(NetFaults now) {
    faults = now;
  }

  /// A server outside at `host:port`.
  public void peer(String place, SimPeer peer) {
    peers.put(place, peer);
  }

  /// Nobody listens there any more.
  public void removePeer(String place) {
    peers.remove(place);
  }

  /// A client outside sends a request to the process; it hears of it exactly once.
  public void request(int port, SimRequest request, Consumer<SimAnswer> then) {
    String remote = "10.0.0.1:" + (50_000 + clients++);
    Once<SimAnswer> once = new Once<>(then);
    log.add("client", remote + " sends " + request);
    scheduler.outside("client gives up", CLIENT_NANOS, () -> once.accept(new SimAnswer.NoAnswer()));
    if (!chance.oneIn(faults.loseRequestOneIn())) {
      boolean isBroken = chance.oneIn(faults.breakRequestOneIn());
      scheduler.outside(
          "request arrives", delay(), () -> arrive(port, request, remote, isBroken, once));
    }
  }

  private void arrive(
      int port, SimRequest request, String remote, boolean isBroken, Once<SimAnswer> once) {
    SimListener listener = listeners.get(port);
    if (listener == null) {
      scheduler.outside("refusal arrives", delay(), () -> once.accept(new SimAnswer.Refused()));
      return;
    }
    SimIncoming incoming = new SimIncoming(request, remote, clock.wallNanos(), isBroken);
    scheduler.spawn(
        "http",
        () -> {
          HttpReply reply = listener.handle(incoming);
          log.add("http", remote + " is answered " + (reply == null ? "nothing" : reply.status()));
          answer(reply, once);
        });
  }

  private void answer(@Nullable HttpReply reply, Once<SimAnswer> once) {
    if (!chance.oneIn(faults.loseAnswerOneIn())) {
      SimAnswer answer = reply == null ? new SimAnswer.NoAnswer() : new SimAnswer.Replied(reply);
      scheduler.outside("answer arrives", delay(), () -> once.accept(answer));
    }
  }

  /// The process is gone, and its listeners with it.
  public void crash() {
    listeners.clear();
  }

  // What the program sees.

  public HttpServing serving() {
    return this::listen;
  }

  public HttpCalling calling() {
    return new SimCalling(this);
  }

  private HttpServing.Listening listen(HttpServing.ListenConfig config, HttpHandler handler)
      throws IOException {
    scheduler.enter();
    int port = config.port() == 0 ? nextPort++ : config.port();
    if (listeners.containsKey(port)) {
      throw new IOException(
          "cannot listen on "
              + config.host()
              + ":"
              + port
              + ": another program listens there already");
    }
    log.add("net", "listens on " + port);
    SimListener listener = new SimListener(this, port, handler);
    listeners.put(port, listener);
    return listener;
  }

  void closed(SimListener listener) {
    scheduler.enter();
    log.add("net", "no longer listens on " + listener.port());
    listeners.remove(listener.port(), listener);
  }

  @Nullable SimPeer peerAt(String place) {
    return peers.get(place);
  }

  boolean losesRequest() {
    return chance.oneIn(faults.loseRequestOneIn());
  }

  boolean losesAnswer() {
    return chance.oneIn(faults.loseAnswerOneIn());
  }

  long delay() {
    return chance.between(faults.delayNanosMin(), faults.delayNanosMax());
  }
}
