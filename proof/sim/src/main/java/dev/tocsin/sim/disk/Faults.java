package dev.tocsin.sim.disk;

import dev.tocsin.sim.chance.SimChance;
import dev.tocsin.sim.turn.SimCrash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// What a scenario wants to go wrong.
final class Faults {
  private static final class Rule {
    final DiskOp op;
    final String within;
    final String reason;
    int left;

    Rule(DiskOp op, String within, String reason, int left) {
      this.op = op;
      this.within = within;
      this.reason = reason;
      this.left = left;
    }
  }

  private final List<Rule> rules = new ArrayList<>();
  private final Map<DiskOp, Integer> oneIn = new EnumMap<>(DiskOp.class);
  private final SimChance chance;
  private long crashAt = Long.MAX_VALUE;
  private long operations;

  Faults(SimChance chance) {
    this.chance = chance;
  }

  /// @param within part of the path
  /// @param times how often it fails
  void add(DiskOp op, String within, String reason, int times) {
    rules.add(new Rule(op, within, reason, times));
  }

  void atRandom(DiskOp op, int oneInTimes) {
    oneIn.put(op, oneInTimes);
  }

  void clear() {
    rules.clear();
    oneIn.clear();
    crashAt = Long.MAX_VALUE;
  }

  /// The operation of that number from now on, counted from 0, is the last.
  void crashAfter(long more) {
    crashAt = operations + more;
  }

  long operations() {
    return operations;
  }

  /// Whether the process ends within this operation.
  boolean crashesNow() {
    return operations++ >= crashAt;
  }

  static SimCrash crash(DiskOp op, Path path) {
    return new SimCrash("crash in " + op + " of " + path);
  }

  void check(DiskOp op, Path path) throws IOException {
    for (Iterator<Rule> all = rules.iterator(); all.hasNext(); ) {
      Rule rule = all.next();
      if (rule.op == op && path.toString().contains(rule.within)) {
        if (--rule.left == 0) {
          all.remove();
        }
        throw new IOException(path + ": " + rule.reason);
      }
    }
    if (chance.oneIn(oneIn.getOrDefault(op, 0))) {
      throw new IOException(path + ": input/output error");
    }
  }
}
