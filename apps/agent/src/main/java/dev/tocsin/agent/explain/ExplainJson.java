package dev.tocsin.agent.explain;

import dev.tocsin.agent.explain.Explainer.Answer;
import dev.tocsin.agent.explain.Explanation.Shown;
import dev.tocsin.agent.explain.Explanation.Step;
import dev.tocsin.deliver.outbox.DeliveryRecord;
import dev.tocsin.model.alert.Evidence;
import dev.tocsin.model.alert.StageTimes;
import dev.tocsin.model.json.JsonWriter;
import java.util.Locale;

/// Writes explanations as JSON; docs/explain.md says what it means. Times that do not apply are 0,
/// nanoseconds are told as milliseconds with decimals.
public final class ExplainJson {
  private final JsonWriter json = new JsonWriter();

  private ExplainJson() {}

  public static String of(String alert, Answer answer, long nowMs) {
    ExplainJson writer = new ExplainJson();
    JsonWriter json = writer.json.beginObject().field("alert", alert).field("nowMs", nowMs);
    json.field("mode", answer.mode().name().toLowerCase(Locale.ROOT));
    json.field("more", answer.more()).name("explained").beginArray();
    answer.explained().forEach(writer::one);
    return json.endArray().endObject().toString();
  }

  private void one(Explanation one) {
    json.beginObject().field("labels", one.labels()).field("annotations", one.annotations());
    json.field("state", one.state().word()).name("value").floatString(one.value());
    rule(one);
    grid(one);
    json.name("stream").beginObject().field("firedAtMs", one.firedAtMs());
    json.field("early", one.isEarly()).field("adoptedAtMs", one.adoptedAtMs());
    json.field("resolvedAtMs", one.resolvedAtMs()).endObject();
    json.field("threshold", one.threshold());
    evidence(one.evidence());
    json.field("judgedMs", one.judgedMs()).name("values").beginArray();
    one.steps().forEach(this::step);
    json.endArray().name("stages");
    stages(one.stages());
    json.name("deliveries").beginArray();
    one.deliveries().forEach(this::delivery);
    json.endArray().endObject();
  }

  private void rule(Explanation one) {
    json.name("rule").beginObject().field("group", one.group().name());
    json.field("file", one.group().file()).field("query", one.rule().query());
    json.field("forMs", one.rule().forMs()).field("keepFiringForMs", one.rule().keepFiringForMs());
    json.field("health", one.rule().health().word()).field("lastError", one.rule().lastError());
    json.endObject();
  }

  private void grid(Explanation one) {
    json.name("grid").beginObject().field("intervalMs", one.group().intervalMs());
    json.field("queryOffsetMs", one.group().queryOffsetMs());
    json.field("lastSlotMs", one.group().lastEvaluationMs());
    json.field("nextSlotMs", one.nextSlotMs()).field("activeAtMs", one.activeAtMs());
    json.field("dueAtMs", one.dueAtMs()).field("keepFiringSinceMs", one.keepFiringSinceMs());
    json.endObject();
  }

  private void evidence(Evidence evidence) {
    json.name("evidence").beginArray();
    for (Evidence.Read read : evidence.series()) {
      json.beginObject().field("labels", read.labels()).name("points").beginArray();
      for (Evidence.Point point : read.last()) {
        json.beginArray().value(point.timeMs()).floatString(point.value()).endArray();
      }
      json.endArray().endObject();
    }
    json.endArray();
  }

  private void step(Step step) {
    json.beginObject().field("depth", step.depth()).field("expression", step.expression());
    json.field("fitting", step.fitting()).field("total", step.total());
    json.field("problem", step.problem()).name("elements").beginArray();
    for (Shown shown : step.shown()) {
      json.beginObject().field("labels", shown.labels()).field("value", shown.value());
      json.field("samples", shown.samples()).endObject();
    }
    json.endArray().endObject();
  }

  private void stages(StageTimes times) {
    json.beginObject().field("sampleMs", times.sampleNanos() / 1e6);
    json.field("receivedMs", times.receivedNanos() / 1e6);
    json.field("appliedMs", times.appliedNanos() / 1e6);
    json.field("decidedMs", times.decidedNanos() / 1e6).endObject();
  }

  private void delivery(DeliveryRecord record) {
    json.beginObject().field("destination", record.destination());
    json.field("kind", record.event().kind().name().toLowerCase(Locale.ROOT));
    json.field("attempts", record.attempts()).field("accepted", record.accepted());
    json.field("undurable", record.undurable()).field("reason", record.reason());
    json.field("decidedMs", record.times().decidedNanos() / 1e6);
    json.field("handedMs", record.times().handedNanos() / 1e6);
    json.field("answeredMs", record.times().answeredNanos() / 1e6).endObject();
  }
}
