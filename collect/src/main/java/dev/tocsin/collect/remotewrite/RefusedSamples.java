package dev.tocsin.collect.remotewrite;

import dev.tocsin.pipeline.accounting.Refusal;
import java.util.EnumMap;
import java.util.Map;

/// Counts the refused samples of one request by reason, and keeps the first place of each.
public final class RefusedSamples {
  private final Map<Refusal, Integer> counts = new EnumMap<>(Refusal.class);
  private final Map<Refusal, String> firsts = new EnumMap<>(Refusal.class);

  public void clear() {
    counts.clear();
    firsts.clear();
  }

  public void add(Refusal reason, int samples) {
    counts.merge(reason, samples, Integer::sum);
  }

  /// True where no place of that reason is known yet.
  public boolean wantsPlace(Refusal reason) {
    return !firsts.containsKey(reason);
  }

  public void place(Refusal reason, String place) {
    firsts.putIfAbsent(reason, place);
  }

  public int of(Refusal reason) {
    return counts.getOrDefault(reason, 0);
  }

  /// Samples the sender is told about: not those that had arrived before.
  public int errors() {
    int errors = 0;
    for (Map.Entry<Refusal, Integer> entry : counts.entrySet()) {
      errors += entry.getKey().isError() ? entry.getValue() : 0;
    }
    return errors;
  }

  public Map<Refusal, Integer> counts() {
    return counts;
  }

  public RefusedSamples copy() {
    RefusedSamples copy = new RefusedSamples();
    copy.counts.putAll(counts);
    copy.firsts.putAll(firsts);
    return copy;
  }

  /// As `2 duplicate_labels (series 3: a label name twice in {...}), 1 out_of_order`.
  public String text() {
    StringBuilder out = new StringBuilder();
    counts.forEach(
        (reason, count) -> {
          out.append(out.isEmpty() ? "" : ", ").append(count).append(' ').append(reason.word());
          String first = firsts.get(reason);
          if (first != null) {
            out.append(" (").append(first).append(')');
          }
        });
    return out.toString();
  }
}
