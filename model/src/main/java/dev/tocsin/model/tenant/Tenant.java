package dev.tocsin.model.tenant;

/// Whose data it is. Every batch, series and alert carries one.
public record Tenant(String id) {
  /// Used where no tenant is named.
  public static final Tenant DEFAULT = new Tenant("default");

  public Tenant {
    if (id.isEmpty() || id.length() > 150) {
      throw new IllegalArgumentException("a tenant id has 1 to 150 characters");
    }
  }
}
