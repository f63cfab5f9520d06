package dev.tocsin.deliver.outbox;

import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;

/// Which alert: what receivers tell alerts apart by.
record AlertKey(Tenant tenant, Labels labels) {
  static AlertKey of(AlertEvent event) {
    return new AlertKey(event.tenant(), event.labels());
  }
}
