package dev.tocsin.store.index;

import dev.tocsin.model.tenant.Tenant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The postings of one tenant: label name, value, series. One thread adds; any thread reads.
final class TenantIndex {
  private static final int[] NONE = {};

  final Tenant tenant;

  /// Dense, from 0.
  final int number;

  private final Posting all = new Posting("", "", -1);
  private final Map<String, Map<String, Posting>> names = new ConcurrentHashMap<>();

  TenantIndex(Tenant tenant, int number) {
    this.tenant = tenant;
    this.number = number;
  }

  @Nullable Posting find(String name, String value) {
    Map<String, Posting> values = names.get(name);
    return values == null ? null : values.get(value);
  }

  Posting create(String name, String value, int key) {
    Map<String, Posting> values = names.get(name);
    if (values == null) {
      values = new ConcurrentHashMap<>(2);
      names.put(name, values);
    }
    // All postings of a name share the text of the name.
    String shared = values.isEmpty() ? name : values.values().iterator().next().name;
    Posting posting = new Posting(shared, value, key);
    values.put(value, posting);
    return posting;
  }

  Posting all() {
    return all;
  }

  int[] ids(String name, String value) {
    Posting posting = find(name, value);
    return posting == null ? NONE : posting.ids();
  }

  List<String> labelNames() {
    return names.keySet().stream().sorted().toList();
  }

  List<String> labelValues(String name) {
    Map<String, Posting> values = names.get(name);
    return values == null ? List.of() : values.keySet().stream().sorted().toList();
  }
}
