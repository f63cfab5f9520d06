package dev.tocsin.engine.incremental;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.eval.number.Buckets;
import dev.tocsin.promql.eval.number.GoMath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// histogram_quantile of classic histograms. With all counts known it asks the evaluator's
/// [Buckets]; with bounds of the counts it looks in which buckets the quantile can fall.
final class BucketsNode implements Node {
  private static final String BUCKET = "le";

  /// The evaluator takes counts for equal that differ by less than 1e-12 of their sum.
  private static final double EQUALIZED = 1 - 4e-12;

  private final Node quantile;
  private final Node inner;
  private final int slot;
  private final Buckets buckets = new Buckets();
  private final Bounds bounds = new Bounds();

  /// Bounds of the counts of one histogram, made to never fall.
  private double[] lows = new double[16];

  private double[] highs = new double[16];

  /// @param slot the first of three in the topology: elements in order of histogram and bound;
  ///   where each histogram starts among them, and the end; the bounds, in that order
  BucketsNode(Node quantile, Node inner, int slot) {
    this.quantile = quantile;
    this.inner = inner;
    this.slot = slot;
  }

  private record Bucket(int element, int group, double bound) {}

  @Override
  public Shape shape(ShapeBuilder builder) {
    quantile.shape(builder);
    Shape shape = inner.shape(builder);
    Map<Labels, Integer> numbers = ShapeBuilder.numbering();
    List<Labels> metrics = new ArrayList<>();
    List<Bucket> all = new ArrayList<>();
    boolean[] ok = new boolean[1];
    for (int i = 0; i < shape.size(); i++) {
      Labels labels = shape.elements().get(i);
      double bound = GoMath.parse(labels.get(BUCKET), ok);
      if (!ok[0]) {
        continue; // the evaluator leaves it out too
      }
      if (Double.isNaN(bound)) {
        builder.giveUp();
      }
      Labels metric = labels.without(List.of(BUCKET));
      int group = ShapeBuilder.number(numbers, metric);
      if (group == metrics.size()) {
        metrics.add(metric);
      }
      all.add(new Bucket(i, group, bound));
    }
    all.sort(Comparator.comparingInt(Bucket::group).thenComparingDouble(Bucket::bound));
    int[] starts = new int[metrics.size() + 1];
    for (int i = 0; i < all.size(); i++) {
      starts[all.get(i).group() + 1] = i + 1;
      boolean twice =
          i > 0
              && all.get(i).group() == all.get(i - 1).group()
              && all.get(i).bound() == all.get(i - 1).bound();
      if (twice) {
        builder.giveUp(); // counts are added in an order that is not known here
      }
    }
    builder.put(slot, all.stream().mapToInt(Bucket::element).toArray());
    builder.put(slot + 1, starts);
    builder.put(slot + 2, all.stream().mapToDouble(Bucket::bound).toArray());
    return builder.unnamed(new Shape(metrics, false));
  }

  @Override
  public Bounds at(Look look) {
    Bounds q = quantile.at(look);
    Bounds in = inner.at(look);
    int[] elements = look.ints(slot);
    int[] starts = look.ints(slot + 1);
    double[] le = look.numbers(slot + 2);
    bounds.resized(starts.length - 1);
    for (int group = 0; group < bounds.size; group++) {
      histogram(in, elements, le, starts[group], starts[group + 1], q, group);
    }
    return bounds;
  }

