package dev.tocsin.deliver.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.deliver.alertmanager.AlertmanagerConfig;
import dev.tocsin.deliver.alertmanager.AlertmanagerDestination;
import dev.tocsin.deliver.console.ConsoleDestination;
import dev.tocsin.deliver.destination.Destination;
import dev.tocsin.deliver.destination.DestinationHealth.Reachable;
import dev.tocsin.deliver.destination.Origin;
import dev.tocsin.deliver.destination.SecretUrl;
import dev.tocsin.deliver.latency.StagePair;
import dev.tocsin.deliver.webhook.RouteConfig;
import dev.tocsin.deliver.webhook.WebhookConfig;
import dev.tocsin.deliver.webhook.WebhookDestination;
import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.alert.AlertEvent.Kind;
import dev.tocsin.model.alert.Evidence;
import dev.tocsin.model.alert.StageTimes;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.world.net.HttpCalling;
import dev.tocsin.world.net.HttpCalling.HttpCall;
import dev.tocsin.world.net.HttpCalling.HttpOutcome;
import dev.tocsin.world.time.Clock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final Origin ORIGIN = new Origin("http://me", Labels.empty());
  private static final long SECOND = 1_000_000_000L;

  /// A call the receiver has not answered yet.
  private record Pending(HttpCall call, Consumer<HttpOutcome> then) {}

  private final Deque<Pending> wire = new ArrayDeque<>();
  private final List<Input.Delivered> delivered = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final List<String> console = new ArrayList<>();
  private long nanos = 1000 * SECOND;
  private long durable = Long.MAX_VALUE;

  private final Clock clock =
      new Clock() {
        @Override
        public long wallNanos() {
          return nanos;
        }

        @Override
        public long monotonicNanos() {
          return nanos;
        }
      };
  private final HttpCalling calling = (call, then) -> wire.add(new Pending(call, then));
  private final OutboxListener listener =
      new OutboxListener() {
        @Override
        public void delivered(Input.Delivered one) {
          delivered.add(one);
        }

        @Override
        public void log(String line) {
          log.add(line);
        }
      };

  private Outbox outbox(OutboxLimits limits, Destination... destinations) {
    Outbox outbox =
        new Outbox(
            clock, calling, () -> 12345L, () -> durable, listener, limits, List.of(destinations));
    outbox.step();
    answerProbes(outbox);
    return outbox;
  }

  private Outbox outbox(Destination... destinations) {
    return outbox(OutboxLimits.DEFAULT, destinations);
  }

  private void answerProbes(Outbox outbox) {
    for (Pending pending : List.copyOf(wire)) {
      pending.then.accept(new HttpOutcome.Answered(405, Map.of(), new byte[0]));
    }
    wire.clear();
    outbox.step();
  }

  private static WebhookDestination webhook() {
    WebhookConfig config = WebhookConfig.of(SecretUrl.of("http://pager:80/hook/token123"));
    return new WebhookDestination("pager", config, RouteConfig.to("pager"), ORIGIN);
  }

  private static AlertmanagerDestination alertmanager() {
    return AlertmanagerDestination.of(AlertmanagerConfig.of(List.of("am:9093")), ORIGIN).getFirst();
  }

  private static AlertEvent event(String alert, Kind kind, long seq) {
    Labels labels = Labels.of("alertname", alert);
    boolean resolved = kind == Kind.RESOLVED || kind == Kind.STILL_RESOLVED;
    return new AlertEvent(
        alert + "-" + kind + "-" + seq,
        seq,
        kind,
        Tenant.DEFAULT,
        "group",
        labels,
        Labels.empty(),
        "up == 0",
        1,
        1000,
        1000,
        resolved ? 2000 : 0,
        9000,
        Evidence.NONE);
  }

  private static StageTimes times() {
    return new StageTimes(1, 2, 3, 4, 0, 0);
  }

  private Pending sent() {
    return wire.removeFirst();
  }

  private static void accept(Pending pending) {
    pending.then.accept(new HttpOutcome.Answered(200, Map.of(), new byte[0]));
  }

  private static void fail(Pending pending) {
    pending.then.accept(
        new HttpOutcome.Failed("connection refused: http://pager:80/hook/token123"));
  }

  private static String body(Pending pending) {
    return new String(pending.call.body(), StandardCharsets.UTF_8);
  }

  @Test
  void anAlertGoesToEveryDestinationAndIsRecordedAsDelivered() {
    Outbox outbox = outbox(webhook(), alertmanager(), new ConsoleDestination(console::add));
    outbox.offer(event("A", Kind.FIRING, 1), times());
    outbox.step();
    assertThat(console).singleElement().asString().contains("FIRING").contains("A");
    assertThat(wire).hasSize(2);
    accept(sent());
    accept(sent());
    outbox.step();
    assertThat(delivered)
        .extracting(Input.Delivered::receiver)
        .containsExactly("console", "pager", "alertmanager http://am:9093");
    assertThat(delivered).allMatch(Input.Delivered::accepted);
    assertThat(outbox.stats().waiting()).isZero();
    assertThat(outbox.latency().snapshot(StagePair.SAMPLE_ANSWERED).count()).isEqualTo(2);
  }

  @Test
  void aFailedAlertIsTriedAgainAfterAGrowingWaitAndTheSecretIsNotLogged() {
    Outbox outbox = outbox(webhook());
    outbox.offer(event("A", Kind.FIRING, 1), times());
    outbox.step();
    for (int attempt = 1; attempt <= 3; attempt++) {
      Pending pending = sent();
      assertThat(pending.call.headers()).containsEntry("X-Tocsin-Attempt", "" + attempt);
      fail(pending);
      outbox.step();
      assertThat(wire).as("nothing before the wait is over").isEmpty();
      nanos = outbox.deadlineNanos();
      outbox.step();
    }
    assertThat(outbox.health().getFirst().reachable()).isEqualTo(Reachable.NO);
    accept(sent());
    outbox.step();
    assertThat(delivered).hasSize(1);
    assertThat(log).hasSize(2);
    assertThat(String.join(" ", log)).doesNotContain("token123").contains("can be reached again");
    assertThat(outbox.stats().lanes().getFirst().failedAttempts()).isEqualTo(3);
  }

  @Test
  void aRefusalIsNotRepeated() {
    Outbox outbox = outbox(webhook());
    outbox.offer(event("A", Kind.FIRING, 1), times());
    outbox.step();
    sent().then.accept(new HttpOutcome.Answered(400, Map.of(), new byte[0]));
    outbox.step();
    nanos += SECOND;
    outbox.step();
    assertThat(wire).isEmpty();
    assertThat(delivered).singleElement().matches(one -> !one.accepted());
  }

  @Test
  void retryAfterIsHonoured() {
    Outbox outbox = outbox(webhook());
    outbox.offer(event("A", Kind.FIRING, 1), times());
    outbox.step();
    sent().then.accept(new HttpOutcome.Answered(503, Map.of("retry-after", "7"), new byte[0]));
    outbox.step();
    assertThat(outbox.deadlineNanos()).isEqualTo(nanos + 7 * SECOND);
  }

  @Test
  void anAlertWaitsForTheJournalAndLeavesUndurableAfterTheWait() {
    durable = 0;
    Outbox outbox = outbox(webhook());
    outbox.offer(event("A", Kind.FIRING, 5), times());
    outbox.step();
    assertThat(wire).isEmpty();
    durable = 5;
    outbox.step();
    assertThat(sent().call.headers()).doesNotContainKey("X-Tocsin-Undurable");
    outbox.offer(event("B", Kind.FIRING, 6), times());
    outbox.step();
    assertThat(wire).isEmpty();
    nanos += OutboxLimits.DEFAULT.durableWaitNanos();
    outbox.step();
    assertThat(sent().call.headers()).containsEntry("X-Tocsin-Undurable", "true");
    assertThat(outbox.stats().undurable()).isEqualTo(1);
  }

  @Test
  void theChangesOfOneAlertAreToldInOrderAndOneAtATime() {
    Outbox outbox = outbox(webhook());
    outbox.offer(event("A", Kind.FIRING, 1), times());
    outbox.offer(event("A", Kind.RESOLVED, 2), times());
    outbox.offer(event("B", Kind.FIRING, 3), times());
    outbox.step();
    assertThat(wire).hasSize(2);
    Pending first = sent();
    assertThat(body(first)).contains("\"status\":\"firing\"").contains("\"A\"");
    assertThat(body(sent())).contains("\"B\"");
    accept(first);
    outbox.step();
    assertThat(body(sent())).contains("\"status\":\"resolved\"").contains("\"A\"");
  }

  @Test
  void whatBeginsGoesBeforeWhatEnds() {
    Outbox outbox = outbox(webhook());
    for (int i = 0; i < 100; i++) {
      outbox.offer(event("Old" + i, Kind.RESOLVED, 1), times());
    }
    outbox.step();
    outbox.offer(event("New", Kind.FIRING, 2), times());
    accept(sent());
    outbox.step();
    assertThat(body(wire.getLast())).contains("\"New\"");
  }

  @Test
  void whatEndsHasItsTurnTooWhileOthersBegin() {
    Outbox outbox = outbox(webhook());
    for (int i = 0; i < 60; i++) {
      outbox.offer(event("New" + i, Kind.FIRING, 1), times());
      outbox.offer(event("Old" + i, Kind.RESOLVED, 1), times());
    }
    List<String> order = new ArrayList<>();
    outbox.step();
    while (!wire.isEmpty()) {
      order.add(body(wire.getFirst()).contains("\"New") ? "new" : "old");
      accept(sent());
      outbox.step();
    }
    assertThat(order).hasSize(120);
    assertThat(order.subList(0, 16)).containsOnly("new");
    assertThat(order.get(16)).isEqualTo("old");
    assertThat(order.subList(17, 33)).containsOnly("new");
    assertThat(order.get(33)).isEqualTo("old");
    assertThat(order.subList(63, 120)).containsOnly("old");
  }

  @Test
  void anAlertmanagerThatWasDownIsToldOnlyHowThingsStand() {
    Outbox outbox = outbox(alertmanager());
    outbox.offer(event("A", Kind.FIRING, 1), times());
    outbox.step();
    fail(sent());
    outbox.offer(event("A", Kind.RESOLVED, 2), times());
    outbox.step();
    nanos = outbox.deadlineNanos();
    outbox.step();
    assertThat(body(sent())).contains("1970-01-01T00:00:02Z");
    assertThat(wire).isEmpty();
    assertThat(outbox.stats().lanes().getFirst().superseded()).isEqualTo(1);
  }

  @Test
  void aChainOverItsLimitKeepsTheFirstAndTheNewest() {
    OutboxLimits limits = new OutboxLimits(0, 3, 10, 10, 10);
    Outbox outbox = outbox(limits, webhook());
    for (int i = 0; i < 4; i++) {
      outbox.offer(event("A", Kind.FIRING, 2 * i + 1), times());
      outbox.offer(event("A", Kind.RESOLVED, 2 * i + 2), times());
    }
    List<String> ids = new ArrayList<>();
    outbox.step();
    while (!wire.isEmpty()) {
      Pending pending = sent();
      ids.add(pending.call.headers().get("X-Tocsin-Delivery"));
      accept(pending);
      outbox.step();
    }
    assertThat(ids).containsExactly("A-FIRING-1", "A-FIRING-7", "A-RESOLVED-8");
    assertThat(outbox.stats().lanes().getFirst().dropped()).isEqualTo(5);
  }

  @Test
  void aFiringAlertIsRepeatedToAWebhookOnlyAfterTheRepeatInterval() {
    Outbox outbox = outbox(webhook());
    outbox.offer(event("A", Kind.FIRING, 1), times());
    outbox.step();
    accept(sent());
    outbox.step();
    outbox.offer(event("A", Kind.STILL_FIRING, 2), times());
    outbox.step();
    assertThat(wire).isEmpty();
    nanos += RouteConfig.REPEAT_INTERVAL_MS * 1_000_000;
    outbox.offer(event("A", Kind.STILL_FIRING, 3), times());
    outbox.step();
    assertThat(wire.stream().filter(p -> p.call.method().equals("POST"))).hasSize(1);
  }

  @Test
  void afterARestartOnlyWhatWasNotAnsweredIsSentAgain() {
    Outbox outbox = outbox(webhook(), alertmanager());
    outbox.restore(event("A", Kind.FIRING, 1), Map.of("pager", nanos / 1_000_000));
    outbox.step();
    Pending only = sent();
    assertThat(wire).isEmpty();
    assertThat(only.call.url()).contains("am:9093");
    outbox.offer(event("A", Kind.STILL_FIRING, 9), times());
    accept(only);
    outbox.step();
    assertThat(wire).as("the webhook was told before the restart").hasSize(1);
    assertThat(sent().call.url()).contains("am:9093");
  }

  @Test
  void aSilentDestinationIsProbedSoThatReadinessIsKnown() {
    Outbox outbox =
        new Outbox(
            clock,
            calling,
            () -> 1L,
            () -> durable,
            listener,
            OutboxLimits.DEFAULT,
            List.of(webhook()));
    outbox.step();
    Pending probe = sent();
    assertThat(probe.call.method()).isEqualTo("HEAD");
    fail(probe);
    outbox.step();
    assertThat(outbox.health().getFirst().reachable()).isEqualTo(Reachable.NO);
    assertThat(outbox.health().getFirst().lastFailure()).doesNotContain("token123");
  }

  @Test
  void oneThatCannotBeReachedIsAskedAgainSoonAndThenLessOften() {
    Outbox outbox = outbox(webhook());
    nanos += Outbox.PROBE_NANOS;
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      outbox.step();
      fail(sent());
      outbox.step();
      pauses.add((outbox.deadlineNanos() - nanos) / SECOND);
      nanos = outbox.deadlineNanos();
    }
    assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 15L, 15L);
  }
}
