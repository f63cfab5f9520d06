package dev.tocsin.store.index;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;

/// 64 bits of a tenant and a label set; equal sets have equal hashes.
interface LabelHash {
  long of(Tenant tenant, Labels labels);

  /// Folded multiplication over the chars, four at a time, keyed by `seed`: whoever does not know
  /// the seed cannot choose label sets that collide. Only the place in the hash table depends on
  /// it, never a result.
  static LabelHash seeded(long seed) {
    return (tenant, labels) -> {
      long hash = add(mix(seed ^ 0x9e3779b97f4a7c15L), tenant.id());
      for (int i = 0; i < labels.size(); i++) {
        hash = add(hash, labels.name(i));
        hash = add(hash, labels.value(i));
      }
      return mix(hash ^ seed);
    };
  }

  private static long add(long hash, String text) {
    long now = mix(hash ^ text.length());
    int length = text.length();
    int i = 0;
    for (; i + 4 <= length; i += 4) {
      now =
          mix(
              now
                  ^ (text.charAt(i)
                      | (long) text.charAt(i + 1) << 16
                      | (long) text.charAt(i + 2) << 32
                      | (long) text.charAt(i + 3) << 48));
    }
    for (; i < length; i++) {
      now = mix(now ^ text.charAt(i));
    }
    return now;
  }

  private static long mix(long number) {
    long factor = 0xd6e8feb86659fd93L;
    return Math.multiplyHigh(number, factor) ^ (number * factor) ^ (number >>> 32);
  }
}