  private void histogram(
      Bounds in, int[] elements, double[] le, int from, int to, Bounds q, int group) {
    byte there = Bounds.ABSENT;
    boolean sure = true;
    boolean exact = true;
    boolean counts = true;
    for (int i = from; i < to; i++) {
      int element = elements[i];
      byte presence = in.presence[element];
      there = presence > there ? presence : there;
      sure &= presence == Bounds.PRESENT;
      exact &= presence != Bounds.MAYBE && (presence == Bounds.ABSENT || in.isExact(element));
      counts &= in.isFinite(element) && in.lo[element] >= 0;
    }
    double wanted = q.isExact(0) ? q.value(0) : Double.NaN;
    boolean ends = le[to - 1] == Double.POSITIVE_INFINITY;
    if (there == Bounds.ABSENT) {
      bounds.absent(group);
    } else if (exact && q.isExact(0)) {
      bounds.point(group, there, asked(in, elements, le, from, to, wanted));
    } else if (wanted >= 0 && wanted <= 1 && (!ends || to - from < 2)) {
      // Without a bucket for all that is larger, or with that alone, there is none.
      bounds.point(group, there, Double.NaN);
    } else if (!(wanted >= 0 && wanted <= 1) || !counts) {
      bounds.anything(group, there);
    } else if (sure) {
      enclose(in, elements, le, from, to, wanted, group);
    } else {
      // Whatever the counts, between the lowest bound, or zero, and the last but one.
      double high = le[to - 2];
      double low = Math.min(0, le[from]);
      boolean finite = Double.isFinite(low) && Double.isFinite(high);
      double highest = finite ? Intervals.upper(high) : Double.POSITIVE_INFINITY;
      bounds.between(
          group, there, finite ? Intervals.lower(low) : Double.NEGATIVE_INFINITY, highest, true);
    }
  }

  private double asked(Bounds in, int[] elements, double[] le, int from, int to, double q) {
    buckets.clear();
    for (int i = from; i < to; i++) {
      if (in.isThere(elements[i])) {
        buckets.add(le[i], in.value(elements[i]));
      }
    }
    return buckets.quantile(q);
  }

  /// All buckets are there, their counts are numbers from zero on.
  private void enclose(
      Bounds in, int[] elements, double[] le, int from, int to, double q, int group) {
    int size = to - from;
    if (lows.length < size) {
      lows = new double[size * 2];
      highs = new double[size * 2];
    }
    for (int i = 0; i < size; i++) {
      double low = in.lo[elements[from + i]] * EQUALIZED - Double.MIN_NORMAL;
      double high = in.hi[elements[from + i]];
      lows[i] = i == 0 ? in.lo[elements[from]] : Math.max(lows[i - 1], low);
      highs[i] = i == 0 ? high : Math.max(highs[i - 1], high);
    }
    double total = highs[size - 1];
    if (total == 0) {
      bounds.point(group, Bounds.PRESENT, Double.NaN);
      return;
    }
    double low = lowest(le, from, size, q * lows[size - 1]);
    double high = highest(le, from, size, q * total);
    bounds.between(
        group,
        Bounds.PRESENT,
        Intervals.lower(low) - around(low),
        Intervals.upper(high) + around(high),
        lows[size - 1] <= 0 || (lows[0] <= 0 && q * lows[size - 1] <= 0)); // 0 / 0
  }

  /// For what interpolating between bounds of different size loses.
  private static double around(double bound) {
    return Math.abs(bound) * Intervals.SLACK;
  }

  /// Where the rank is at least: in the first bucket whose count can reach it.
  private double lowest(double[] le, int from, int size, double rank) {
    int bucket = 0;
    while (bucket < size - 1 && highs[bucket] < rank) {
      bucket++;
    }
    if (bucket == size - 1) {
      return le[from + size - 2];
    }
    double end = le[from + bucket];
    double start = bucket > 0 ? le[from + bucket - 1] : Math.min(0, end);
    double below = bucket > 0 ? highs[bucket - 1] : 0;
    double share = (rank - below) / (highs[bucket] - (bucket > 0 ? lows[bucket - 1] : 0));
    return within(start, end, share, start);
  }

  /// Where the rank is at most: in the first bucket whose count reaches it for sure.
  private double highest(double[] le, int from, int size, double rank) {
    int bucket = 0;
    while (bucket < size - 1 && !(lows[bucket] >= rank)) {
      bucket++;
    }
    if (bucket == size - 1) {
      return le[from + size - 2];
    }
    double end = le[from + bucket];
    double start = bucket > 0 ? le[from + bucket - 1] : Math.min(0, end);
    double below = bucket > 0 ? lows[bucket - 1] : 0;
    double share = (rank - below) / (lows[bucket] - (bucket > 0 ? highs[bucket - 1] : 0));
    return within(start, end, share, end);
  }

  /// Between two bounds; where the share is none, `otherwise`.
  private static double within(double start, double end, double share, double otherwise) {
    if (!(share >= 0 && share <= 1) || !Double.isFinite(start) || !Double.isFinite(end)) {
      return otherwise;
    }
    return start + (end - start) * share;
  }
}
