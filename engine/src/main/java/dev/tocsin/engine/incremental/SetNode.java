package dev.tocsin.engine.incremental;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.BinaryOp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// `and`, `or`, `unless`: an element is there or not by whether others of its signature are.
final class SetNode implements Node {
  private final BinaryOp op;
  private final Node left;
  private final Node right;
  private final Signatures signatures;
  private final int slot;
  private final Bounds bounds = new Bounds();

  /// By signature, of the other side.
  private byte[] present = new byte[1];

  /// @param slot the first of two in the topology: the signatures of both sides
  SetNode(BinaryOp op, Node left, Node right, Signatures signatures, int slot) {
    this.op = op;
    this.left = left;
    this.right = right;
    this.signatures = signatures;
    this.slot = slot;
  }

  @Override
  public Shape shape(ShapeBuilder builder) {
    Shape lefts = left.shape(builder);
    Shape rights = right.shape(builder);
    Map<Labels, Integer> numbers = ShapeBuilder.numbering();
    builder.put(slot, signatures.of(lefts, numbers));
    builder.put(slot + 1, signatures.of(rights, numbers));
    if (op != BinaryOp.OR) {
      return lefts;
    }
    List<Labels> all = new ArrayList<>(lefts.elements());
    all.addAll(rights.elements());
    return new Shape(all, lefts.ordered() && rights.ordered());
  }

  @Override
  public Bounds at(Look look) {
    Bounds lefts = left.at(look);
    Bounds rights = right.at(look);
    int[] leftSignatures = look.ints(slot);
    int[] rightSignatures = look.ints(slot + 1);
    if (op == BinaryOp.OR) {
      mark(lefts, leftSignatures, rightSignatures);
      bounds.resized(lefts.size + rights.size);
      for (int i = 0; i < lefts.size; i++) {
        bounds.copy(lefts, i, i);
      }
      for (int i = 0; i < rights.size; i++) {
        bounds.copy(rights, i, lefts.size + i);
        byte there = without(rights.presence[i], present[rightSignatures[i]]);
        bounds.presence[lefts.size + i] = there;
      }
      return bounds;
    }
    mark(rights, rightSignatures, leftSignatures);
    bounds.resized(lefts.size);
    for (int i = 0; i < lefts.size; i++) {
      byte other = present[leftSignatures[i]];
      byte there = lefts.presence[i];
      bounds.copy(lefts, i, i);
      bounds.presence[i] = op == BinaryOp.AND ? Bounds.least(there, other) : without(there, other);
    }
    return bounds;
  }

  /// What stays where nothing of the other side may be there.
  private static byte without(byte there, byte other) {
    return switch (other) {
      case Bounds.PRESENT -> Bounds.ABSENT;
      case Bounds.MAYBE -> Bounds.least(there, Bounds.MAYBE);
      default -> there;
    };
  }

  private void mark(Bounds bounds, int[] own, int[] others) {
    int signatureCount = own.length + others.length;
    if (present.length < signatureCount) {
      present = new byte[signatureCount * 2];
    } else {
      Arrays.fill(present, 0, signatureCount, Bounds.ABSENT);
    }
    for (int i = 0; i < bounds.size; i++) {
      byte there = bounds.presence[i];
      if (there > present[own[i]]) {
        present[own[i]] = there;
      }
    }
  }
}
