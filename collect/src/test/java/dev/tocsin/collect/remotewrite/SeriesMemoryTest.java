package dev.tocsin.collect.remotewrite;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeriesMemoryTest {
  private static byte[] raw(int series) {
    return ("labels of series " + series + "x".repeat(series % 7)).getBytes(US_ASCII);
  }

  /// One request of these series, as the decoder goes through them; returns how many were known
  /// without asking the table.
  private static int request(SeriesMemory memory, int... series) {
    int predicted = 0;
    int[] entries = new int[series.length];
    memory.begin();
    for (int i = 0; i < series.length; i++) {
      byte[] raw = raw(series[i]);
      entries[i] = memory.predict(raw, 0, raw.length);
      if (entries[i] >= 0 && memory.length(entries[i]) == raw.length) {
        predicted++;
      } else {
        entries[i] = memory.find(raw, 0, raw.length);
      }
      if (entries[i] >= 0) {
        memory.expectAfter(entries[i]);
      }
    }
    memory.rewind();
    for (int i = 0; i < series.length; i++) {
      byte[] raw = raw(series[i]);
      memory.count(entries[i] >= 0);
      int entry = entries[i] >= 0 ? entries[i] : memory.find(raw, 0, raw.length);
      if (entry < 0) {
        entry = memory.learn(raw, 0, raw.length, series[i]);
      }
      if (entry >= 0) {
        assertThat(memory.ref(entry)).isEqualTo(series[i]);
        memory.follow(entry);
      }
    }
    return predicted;
  }

  @Test
  void theSecondTimeEverySeriesIsPredicted() {
    SeriesMemory memory = new SeriesMemory();
    assertThat(request(memory, 1, 2, 3, 4)).isZero();
    assertThat(request(memory, 1, 2, 3, 4)).isEqualTo(4);
    assertThat(memory.known()).isEqualTo(4);
  }

  @Test
  void anotherOrderIsLearnt() {
    SeriesMemory memory = new SeriesMemory();
    request(memory, 1, 2, 3, 4);
    assertThat(request(memory, 3, 1, 4, 2)).isLessThan(4);
    assertThat(request(memory, 3, 1, 4, 2)).isEqualTo(4);
    assertThat(memory.size()).isEqualTo(4);
  }

  @Test
  void whatIsFoundIsAlwaysRight() {
    for (long seed = 0; seed < 30; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      SeriesMemory memory = new SeriesMemory(300, 6000);
      Map<Integer, Integer> known = new HashMap<>();
      for (int i = 0; i < 30; i++) {
        int[] series = random.ints(random.nextInt(200), 0, 400).toArray();
        request(memory, series);
        for (int s : series) {
          known.merge(s, 1, Integer::sum);
        }
        assertThat(memory.size()).as("seed %d", seed).isLessThanOrEqualTo(300);
      }
      for (int s = 0; s < 400; s++) {
        byte[] raw = raw(s);
        int entry = memory.find(raw, 0, raw.length);
        if (entry >= 0) {
          assertThat(known).as("seed %d", seed).containsKey(s);
          assertThat(memory.ref(entry)).as("seed %d", seed).isEqualTo(s);
        }
      }
    }
  }

  @Test
  void aFullMemoryStartsAnewWhenItHelpsLittle() {
    SeriesMemory memory = new SeriesMemory(4, 1000);
    request(memory, 1, 2, 3, 4, 5);
    assertThat(memory.size()).isEqualTo(4);
    assertThat(request(memory, 6, 7, 8)).isZero();
    assertThat(request(memory, 6, 7, 8)).isZero();
    assertThat(memory.size()).isEqualTo(3);
    assertThat(request(memory, 6, 7, 8)).isEqualTo(3);
  }

  @Test
  void aFullMemoryThatHelpsIsKept() {
    SeriesMemory memory = new SeriesMemory(4, 1000);
    request(memory, 1, 2, 3, 4, 5);
    assertThat(request(memory, 1, 2, 3, 4, 5)).isEqualTo(4);
    assertThat(request(memory, 1, 2, 3, 4, 5)).isEqualTo(4);
  }
}
