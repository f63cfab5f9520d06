package dev.tocsin.deliver.outbox;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// When a destination was last told of each firing alert. Bounded: the oldest is forgotten first.
final class Told {
  /// @param atMs Unix milliseconds of the answer
  /// @param accepted whether it took it
  record At(long atMs, boolean accepted) {}

  private final int max;
  private final Map<AlertKey, At> map = new LinkedHashMap<>();

  Told(int max) {
    this.max = max;
  }

  void put(AlertKey key, At at) {
    map.remove(key);
    map.put(key, at);
    if (map.size() > max) {
      map.remove(map.keySet().iterator().next());
    }
  }

  @Nullable At get(AlertKey key) {
    return map.get(key);
  }

  void remove(AlertKey key) {
    map.remove(key);
  }
}
