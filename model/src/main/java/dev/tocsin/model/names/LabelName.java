package dev.tocsin.model.names;

/// A label name that a tenant uses. Text and bytes are shared by all tenants.
final class LabelName {
  final int tenant;
  final String text;
  final byte[] bytes;

  /// Dense, from 0, over all tenants.
  final int number;

  /// The newest label with this name: the others follow from it. -1: none yet.
  volatile int newest = -1;

  LabelName(int tenant, String text, byte[] bytes, int number) {
    this.tenant = tenant;
    this.text = text;
    this.bytes = bytes;
    this.number = number;
  }
}
