package dev.tocsin.promql.eval;

import dev.tocsin.promql.ast.AggregateOp;
import dev.tocsin.promql.eval.number.NeumaierSum;
import dev.tocsin.promql.eval.number.Quantiles;
import dev.tocsin.promql.eval.number.RunningMean;
import java.util.Arrays;

/// Makes one number of the values of a group, taken in the order of the vector.
public sealed interface Accumulator {
  void add(double value);

  /// @param parameter of quantile
  double result(double parameter);

  /// Starts with a first value.
  static Accumulator of(AggregateOp op, double first) {
    return switch (op) {
      case SUM -> new Sum(new NeumaierSum(first));
      case AVG -> new Average(new RunningMean(first));
      case COUNT -> new Count();
      case GROUP -> new Present();
      case MIN -> new Extreme(first, false);
      case MAX -> new Extreme(first, true);
      case STDVAR -> new Spread(first, false);
      case STDDEV -> new Spread(first, true);
      case QUANTILE -> new Quantile(first);
      case TOPK, BOTTOMK, LIMITK, LIMIT_RATIO, COUNT_VALUES ->
          throw new IllegalArgumentException("keeps elements: " + op);
    };
  }

  /// The sum.
  record Sum(NeumaierSum sum) implements Accumulator {
    @Override
    public void add(double value) {
      sum.add(value);
    }

    @Override
    public double result(double parameter) {
      return sum.total();
    }
  }

  /// The mean.
  record Average(RunningMean mean) implements Accumulator {
    @Override
    public void add(double value) {
      mean.add(value);
    }

    @Override
    public double result(double parameter) {
      return mean.mean();
    }
  }

  /// How many.
  final class Count implements Accumulator {
    private int count = 1;

    @Override
    public void add(double value) {
      count++;
    }

    @Override
    public double result(double parameter) {
      return count;
    }
  }

  /// 1 where there is any.
  record Present() implements Accumulator {
    @Override
    public void add(double value) {}

    @Override
    public double result(double parameter) {
      return 1;
    }
  }

  /// The smallest or largest; NaN only where all are.
  final class Extreme implements Accumulator {
    private final boolean largest;
    private double extreme;

    Extreme(double first, boolean largest) {
      this.extreme = first;
      this.largest = largest;
    }

    @Override
    public void add(double value) {
      if (Double.isNaN(extreme) || (largest ? value > extreme : value < extreme)) {
        extreme = value;
      }
    }

    @Override
    public double result(double parameter) {
      return extreme;
    }
  }

  /// Population variance or its root, by Welford's method.
  final class Spread implements Accumulator {
    private final boolean root;
    private double count = 1;
    private double mean;
    private double squares;

    Spread(double first, boolean root) {
      this.mean = first;
      this.squares = Double.isNaN(first) || Double.isInfinite(first) ? Double.NaN : 0;
      this.root = root;
    }

    @Override
    public void add(double value) {
      count++;
      double delta = value - mean;
      mean += delta / count;
      squares += delta * (value - mean);
    }

    @Override
    public double result(double parameter) {
      double variance = squares / count;
      return root ? Math.sqrt(variance) : variance;
    }
  }

  /// A quantile.
  final class Quantile implements Accumulator {
    private double[] values = new double[8];
    private int count;

    Quantile(double first) {
      add(first);
    }

    @Override
    public void add(double value) {
      if (count == values.length) {
        values = Arrays.copyOf(values, count * 2);
      }
      values[count++] = value;
    }

    @Override
    public double result(double parameter) {
      return Quantiles.of(parameter, values, count);
    }
  }
}
