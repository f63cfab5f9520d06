package dev.tocsin.sim.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.sim.SimWorld;
import dev.tocsin.world.net.HttpCalling.HttpCall;
import dev.tocsin.world.net.HttpCalling.HttpOutcome;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpServing.ListenConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SimNetTest {
  private static final HttpCall CALL =
      new HttpCall(
          "POST",
          "http://hook:8080/a?b=c",
          Map.of("X-Tocsin-Attempt", "1"),
          "body".getBytes(StandardCharsets.UTF_8),
          5000);

  private static List<HttpOutcome> call(SimWorld world, int times) {
    List<HttpOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      world.world().calling().call(CALL, outcomes::add);
    }
    world.scheduler().runUntilQuiet();
    return outcomes;
  }

  @Test
  void aCallReachesItsPeerAndItsAnswerComesBack() {
    SimWorld world = new SimWorld(1);
    List<SimRequest> seen = new ArrayList<>();
    world
        .net()
        .peer(
            "hook:8080",
            request -> {
              seen.add(request);
              return SimPeer.PeerAnswer.status(202);
            });
    assertThat(call(world, 1))
        .singleElement()
        .isInstanceOfSatisfying(
            HttpOutcome.Answered.class, it -> assertThat(it.status()).isEqualTo(202));
    assertThat(seen.getFirst().path()).isEqualTo("/a");
    assertThat(seen.getFirst().query()).isEqualTo("b=c");
    assertThat(seen.getFirst().headers()).containsEntry("x-tocsin-attempt", "1");
  }

  @Test
  void nobodyThereSilenceAndABreakAreFailures() {
    SimWorld world = new SimWorld(1);
    assertThat(call(world, 1).toString()).contains("hook:8080: connection refused");
    world.net().peer("hook:8080", _ -> new SimPeer.PeerAnswer.Silence());
    long before = world.clock().monotonicNanos();
    assertThat(call(world, 1).toString()).contains("no answer within 5000 ms");
    assertThat(world.clock().monotonicNanos() - before).isGreaterThanOrEqualTo(5_000_000_000L);
    world.net().peer("hook:8080", _ -> new SimPeer.PeerAnswer.BrokenOff());
    assertThat(call(world, 1).toString()).contains("closed before the answer");
  }

  @Test
  void aBadNetworkLosesRequestsAndAnswersButEveryCallEndsOnce() {
    SimWorld world = new SimWorld(1);
    int[] received = {0};
    world
        .net()
        .peer(
            "hook:8080",
            _ -> {
              received[0]++;
              return SimPeer.PeerAnswer.status(200);
            });
    world.net().faults(NetFaults.BAD);
    List<HttpOutcome> outcomes = call(world, 1000);
    long answered = outcomes.stream().filter(HttpOutcome.Answered.class::isInstance).count();
    assertThat(outcomes).hasSize(1000);
    assertThat(received[0]).isBetween(900, 990);
    assertThat(answered).isBetween(800L, (long) received[0] - 10);
  }

  @Test
  void aRequestReachesTheProgramAndIsAnswered() throws IOException {
    SimWorld world = new SimWorld(1);
    world
        .world()
        .serving()
        .listen(
            ListenConfig.of("127.0.0.1", 9000),
            request ->
                HttpReply.text(
                    200,
                    request.header("Content-Type")
                        + new String(request.body(10), StandardCharsets.UTF_8)));
    List<SimAnswer> answers = new ArrayList<>();
    SimRequest good = SimRequest.post("/w", "a/b", "hi".getBytes(StandardCharsets.UTF_8));
    world.net().request(9000, good, answers::add);
    world.net().request(9000, SimRequest.post("/w", "a/b", new byte[11]), answers::add);
    world.net().request(9001, good, answers::add);
    world.scheduler().runUntilQuiet();
    assertThat(answers).hasSize(3).hasAtLeastOneElementOfType(SimAnswer.Refused.class);
    Map<Integer, String> replies = new TreeMap<>();
    for (SimAnswer answer : answers) {
      if (answer instanceof SimAnswer.Replied(HttpReply reply)) {
        replies.put(reply.status(), new String(reply.content(), StandardCharsets.UTF_8));
      }
    }
    assertThat(replies).containsEntry(200, "a/bhi").containsKey(413);
  }

  @Test
  void aPortIsTakenUntilItIsClosedOrTheProcessEnds() throws IOException {
    SimWorld world = new SimWorld(1);
    ListenConfig config = ListenConfig.of("127.0.0.1", 9000);
    var listening = world.world().serving().listen(config, _ -> HttpReply.empty(200));
    assertThatThrownBy(() -> world.world().serving().listen(config, _ -> HttpReply.empty(200)))
        .hasMessageContaining("another program listens there already");
    listening.close();
    world.world().serving().listen(config, _ -> HttpReply.empty(200));
    world.crash();
    world.world().serving().listen(config, _ -> HttpReply.empty(200));
    assertThat(
            world
                .world()
                .serving()
                .listen(ListenConfig.of("a", 0), _ -> HttpReply.empty(200))
                .port())
        .isPositive();
  }

  @Test
  void anAnswerToAProcessThatIsGoneIsHeardByNobody() {
    SimWorld world = new SimWorld(1);
    List<HttpOutcome> outcomes = new ArrayList<>();
    int[] received = {0};
    world
        .net()
        .peer(
            "hook:8080",
            _ -> {
              received[0]++;
              return SimPeer.PeerAnswer.status(200);
            });
    world.world().calling().call(CALL, outcomes::add);
    world.crash();
    world.scheduler().runUntilQuiet();
    assertThat(received[0]).isEqualTo(1);
    assertThat(outcomes).isEmpty();
  }

  @Test
  void aClientOfAProcessThatCrashesHearsThatNobodyKnows() throws IOException {
    SimWorld world = new SimWorld(1);
    java.util.concurrent.CompletableFuture<String> never =
        new java.util.concurrent.CompletableFuture<>();
    world
        .world()
        .serving()
        .listen(ListenConfig.of("a", 9000), _ -> HttpReply.text(200, never.join()));
    List<SimAnswer> answers = new ArrayList<>();
    world.net().request(9000, SimRequest.get("/"), answers::add);
    world.scheduler().runFor(1_000_000_000L);
    assertThat(world.scheduler().blockedTasks()).isEqualTo(1);
    world.crash();
    never.complete("too late");
    world.scheduler().runUntilQuiet();
    assertThat(answers).containsExactly(new SimAnswer.NoAnswer());
  }
}
