package dev.tocsin.model.batch;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;

/// Says which series a reference means, from here on. Comes before the first sample that uses it.
public record SeriesDefinition(int ref, Tenant tenant, Labels labels) {}
