package dev.tocsin.engine.incremental;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.promql.ast.AggregateOp;
import dev.tocsin.promql.eval.Accumulator;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GroupValuesTest {
  private static final long SEED = 4711;

  /// Of every order a random one is tried: where the order is not known the bounds hold for all.
  @Test
  void aSumOfUnknownOrderHoldsInAnyOrder() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < 2000; round++) {
      int count = random.nextInt(3, 40);
      double[] values = new double[count];
      Bounds in = new Bounds().resized(count);
      int[] elements = new int[count];
      for (int i = 0; i < count; i++) {
        double size = Math.pow(10, random.nextInt(-3, 16));
        values[i] = random.nextGaussian() * size;
        in.point(i, Bounds.PRESENT, values[i]);
        elements[i] = i;
      }
      for (AggregateOp op : new AggregateOp[] {AggregateOp.SUM, AggregateOp.AVG}) {
        GroupValues group = new GroupValues();
        group.gather(in, elements, 0, count, false);
        Bounds out = new Bounds().resized(1);
        group.sum(op == AggregateOp.AVG, out, 0);
        double found = inRandomOrder(op, values.clone(), random);
        assertThat(found).as("seed %d, round %d", SEED, round).isBetween(out.lo[0], out.hi[0]);
      }
    }
  }

  private static double inRandomOrder(AggregateOp op, double[] values, SplittableRandom random) {
    for (int i = values.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      double kept = values[i];
      values[i] = values[other];
      values[other] = kept;
    }
    Accumulator total = Accumulator.of(op, values[0]);
    for (int i = 1; i < values.length; i++) {
      total.add(values[i]);
    }
    return total.result(0);
  }
}
