package dev.tocsin.agent.api;

import dev.tocsin.model.json.JsonWriter;
import java.util.Arrays;

/// The texts of the times of one answer's samples: the n-th sample of a series mostly has the time
/// of the n-th sample of the series before.
final class SampleHeads {
  private long[] timesMs = new long[16];
  private String[] heads = new String[16];

  SampleHeads() {
    Arrays.fill(heads, "");
  }

  String of(int index, long timeMs) {
    if (index >= heads.length) {
      int size = heads.length;
      timesMs = Arrays.copyOf(timesMs, Math.max(index + 1, size * 2));
      heads = Arrays.copyOf(heads, timesMs.length);
      Arrays.fill(heads, size, heads.length, "");
    }
    if (timesMs[index] != timeMs || heads[index].isEmpty()) {
      timesMs[index] = timeMs;
      heads[index] = JsonWriter.sampleHead(timeMs);
    }
    return heads[index];
  }
}
