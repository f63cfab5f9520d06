package dev.tocsin.model.names;

import dev.tocsin.model.tenant.Tenant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The label names of one tenant.
///
/// @param number dense, from 0
record TenantNames(Tenant tenant, int number, Map<String, LabelName> byText) {
  TenantNames(Tenant tenant, int number) {
    this(tenant, number, new ConcurrentHashMap<>());
  }
}
