package dev.tocsin.collect.otlp;

import dev.tocsin.collect.series.KeyBuffer;
import dev.tocsin.collect.series.LabelFault;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.intake.Intake;

/// Finds the references of series by their labels: looks first at the one that came behind the one
/// before, since senders repeat themselves. As long as it may make none it only counts those that
/// are missing, because the body may still turn out to be broken. One thread.
final class SeriesFinder {
  private final Intake intake;
  private final Tenant tenant;
  private final KeyBuffer key = new KeyBuffer();
  private boolean makes;
  private int missing;

  /// The series before, or -1.
  private int last;

  private LabelFault fault = LabelFault.NONE;

  SeriesFinder(Intake intake, Tenant tenant) {
    this.intake = intake;
    this.tenant = tenant;
  }

  /// @param mayMake whether series that are missing are made
  void begin(boolean mayMake) {
    makes = mayMake;
    missing = 0;
    last = -1;
  }

  /// The reference, or -1: see [#fault]; without one there is no room for the series, or none may
  /// be made.
  int find(SeriesLabels labels) {
    fault = labels.checkSizes();
    if (fault != LabelFault.NONE) {
      return -1;
    }
    int expected = last < 0 ? -1 : intake.after(last);
    if (expected >= 0 && labels.areOf(intake, expected)) {
      last = expected;
      return expected;
    }
    int ref = lookUp(labels);
    if (ref >= 0 && last >= 0) {
      intake.follows(last, ref);
    }
    last = ref;
    return ref;
  }

  private int lookUp(SeriesLabels labels) {
    labels.writeTo(key);
    int ref = intake.find(tenant, key.bytes(), 0, key.length());
    if (ref >= 0) {
      return ref;
    }
    fault = labels.checkTexts();
    if (fault != LabelFault.NONE) {
      return -1;
    }
    missing++;
    return makes ? intake.ref(tenant, key.bytes(), 0, key.length()) : -1;
  }

  LabelFault fault() {
    return fault;
  }

  boolean makes() {
    return makes;
  }

  /// Series asked for that were not there.
  int missing() {
    return missing;
  }

  void shrink() {
    key.shrink();
  }
}
