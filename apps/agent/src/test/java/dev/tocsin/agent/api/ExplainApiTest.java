package dev.tocsin.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.agent.explain.Decisions;
import dev.tocsin.agent.explain.Explainer;
import dev.tocsin.deliver.outbox.DeliveryRecord;
import dev.tocsin.engine.Engine;
import dev.tocsin.engine.EngineOptions;
import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.alert.StageTimes;
import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.input.RuleSettings.Mode;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.promql.eval.EvalOptions;
import dev.tocsin.promql.feature.Features;
import dev.tocsin.store.StoreLimits;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.time.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Explanations of what a real engine has decided. Slots lie at whole multiples of ten seconds.
class ExplainApiTest {
  private static final String RULES =
      """
      groups:
        - name: rooms
          rules:
            - alert: RoomHot
              expr: avg by (room) (room_celsius) > 30
              labels: {severity: page, room_kind: dry}
            - {alert: RoomStuffy, expr: 'room_celsius * 2 > 50 and room_celsius < 1000', for: 1m}
            - {alert: Quiet, expr: '-5 > room_celsius'}
            - {record: room:mean, expr: avg(room_celsius)}
      """;

  private static final Clock CLOCK =
      new Clock() {
        @Override
        public long wallNanos() {
          return 100_000_000_000L;
        }

        @Override
        public long monotonicNanos() {
          return 0;
        }
      };

  private final Engine engine =
      new Engine(EngineOptions.of(new StoreLimits(100, 0)).withSlots(EngineOptions.Slots.ALIGNED));
  private final Decisions decisions = new Decisions();
  private final List<DeliveryRecord> deliveries = new ArrayList<>();
  private final List<String> rooms = new ArrayList<>();
  private long seq;
  private Router router = new Router();

  @BeforeEach
  void rules() {
    RuleSet rules =
        new RuleSet(
            List.of(new RuleSet.RuleText("rooms.yml", RULES)), Labels.empty(), "", 10_000, 0);
    step(1000, new Input.Reload(rules));
    Explainer explainer =
        new Explainer(
            cancelled -> engine.source(Tenant.DEFAULT, 10_000, cancelled),
            Features.NONE,
            EvalOptions.DEFAULT,
            Mode.STREAM);
    ExplainApi api =
        new ExplainApi(
            explainer,
            engine::view,
            decisions,
            () -> deliveries,
            CLOCK,
            new Turns(Runnable::run, CLOCK, Memory.ENOUGH));
    router = new Router().add("GET", "/explain", api::explain);
  }

  private void step(long nowMs, Input input) {
    for (AlertEvent event : engine.step(++seq, nowMs, input)) {
      long nanos = nowMs * 1_000_000;
      decisions.add(
          event, new StageTimes(nanos, nanos + 500_000, nanos + 700_000, nanos + 800_000, 0, 0));
    }
  }

  private void sample(long atMs, String room, double value) {
    List<SeriesDefinition> definitions = List.of();
    if (!rooms.contains(room)) {
      Labels labels = Labels.of("__name__", "room_celsius", "room", room);
      definitions = List.of(new SeriesDefinition(rooms.size(), Tenant.DEFAULT, labels));
      rooms.add(room);
    }
    Slab slab = new Slab();
    slab.add(rooms.indexOf(room), atMs, value);
    long nanos = atMs * 1_000_000 + 300_000;
    step(atMs, new Input.Transaction(Tenant.DEFAULT, nanos, definitions, List.of(slab)));
  }

  private void tick(long nowMs) {
    step(nowMs, new Input.Tick());
  }

  private String ask(String query) throws IOException {
    HttpReply reply = router.handle(FakeRequest.get("/explain?" + query));
    return reply.status() + " " + new String(reply.content(), StandardCharsets.UTF_8);
  }

  /// The attic becomes hot between the slots at 10 and 20 seconds.
  private void attic() {
    sample(9000, "attic", 20);
    sample(9001, "cellar", 8);
    tick(10_000);
    sample(13_000, "attic", 40);
  }

  @Test
  void anAlertThatFiredBeforeItsSlotIsExplained() throws IOException {
    attic();
    assertThat(ask("alert=RoomHot&format=text"))
        .startsWith(
            "200 RoomHot{room=\"attic\", room_kind=\"dry\", severity=\"page\"}  firing  value 40\n")
        .contains("group rooms in rooms.yml, for 0s")
        .contains("every 10s; last slot 1970-01-01T00:00:10Z, next 1970-01-01T00:00:20Z")
        .contains(
            "fired at 1970-01-01T00:00:13Z, 7000 ms before its slot, by the sample of"
                + " 1970-01-01T00:00:13Z; its slot is still to come")
        .contains("the condition is > 30", "▁█  room_celsius{room=\"attic\"}")
        .contains("avg by (room) (room_celsius) > 30\n", "= {room=\"attic\"} 40\n")
        .contains("received  1970-01-01T00:00:13Z (+0.500 ms)", "(+0.200 ms)", "(+0.100 ms)")
        .contains("told      not known")
        .doesNotContain("cellar");
  }

