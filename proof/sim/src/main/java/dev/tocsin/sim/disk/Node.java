package dev.tocsin.sim.disk;

import dev.tocsin.sim.chance.SimChance;
import java.util.ArrayList;
import java.util.List;

/// A file whatever its name: what reads see, what the device has, and the changes between.
final class Node {
  /// Bytes that a device writes whole or not at all.
  private static final int SECTOR = 512;

  private final Content seen;
  private final Content durable;
  private final List<Change> unforced = new ArrayList<>();

  /// All of it durable.
  Node(byte[] content) {
    seen = new Content(content);
    durable = new Content(content);
  }

  Content seen() {
    return seen;
  }

  int durableSize() {
    return durable.size();
  }

  void change(Change change) {
    seen.apply(change);
    unforced.add(change);
  }

  void force() {
    unforced.forEach(durable::apply);
    unforced.clear();
  }

  /// The device lost what it should have written; reads see it still, and no later force brings it
  /// back (as Linux does it).
  void forceFailed() {
    unforced.clear();
  }

  /// What a crash leaves: what was forced, and of the rest nothing, all, the first changes with the
  /// last of them torn, or any of their sectors.
  Node survivor(SimChance chance) {
    Content left = new Content(durable.toBytes());
    switch ((int) chance.between(0, 3)) {
      case 0 -> {}
      case 1 -> unforced.forEach(left::apply);
      case 2 -> keepFirst(left, chance);
      default -> keepAny(left, chance);
    }
    return new Node(left.toBytes());
  }

  private void keepFirst(Content left, SimChance chance) {
    int whole = (int) chance.between(0, unforced.size());
    unforced.subList(0, whole).forEach(left::apply);
    if (whole < unforced.size() && unforced.get(whole) instanceof Change.Write torn) {
      int count = (int) chance.between(0, torn.bytes().length);
      left.write(torn.position(), torn.bytes(), count);
    }
  }

  private void keepAny(Content left, SimChance chance) {
    for (Change change : unforced) {
      switch (change) {
        case Change.Resize _ -> {
          if (chance.oneIn(2)) {
            left.apply(change);
          }
        }
        case Change.Write(int position, byte[] bytes) -> {
          int at = 0;
          while (at < bytes.length) {
            int count = Math.min(bytes.length - at, SECTOR - (position + at) % SECTOR);
            if (chance.oneIn(2)) {
              left.writePart(position, bytes, at, count);
            }
            at += count;
          }
        }
      }
    }
  }
}
