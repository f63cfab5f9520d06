package dev.tocsin.rules.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.alert.Evidence;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Span;
import dev.tocsin.promql.value.Value.Element;
import dev.tocsin.rules.file.AlertRule;
import dev.tocsin.rules.file.TemplateEntry;
import dev.tocsin.rules.record.RuleSample;
import dev.tocsin.rules.state.StateReader;
import dev.tocsin.rules.state.StateWriter;
import dev.tocsin.rules.template.Template;
import dev.tocsin.rules.template.TemplateQuery;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertStepTest {
  private static final Evidence EVIDENCE = new Evidence(List.of(), 1, 2);
  private static final long MINUTE = 60_000;

  private long forMs;
  private long keepFiringForMs;
  private long intervalMs = 15_000;
  private int limit;
  private boolean held;
  private boolean renewed;
  private List<TemplateEntry> labels = List.of(entry("severity", "page"));
  private List<TemplateEntry> annotations = List.of(entry("at", "{{ $value }}"));
  private Map<Labels, Alert> alerts = AlertStep.noAlerts();
  private List<Alert> lost = List.of();
  private List<RuleSample> samples = List.of();
  private String error = "";

  private static TemplateEntry entry(String name, String text) {
    return new TemplateEntry(name, text, Template.parse("t", text));
  }

  private AlertRule rule() {
    Expr expr = new Expr.NumberLiteral(1, false, Span.NONE);
    return new AlertRule("A", expr, "1", forMs, keepFiringForMs, labels, annotations);
  }

  private static Element host(String host, double value) {
    return new Element(Labels.of("__name__", "load", "host", host), 0, value);
  }

  /// One evaluation; what is told: kind and host.
  private List<String> at(long timeMs, Element... result) {
    Moment moment = new Moment(timeMs, intervalMs, renewed, limit, Labels.empty(), "");
    AlertOutcome outcome =
        AlertStep.evaluate(
            rule(), alerts, AlertStep.noAlerts(), List.of(result), moment, new Around());
    alerts = outcome.alerts();
    lost = outcome.lost();
    error = "";
    samples = List.of();
    List<String> told = new ArrayList<>();
    switch (outcome) {
      case AlertOutcome.Evaluated evaluated -> {
        samples = evaluated.samples();
        evaluated.news().forEach(one -> told.add(one.kind() + " " + host(one.alert())));
      }
      case AlertOutcome.Failed failed -> error = failed.reason();
    }
    return told;
  }

  private static String host(Alert alert) {
    return alert.labels().get("host");
  }

  private Alert only() {
    assertThat(alerts).hasSize(1);
    return alerts.values().iterator().next();
  }

  private final class Around implements Surroundings {
    @Override
    public Evidence evidence(Labels element) {
      assertThat(element.get("host")).isNotEmpty();
      return EVIDENCE;
    }

    @Override
    public boolean holds(Alert absent) {
      return held;
    }

    @Override
    public TemplateQuery query() {
      return TemplateQuery.unavailable();
    }
  }

  @Test
  void withoutForItFiresInItsFirstEvaluation() {
    assertThat(at(1000, host("a", 7))).containsExactly("FIRING a");
    Alert alert = only();
    assertThat(alert.state()).isEqualTo(AlertState.FIRING);
    assertThat(alert.activeAtMs()).isEqualTo(1000);
    assertThat(alert.firedAtMs()).isEqualTo(1000);
    assertThat(alert.sentAtMs()).isEqualTo(1000);
    assertThat(alert.evidence()).isEqualTo(EVIDENCE);
  }

  @Test
  void labelsAreTheElementsThenTheRulesThenTheName() {
    labels = List.of(entry("alertname", "no"), entry("host", ""), entry("rack", "r-{{ $value }}"));
    at(0, host("a", 7));
    assertThat(only().labels()).isEqualTo(Labels.of("alertname", "A", "rack", "r-7"));
    assertThat(only().element()).isEqualTo(Labels.of("__name__", "load", "host", "a"));
  }

  @Test
  void aLabelWithTheValueInItMakesANewAlertEachTime() {
    labels = List.of(entry("v", "{{ $value }}"));
    at(0, host("a", 1));
    assertThat(at(15_000, host("a", 2))).containsExactly("RESOLVED a", "FIRING a");
  }

  @Test
  void itFiresOnceTheConditionHasHeldForLongEnough() {
    forMs = 30_000;
    assertThat(at(0, host("a", 1))).isEmpty();
    assertThat(only().state()).isEqualTo(AlertState.PENDING);
    assertThat(at(29_999, host("a", 2))).isEmpty();
    assertThat(at(30_000, host("a", 3))).containsExactly("FIRING a");
    assertThat(only().activeAtMs()).isZero();
    assertThat(only().firedAtMs()).isEqualTo(30_000);
  }

  @Test
  void valueAndAnnotationsAreThoseOfTheLastEvaluation() {
    at(0, host("a", 1));
    at(15_000, host("a", 2));
    assertThat(only().value()).isEqualTo(2);
    assertThat(only().annotations()).isEqualTo(Labels.of("at", "2"));
  }

  @Test
  void annotationsThatAskOutsideAreExpandedEachTimeAndTheOthersWhenSomethingChanged() {
    at(0, host("a", 1));
    annotations = List.of(entry("x", "other"));
    at(15_000, host("a", 1));
    assertThat(only().annotations()).isEqualTo(Labels.of("at", "1"));
    renewed = true;
    at(30_000, host("a", 1));
    assertThat(only().annotations()).isEqualTo(Labels.of("x", "other"));
    renewed = false;
    annotations = List.of(entry("t", "{{ now }}"));
    at(45_000, host("a", 1));
    assertThat(only().annotations()).isEqualTo(Labels.of("t", "45"));
    at(60_000, host("a", 1));
    assertThat(only().annotations()).isEqualTo(Labels.of("t", "60"));
  }

  @Test
  void theMetricNameIsThereForTemplatesWhateverElseIsTheSame() {
    annotations = List.of(entry("n", "{{ $labels.__name__ }}"));
    at(0, new Element(Labels.of("__name__", "one", "host", "a"), 0, 1));
    at(15_000, new Element(Labels.of("__name__", "two", "host", "a"), 0, 1));
    assertThat(only().annotations()).isEqualTo(Labels.of("n", "two"));
  }

  @Test
  void aTemplateThatFailsLosesNoAlert() {
    annotations = List.of(entry("x", "{{ query \"up\" }}"));
    assertThat(at(0, host("a", 1))).containsExactly("FIRING a");
    assertThat(only().annotations().get("x"))
        .startsWith("<error expanding template: error executing template");
  }

  @Test
  void aPendingAlertThatIsAbsentIsGone() {
    forMs = 30_000;
    at(0, host("a", 1));
    assertThat(at(15_000)).isEmpty();
    assertThat(alerts).isEmpty();
    assertThat(at(30_000, host("a", 1))).isEmpty();
    assertThat(only().activeAtMs()).isEqualTo(30_000);
  }

  @Test
  void aFiringAlertThatIsAbsentResolvesAndIsKeptForAQuarterOfAnHour() {
    at(0, host("a", 1));
    assertThat(at(15_000)).containsExactly("RESOLVED a");
    assertThat(only().state()).isEqualTo(AlertState.INACTIVE);
    assertThat(only().resolvedAtMs()).isEqualTo(15_000);
    at(15_000 + 15 * MINUTE);
    assertThat(alerts).hasSize(1);
    assertThat(at(15_001 + 15 * MINUTE)).isEmpty();
    assertThat(alerts).isEmpty();
  }

  @Test
  void aResolvedAlertIsSaidAgainForReceiversThatForget() {
    at(0, host("a", 1));
    at(15_000);
    assertThat(at(75_000)).isEmpty();
    assertThat(at(75_001)).containsExactly("STILL_RESOLVED a");
    assertThat(only().resolvedAtMs()).isEqualTo(15_000);
  }

  @Test
  void aResolvedAlertThatIsBackIsANewOne() {
    at(0, host("a", 1));
    at(15_000);
    assertThat(at(30_000, host("a", 1))).containsExactly("FIRING a");
    assertThat(only().activeAtMs()).isEqualTo(30_000);
    assertThat(only().resolvedAtMs()).isZero();
  }

  @Test
  void keepFiringForHoldsAnAbsentAlert() {
    keepFiringForMs = 30_000;
    at(0, host("a", 1));
    assertThat(at(15_000)).isEmpty();
    assertThat(only().state()).isEqualTo(AlertState.FIRING);
    assertThat(only().keepFiringSinceMs()).isEqualTo(15_000);
    assertThat(only().value()).isEqualTo(1);
    assertThat(at(44_999)).isEmpty();
    assertThat(at(45_000)).containsExactly("RESOLVED a");
  }

  @Test
  void keepFiringForBeginsAnewAfterAReturn() {
    keepFiringForMs = 30_000;
    at(0, host("a", 1));
    at(15_000);
    at(30_000, host("a", 5));
    assertThat(only().keepFiringSinceMs()).isZero();
    at(45_000);
    assertThat(at(74_999)).containsExactly("STILL_FIRING a");
    assertThat(only().value()).isEqualTo(5);
    assertThat(at(75_000)).containsExactly("RESOLVED a");
  }

  @Test
  void aRaisedForPutsAFiringAlertBackToPending() {
    at(0, host("a", 1));
    forMs = 30_000;
    assertThat(at(15_000, host("a", 1))).isEmpty();
    assertThat(only().state()).isEqualTo(AlertState.PENDING);
    assertThat(lost).extracting(AlertStepTest::host).containsExactly("a");
    assertThat(at(30_000, host("a", 1))).containsExactly("FIRING a");
    assertThat(only().activeAtMs()).isZero();
  }

  @Test
  void moreAlertsThanTheLimitDropThemAll() {
    at(0, host("a", 1), host("b", 1));
    limit = 2;
    assertThat(at(15_000, host("a", 1), host("b", 1), host("c", 1))).isEmpty();
    assertThat(error).isEqualTo("exceeded limit of 2 with 3 alerts");
    assertThat(alerts).isEmpty();
    assertThat(lost).extracting(AlertStepTest::host).containsExactly("a", "b");
    assertThat(samples).isEmpty();
  }

  @Test
  void pendingAndHeldAlertsCountForTheLimitAndResolvedOnesDoNot() {
    limit = 1;
    at(0, host("a", 1));
    assertThat(at(15_000, host("b", 1))).containsExactly("RESOLVED a", "FIRING b");
    keepFiringForMs = MINUTE;
    at(30_000, host("c", 1));
    assertThat(error).isEqualTo("exceeded limit of 1 with 2 alerts");
  }

  @Test
  void moreThanTenThousandAlertsAreTooMany() {
    Element[] many = new Element[AlertStep.ALERTS_MAX + 1];
    for (int i = 0; i < many.length; i++) {
      many[i] = host("h" + i, 1);
    }
    at(0, many);
    assertThat(error).isEqualTo("exceeded limit of 10000 with 10001 alerts");
  }

  @Test
  void twoElementsWithTheSameIdentityFailTheRuleAndChangeNothing() {
    at(0, host("a", 1), host("b", 1));
    Map<Labels, Alert> before = alerts;
    labels = List.of(entry("host", "same"));
    renewed = true;
    at(15_000, host("a", 1), host("b", 1));
    assertThat(error)
        .isEqualTo("vector contains metrics with the same labelset after applying alert labels");
    assertThat(alerts).isEqualTo(before);
  }

  @Test
  void itIsSaidAgainAtTheFirstSlotThatIsLaterThanTheDelay() {
    at(0, host("a", 1));
    for (long time = 15_000; time <= 60_000; time += 15_000) {
      assertThat(at(time, host("a", 1))).isEmpty();
    }
    assertThat(at(75_000, host("a", 1))).containsExactly("STILL_FIRING a");
    assertThat(at(135_000, host("a", 1))).isEmpty();
  }

  @Test
  void onAGridOfAMinuteItIsSaidEveryTwo() {
    intervalMs = MINUTE;
    at(0, host("a", 1));
    assertThat(at(MINUTE, host("a", 1))).isEmpty();
    assertThat(at(2 * MINUTE, host("a", 1))).containsExactly("STILL_FIRING a");
    assertThat(at(3 * MINUTE, host("a", 1))).isEmpty();
    assertThat(at(4 * MINUTE, host("a", 1))).containsExactly("STILL_FIRING a");
  }

  @Test
  void whatIsToldHoldsForFourIntervalsOrFourDelays() {
    at(0, host("a", 1));
    assertThat(only().validUntilMs()).isEqualTo(4 * MINUTE);
    at(15_000, host("a", 1));
    assertThat(only().validUntilMs()).isEqualTo(4 * MINUTE);
    intervalMs = 5 * MINUTE;
    at(2 * MINUTE, host("a", 1));
    assertThat(only().validUntilMs()).isEqualTo(22 * MINUTE);
  }

  @Test
  void activeAlertsShowAsSeries() {
    forMs = 1500;
    labels = List.of(entry("empty", "{{ $labels.nothing }}"), entry("severity", "page"));
    at(1500, host("a", 1));
    Labels rest =
        Labels.of("alertname", "A", "host", "a", "severity", "page").toBuilder()
            .set("empty", "{{ $labels.nothing }}")
            .build();
    Labels alert = rest.toBuilder().set("__name__", "ALERTS").build();
    Labels forState = rest.toBuilder().set("__name__", "ALERTS_FOR_STATE").build();
    assertThat(samples)
        .containsExactly(
            new RuleSample(alert.toBuilder().set("alertstate", "pending").build(), 1),
            new RuleSample(forState, 1));
    at(3000, host("a", 1));
    assertThat(samples)
        .containsExactly(
            new RuleSample(alert.toBuilder().set("alertstate", "firing").build(), 1),
            new RuleSample(forState, 1));
    at(4500);
    assertThat(samples).isEmpty();
  }

  @Test
  void heldAlertsStayAsTheyAre() {
    forMs = 15_000;
    at(0, host("a", 1));
    at(15_000, host("a", 1), host("b", 1));
    held = true;
    assertThat(at(30_000)).isEmpty();
    assertThat(alerts.values())
        .extracting(Alert::state)
        .containsExactly(AlertState.FIRING, AlertState.PENDING);
    assertThat(samples).hasSize(4);
    assertThat(at(75_001)).containsExactly("STILL_FIRING a");
    held = false;
    assertThat(at(90_000)).containsExactly("RESOLVED a");
  }

  @Test
  void resolvedAlertsAreBoundedToo() {
    labels = List.of(entry("v", "{{ $value }}"));
    Element[] many = new Element[6000];
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < many.length; i++) {
        many[i] = host("h" + i, round);
      }
      at(round * 1000L, many);
    }
    assertThat(alerts).hasSize(6000 + AlertStep.ALERTS_MAX);
    long oldest = alerts.values().stream().filter(alert -> alert.resolvedAtMs() == 1000).count();
    assertThat(oldest).isEqualTo(4000);
  }

  @Test
  void alertsSurviveTheirBytes() throws IOException {
    keepFiringForMs = MINUTE;
    at(0, host("a", 1), host("b", Double.NaN));
    at(15_000, host("b", 2));
    at(30_000);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    AlertCodec.write(new StateWriter(new DataOutputStream(bytes)), alerts);
    StateReader in =
        new StateReader(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(AlertCodec.read(in, rule())).isEqualTo(alerts).hasSize(2);
  }

  @Test
  void theBytesOfAnAlertAreThoseOfVersionOne() throws IOException {
    at(1, host("a", 1.5));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    AlertCodec.write(new StateWriter(new DataOutputStream(bytes)), alerts);
    assertThat(HexFormat.of().formatHex(bytes.toByteArray()))
        .isEqualTo(
            "000000010000000300000009616c6572746e616d65000000014100000004686f"
                + "7374000000016100000008736576657269747900000004706167650000000200"
                + "0000085f5f6e616d655f5f000000046c6f616400000004686f73740000000161"
                + "0000000100000002617400000003312e3500000006666972696e673ff8000000"
                + "0000000000000000000001000000000000000100000000000000000000000000"
                + "0000000000000000000001000000000003a98100000000000000010000000000"
                + "00000200000000");
  }
}
