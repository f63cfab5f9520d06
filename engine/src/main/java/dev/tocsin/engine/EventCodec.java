package dev.tocsin.engine;

import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.alert.Evidence;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.rules.state.StateReader;
import dev.tocsin.rules.state.StateWriter;
import java.io.IOException;

/// An event in a checkpoint.
final class EventCodec {
  private EventCodec() {}

  /// An event is one part: it does not change.
  static void write(StateWriter out, AlertEvent event) throws IOException {
    out.part(later -> writeFields(later, event));
  }

  private static void writeFields(StateWriter out, AlertEvent event) throws IOException {
    out.text(event.id());
    out.number(event.seq());
    out.text(event.kind().name());
    out.text(event.group());
    out.labels(event.labels());
    out.labels(event.annotations());
    out.text(event.expression());
    out.real(event.value());
    out.number(event.activeAtMs());
    out.number(event.firedAtMs());
    out.number(event.resolvedAtMs());
    out.number(event.validUntilMs());
    out.evidence(event.evidence());
  }

  static AlertEvent read(StateReader in, Tenant tenant) throws IOException {
    String id = in.text();
    long seq = in.number();
    AlertEvent.Kind kind = kind(in.text());
    String group = in.text();
    Labels labels = in.labels();
    Labels annotations = in.labels();
    String expression = in.text();
    double value = in.real();
    long activeAtMs = in.number();
    long firedAtMs = in.number();
    long resolvedAtMs = in.number();
    long validUntilMs = in.number();
    Evidence evidence = in.evidence();
    return new AlertEvent(
        id,
        seq,
        kind,
        tenant,
        group,
        labels,
        annotations,
        expression,
        value,
        activeAtMs,
        firedAtMs,
        resolvedAtMs,
        validUntilMs,
        evidence);
  }

  private static AlertEvent.Kind kind(String name) throws IOException {
    for (AlertEvent.Kind kind : AlertEvent.Kind.values()) {
      if (kind.name().equals(name)) {
        return kind;
      }
    }
    throw new IOException("not a checkpoint: an event is \"" + name + "\"");
  }
}
