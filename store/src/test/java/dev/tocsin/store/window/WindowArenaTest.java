package dev.tocsin.store.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class WindowArenaTest {
  private final WindowArena arena = new WindowArena();

  private void mark(int slot) {
    int from = WindowArena.offset(slot);
    Arrays.fill(arena.times(slot), from, from + WindowArena.samples(slot), slot);
    Arrays.fill(arena.values(slot), from, from + WindowArena.samples(slot), slot);
  }

  private void expectMark(int slot, long seed) {
    int from = WindowArena.offset(slot);
    for (int i = from; i < from + WindowArena.samples(slot); i++) {
      if (arena.times(slot)[i] != slot || arena.values(slot)[i] != slot) {
        throw new AssertionError("seed " + seed + ": slot " + slot + " is shared");
      }
    }
  }

  @Test
  void slotsNeverOverlap() {
    for (long seed = 0; seed < 20; seed++) {
      RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      List<Integer> slots = new ArrayList<>();
      for (int step = 0; step < 4000; step++) {
        if (random.nextInt(3) > 0 || slots.isEmpty()) {
          int samples = 8 << random.nextInt(5);
          int slot = arena.allocate(samples);
          assertThat(slot).isPositive();
          assertThat(WindowArena.samples(slot)).isEqualTo(samples);
          mark(slot);
          slots.add(slot);
        } else {
          Collections.swap(slots, random.nextInt(slots.size()), slots.size() - 1);
          int slot = slots.removeLast();
          expectMark(slot, seed);
          arena.release(slot);
        }
      }
      for (int slot : slots) {
        expectMark(slot, seed);
        arena.release(slot);
      }
    }
  }

  @Test
  void freedSlotsAreUsedAgainWholeOrHalved() {
    List<Integer> large = new ArrayList<>();
    for (int i = 0; i < 320; i++) {
      large.add(arena.allocate(128));
    }
    long used = arena.usedBytes();
    assertThat(used).isEqualTo(320L * 128 * 16);
    large.forEach(arena::release);
    for (int i = 0; i < 320 * 4; i++) {
      arena.allocate(32);
    }
    assertThat(arena.usedBytes()).isEqualTo(used);
    arena.allocate(8);
    assertThat(arena.usedBytes()).isGreaterThan(used);
  }
}
