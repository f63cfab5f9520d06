package dev.tocsin.promql.eval;

import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.VectorMatching;
import java.util.BitSet;

/// `and`, `or`, `unless`.
final class SetBinary implements VectorNode {
  private final BinaryOp op;
  private final VectorNode left;
  private final VectorNode right;
  private final Signatures signatures;
  private final BitSet present = new BitSet();
  private final Samples out = new Samples();

  SetBinary(BinaryOp op, VectorNode left, VectorNode right, VectorMatching matching) {
    this.op = op;
    this.left = left;
    this.right = right;
    this.signatures = new Signatures(matching);
  }

  @Override
  public Samples at(long timeMs) {
    Samples lefts = left.at(timeMs);
    Samples rights = right.at(timeMs);
    out.clear();
    if (op == BinaryOp.OR) {
      union(lefts, rights);
    } else {
      filter(lefts, rights, op == BinaryOp.AND);
    }
    return out;
  }

  private void union(Samples lefts, Samples rights) {
    out.addAll(lefts);
    if (rights.isEmpty()) {
      return;
    }
    mark(lefts);
    for (int i = 0; i < rights.size(); i++) {
      if (lefts.isEmpty() || !present.get(signatures.of(rights.labels(i)))) {
        out.add(rights, i);
      }
    }
  }

  private void filter(Samples lefts, Samples rights, boolean wanted) {
    if (lefts.isEmpty()) {
      return;
    }
    mark(rights);
    for (int i = 0; i < lefts.size(); i++) {
      if (!rights.isEmpty() && present.get(signatures.of(lefts.labels(i)))) {
        if (wanted) {
          out.add(lefts, i);
        }
      } else if (!wanted) {
        out.add(lefts, i);
      }
    }
  }

  private void mark(Samples samples) {
    present.clear();
    for (int i = 0; i < samples.size(); i++) {
      present.set(signatures.of(samples.labels(i)));
    }
  }
}
