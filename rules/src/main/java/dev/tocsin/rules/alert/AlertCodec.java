package dev.tocsin.rules.alert;

import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.alert.Evidence;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.rules.file.AlertRule;
import dev.tocsin.rules.state.StateReader;
import dev.tocsin.rules.state.StateWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The alerts of a rule in a checkpoint.
public final class AlertCodec {
  private AlertCodec() {}

  public static void write(StateWriter out, Map<Labels, Alert> alerts) throws IOException {
    out.number(alerts.size());
    for (Alert alert : alerts.values()) {
      write(out, alert);
    }
  }

  /// An alert is one part: it does not change.
  public static void write(StateWriter out, Alert alert) throws IOException {
    out.part(later -> writeFields(later, alert));
  }

  private static void writeFields(StateWriter out, Alert alert) throws IOException {
    out.labels(alert.labels());
    out.labels(alert.element());
    out.labels(alert.annotations());
    out.text(alert.state().word());
    out.real(alert.value());
    out.number(alert.activeAtMs());
    out.number(alert.firedAtMs());
    out.number(alert.resolvedAtMs());
    out.number(alert.keepFiringSinceMs());
    out.number(alert.sentAtMs());
    out.number(alert.validUntilMs());
    out.evidence(alert.evidence());
  }

  /// @param rule whose alerts they are
  public static Map<Labels, Alert> read(StateReader in, AlertRule rule) throws IOException {
    int count = in.count();
    if (count == 0) {
      return AlertStep.noAlerts();
    }
    Map<Labels, Alert> alerts = LinkedHashMap.newLinkedHashMap(count);
    for (int i = 0; i < count; i++) {
      Alert alert = readOne(in, rule);
      alerts.put(alert.labels(), alert);
    }
    return alerts;
  }

  /// An alert whose rule is gone: it writes no series.
  public static Alert readLost(StateReader in) throws IOException {
    return readOne(in, null);
  }

  private static Alert readOne(StateReader in, @Nullable AlertRule rule) throws IOException {
    Labels labels = in.labels();
    Labels element = in.labels();
    Labels annotations = in.labels();
    AlertState state = state(in.text());
    double value = in.real();
    long activeAtMs = in.number();
    long firedAtMs = in.number();
    long resolvedAtMs = in.number();
    long keepFiringSinceMs = in.number();
    long sentAtMs = in.number();
    long validUntilMs = in.number();
    Evidence evidence = in.evidence();
    return new Alert(
        labels,
        element,
        annotations,
        state,
        value,
        activeAtMs,
        firedAtMs,
        resolvedAtMs,
        keepFiringSinceMs,
        sentAtMs,
        validUntilMs,
        evidence,
        rule == null ? AlertSeries.NONE : AlertSeries.of(rule, labels));
  }

  private static AlertState state(String word) throws IOException {
    for (AlertState state : AlertState.values()) {
      if (state.word().equals(word)) {
        return state;
      }
    }
    throw new IOException("not a checkpoint: an alert is \"" + word + "\"");
  }
}
