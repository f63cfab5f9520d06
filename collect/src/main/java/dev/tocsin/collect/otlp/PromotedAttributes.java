package dev.tocsin.collect.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/// Which attributes of a resource become labels of all its series, where a data point has none of
/// that name. Prometheus's `promote_resource_attributes`, or `promote_all_resource_attributes` with
/// `ignore_resource_attributes`.
public final class PromotedAttributes {
  public static final PromotedAttributes NONE = new PromotedAttributes(false, List.of());

  private final boolean others;
  private final byte[][] names;

  private PromotedAttributes(boolean others, List<String> names) {
    this.others = others;
    this.names = names.stream().map(name -> name.getBytes(UTF_8)).toArray(byte[][]::new);
  }

  public static PromotedAttributes of(List<String> names) {
    return new PromotedAttributes(false, names);
  }

  public static PromotedAttributes allBut(List<String> names) {
    return new PromotedAttributes(true, names);
  }

  boolean has(AttributeList attributes, int i) {
    for (byte[] name : names) {
      if (attributes.hasKey(i, name)) {
        return !others;
      }
    }
    return others;
  }
}