  @Test
  void theSlotThatTakesItOverIsNamed() throws IOException {
    attic();
    tick(20_000);
    assertThat(ask("alert=RoomHot&format=text"))
        .contains("; taken over by the slot 1970-01-01T00:00:20Z")
        .contains("values    at 1970-01-01T00:00:20Z");
    assertThat(ask("alert=RoomHot"))
        .contains("\"stream\":{\"firedAtMs\":13000,\"early\":true,\"adoptedAtMs\":20000,")
        .contains("\"lastSlotMs\":20000,\"nextSlotMs\":30000,\"activeAtMs\":20000,");
  }

  @Test
  void onePendingShowsWhatItsRuleReadsNow() throws IOException {
    attic();
    tick(20_000);
    assertThat(ask("alert=RoomStuffy&format=text"))
        .contains("RoomStuffy{room=\"attic\"}  pending  value 80")
        .contains("true since 1970-01-01T00:00:20Z; `for` is over at 1970-01-01T00:01:20Z")
        .contains("has not fired", "samples   now; the condition is > 50")
        .contains("room_celsius * 2\n", "= {room=\"attic\"} 80")
        .doesNotContain("stages");
  }

  @Test
  void oneThatResolvedIsRememberedWhoeverWasTold() throws IOException {
    attic();
    sample(14_000, "attic", 21);
    tick(20_000);
    assertThat(ask("alert=RoomHot&label=room=attic&format=text"))
        .contains("  resolved  ", "resolved at 1970-01-01T00:00:20Z", "not taken over")
        .contains("avg by (room) (room_celsius) > 30  nothing")
        .contains("decided   1970-01-01T00:00:20Z");
  }

  @Test
  void receiversAreNamedWithTheirTimes() throws IOException {
    attic();
    Decisions.Decision decision = decisions.last().getLast();
    StageTimes times = decision.times().handed(13_001_000_000L).answered(13_004_500_000L);
    deliveries.add(new DeliveryRecord(decision.event(), "pager", times, 2, true, true, ""));
    assertThat(ask("alert=RoomHot&format=text"))
        .contains("pager firing: handed over 1970-01-01T00:00:13.001Z (+0.200 ms)")
        .contains("(+3.500 ms), accepted at attempt 2, undurable");
    assertThat(ask("alert=RoomHot"))
        .contains("\"destination\":\"pager\",\"kind\":\"firing\",\"attempts\":2")
        .contains("\"answeredMs\":13004.5}");
  }

  @Test
  void aRuleWithoutAlertsSaysWhatItSees() throws IOException {
    attic();
    tick(20_000);
    assertThat(ask("alert=Quiet&format=text"))
        .startsWith("200 Quiet  inactive\n")
        .contains("the condition is < -5", "-5 > room_celsius  nothing")
        .contains("= room_celsius{room=\"attic\"} 40", "= room_celsius{room=\"cellar\"} 8");
  }

  @Test
  void labelsNarrowItDown() throws IOException {
    attic();
    sample(13_500, "cellar", 50);
    assertThat(ask("alert=RoomHot")).contains("\"attic\"", "\"cellar\"");
    assertThat(ask("alert=RoomHot&label=room=cellar"))
        .contains("\"cellar\"")
        .doesNotContain("attic");
    assertThat(ask("alert=RoomHot&label=room=roof"))
        .startsWith("404 ")
        .contains("no alert RoomHot has the labels {room=\\\"roof\\\"}");
  }

  @Test
  void manyAlertsAreCountedBeyondAFew() throws IOException {
    tick(10_000);
    for (int i = 0; i < 8; i++) {
      sample(11_000 + i, "room" + i, 50);
    }
    assertThat(ask("alert=RoomHot")).contains("\"more\":3,");
    assertThat(ask("alert=RoomHot&format=text"))
        .endsWith("+ 3 more: ask with --label name=value\n");
  }

  @Test
  void whatMakesNoSenseIsRefused() throws IOException {
    assertThat(ask("alert=")).startsWith("400 ");
    assertThat(ask("alert=A&label=room")).startsWith("400 ").contains("not name=value");
    assertThat(ask("alert=A&format=xml")).startsWith("400 ");
    assertThat(ask("alert=RoomHott")).startsWith("404 ").contains("did you mean \\\"RoomHot\\\"?");
    assertThat(ask("alert=room:mean")).startsWith("404 ");
  }
}
