package dev.tocsin.model.names;

/// A label name that a tenant uses. Text and bytes are shared by all tenants.
final class LabelName {
  /// Dense, from 0, over all tenants.
  final int number;

  final TenantNames tenant;
  final String text;
  final byte[] bytes;

  /// The newest label with this name: the others follow from it. -1: none yet.
  volatile int newest = -1;

  LabelName(int number, TenantNames tenant, String text, byte[] bytes) {
    this.number = number;
    this.tenant = tenant;
    this.text = text;
    this.bytes = bytes;
  }
}
