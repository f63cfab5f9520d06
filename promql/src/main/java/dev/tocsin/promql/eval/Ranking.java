package dev.tocsin.promql.eval;

import dev.tocsin.promql.ast.AggregateOp;
import java.util.Arrays;

/// The best elements of one group so far: a heap with the worst of them at its root.
final class Ranking {
  private final AggregateOp op;
  private Samples in = new Samples();
  private int[] heap = new int[4];
  private int size;
  private int sizeMax;

  Ranking(AggregateOp op) {
    this.op = op;
  }

  void start(Samples in, int sizeMax) {
    this.in = in;
    this.sizeMax = sizeMax;
    size = 0;
  }

  void offer(int index) {
    if (size < sizeMax) {
      push(index);
    } else if (op != AggregateOp.LIMITK && isBetter(index, heap[0])) {
      heap[0] = index;
      siftDown();
    }
  }

  private boolean isBetter(int candidate, int worst) {
    double value = in.value(candidate);
    double worstValue = in.value(worst);
    boolean beats = op == AggregateOp.TOPK ? value > worstValue : value < worstValue;
    return beats || (Double.isNaN(worstValue) && !Double.isNaN(value));
  }

  /// The order of the heap; NaN is worse than all.
  private boolean isWorse(int a, int b) {
    double x = in.value(a);
    double y = in.value(b);
    if (Double.isNaN(x)) {
      return true;
    }
    return op == AggregateOp.TOPK ? x < y : x > y;
  }

  private void push(int index) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    heap[size] = index;
    int at = size++;
    if (op == AggregateOp.LIMITK) {
      return;
    }
    while (at > 0) {
      int parent = (at - 1) / 2;
      if (!isWorse(heap[at], heap[parent])) {
        break;
      }
      swap(at, parent);
      at = parent;
    }
  }

  private void siftDown() {
    int at = 0;
    while (true) {
      int child = 2 * at + 1;
      if (child >= size) {
        return;
      }
      if (child + 1 < size && isWorse(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isWorse(heap[child], heap[at])) {
        return;
      }
      swap(at, child);
      at = child;
    }
  }

  private void swap(int a, int b) {
    int index = heap[a];
    heap[a] = heap[b];
    heap[b] = index;
  }

  /// The best first; NaN last.
  void addTo(Samples out) {
    if (op != AggregateOp.LIMITK) {
      sort();
    }
    for (int i = 0; i < size; i++) {
      out.add(in, heap[i]);
    }
  }

  /// Stable on the order of the heap, as Prometheus's is for short lists.
  private void sort() {
    Integer[] order = new Integer[size];
    Arrays.setAll(order, i -> heap[i]);
    Arrays.sort(order, this::compare);
    for (int i = 0; i < size; i++) {
      heap[i] = order[i];
    }
  }

  private int compare(int a, int b) {
    double x = in.value(a);
    double y = in.value(b);
    if (Double.isNaN(x) || Double.isNaN(y)) {
      return Boolean.compare(Double.isNaN(x), Double.isNaN(y));
    }
    int ascending = x < y ? -1 : x > y ? 1 : 0;
    return op == AggregateOp.TOPK ? -ascending : ascending;
  }
}
