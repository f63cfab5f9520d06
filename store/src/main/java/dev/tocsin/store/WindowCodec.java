package dev.tocsin.store;

import dev.tocsin.store.checkpoint.FrameReader;
import dev.tocsin.store.chunk.Varint;
import dev.tocsin.store.window.WindowArena;
import java.io.IOException;

/// What a checkpoint has of a window: its size in samples, in a store with payloads whether the
/// series has any (1 or 0), how many samples are in it, the address of the newest chunk before it,
/// then the samples: time and value of the first, and all as differences from the one before. All
/// as [Varint]. Without a sample there is no window: the size 0 alone.
final class WindowCodec {
  private static final int VARINT_BYTES_MAX = 10;

  /// The most bytes of a window.
  static final int BYTES_MAX = VARINT_BYTES_MAX * (4 + 2 * WindowArena.SAMPLES_MAX);

  private WindowCodec() {}

  /// Returns the index behind what it wrote, which begins at 0. Whatever is in the arrays, this
  /// does not throw.
  ///
  /// @param isMixed whether the store has payloads
  /// @param hasPayloads whether the series has
  static int write(
      byte[] target,
      WindowArena arena,
      int slot,
      int count,
      long head,
      boolean isMixed,
      boolean hasPayloads) {
    if (slot == 0 || count == 0) {
      return Varint.write(target, 0, 0);
    }
    int at = Varint.write(target, 0, WindowArena.samples(slot));
    if (isMixed) {
      at = Varint.write(target, at, hasPayloads ? 1 : 0);
    }
    at = Varint.write(target, at, count);
    at = Varint.write(target, at, head);
    int from = WindowArena.offset(slot);
    return samples(target, at, arena.times(slot), arena.values(slot), from, from + count);
  }

  private static int samples(
      byte[] target, int start, long[] times, double[] values, int from, int to) {
    int at = start;
    long time = 0;
    long step = 0;
    long bits = 0;
    for (int i = from; i < to; i++) {
      long nextTime = times[i];
      long nextStep = nextTime - time;
      at = Varint.write(target, at, Varint.fold(nextStep - step));
      step = nextStep;
      time = nextTime;
      // Neighbours have sign, exponent and leading digits in common; reversed, those are the zeros
      // that a varint leaves out.
      long next = Double.doubleToRawLongBits(values[i]);
      at = Varint.write(target, at, Long.reverse(next ^ bits));
      bits = next;
    }
    return at;
  }

  /// The samples alone, behind the rest.
  static void readSamples(FrameReader in, long[] times, double[] values, int from, int count)
      throws IOException {
    long time = 0;
    long step = 0;
    long bits = 0;
    for (int i = from; i < from + count; i++) {
      step += Varint.unfold(in.anyVarint());
      time += step;
      if (i > from && time <= times[i - 1]) {
        throw in.corrupt("times out of order");
      }
      bits ^= Long.reverse(in.anyVarint());
      times[i] = time;
      values[i] = Double.longBitsToDouble(bits);
    }
  }
}
