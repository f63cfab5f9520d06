package dev.tocsin.store.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class ChunkLogTest {
  private static final int BLOCK_BITS = 12;
  private static final int CHUNK = 20;

  /// Chunk number n has times from `1000 n`, and random values.
  private static long append(ChunkLog log, long previous, long number) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(number);
    long[] times = new long[CHUNK];
    double[] values = new double[CHUNK];
    for (int i = 0; i < CHUNK; i++) {
      times[i] = 1000 * number + i;
      values[i] = random.nextDouble();
    }
    return log.append(previous, times, values, 0, CHUNK, 0);
  }

  private static void expect(ChunkCursor cursor, long number) {
    assertThat(cursor.count()).isEqualTo(CHUNK);
    assertThat(cursor.firstMs()).isEqualTo(1000 * number);
    assertThat(cursor.lastMs()).isEqualTo(1000 * number + CHUNK - 1);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(number);
    long[] times = new long[CHUNK];
    double[] values = new double[CHUNK];
    cursor.copyTo(times, values, 0);
    for (int i = 0; i < CHUNK; i++) {
      assertThat(times[i]).isEqualTo(1000 * number + i);
      assertThat(values[i]).isEqualTo(random.nextDouble());
    }
  }

  @Test
  void aChainIsWalkedFromTheNewestToTheOldest() {
    ChunkLog log = new ChunkLog(1 << 20, BLOCK_BITS);
    long one = ChunkLog.NONE;
    long other = ChunkLog.NONE;
    for (long i = 0; i < 100; i++) {
      one = append(log, one, i);
      other = append(log, other, -i);
    }
    ChunkCursor cursor = log.cursor();
    for (long i = 99; i >= 0; i--) {
      assertThat(cursor.moveTo(one)).isTrue();
      expect(cursor, i);
      one = cursor.previous();
      assertThat(cursor.moveTo(other)).isTrue();
      expect(cursor, -i);
      other = cursor.previous();
    }
    assertThat(one).isEqualTo(ChunkLog.NONE);
    assertThat(cursor.moveTo(one)).isFalse();
    assertThat(log.blocksDropped()).isZero();
  }

  @Test
  void theOldestBlocksAreDropped() {
    ChunkLog log = new ChunkLog(4 << BLOCK_BITS, BLOCK_BITS);
    long head = ChunkLog.NONE;
    int appended = 1000;
    for (long i = 0; i < appended; i++) {
      head = append(log, head, i);
      assertThat(log.usedBytes()).isLessThanOrEqualTo(4 << BLOCK_BITS);
    }
    ChunkCursor cursor = log.cursor();
    int found = 0;
    for (long at = head; cursor.moveTo(at); at = cursor.previous()) {
      expect(cursor, appended - 1 - found);
      found++;
    }
    assertThat(found).isBetween(50, 100);
    assertThat(log.samplesDropped()).isEqualTo((appended - found) * (long) CHUNK);
    assertThat(log.blocksDropped()).isPositive();
  }

  @Test
  void aCursorKeepsWhatItSaw() {
    ChunkLog log = new ChunkLog(2 << BLOCK_BITS, BLOCK_BITS);
    long first = append(log, ChunkLog.NONE, 7);
    ChunkCursor before = log.cursor();
    List<Long> later = new ArrayList<>();
    for (long i = 0; i < 200; i++) {
      later.add(append(log, ChunkLog.NONE, i));
    }
    assertThat(log.cursor().moveTo(first)).isFalse();
    assertThat(before.moveTo(first)).isTrue();
    expect(before, 7);
    assertThat(before.moveTo(later.getLast())).isFalse();
  }

  @Test
  void withoutRoomForABlockNothingIsKept() {
    ChunkLog log = new ChunkLog((1 << BLOCK_BITS) - 1, BLOCK_BITS);
    assertThat(append(log, ChunkLog.NONE, 1)).isEqualTo(ChunkLog.NONE);
    assertThat(log.samplesDropped()).isEqualTo(CHUNK);
    assertThat(log.usedBytes()).isZero();
  }

  @Test
  void aBlockMustHoldAChunk() {
    assertThatThrownBy(() -> new ChunkLog(1 << 20, 11))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
