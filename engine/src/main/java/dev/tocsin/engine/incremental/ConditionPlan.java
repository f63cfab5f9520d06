package dev.tocsin.engine.incremental;

import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.ValueType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How to look at the condition of one rule without evaluating it. Shared by all partitions of the
/// rule; one thread, the engine's, for it works in place.
///
/// A look answers one question: can the result have any element? *No* is proven, for now and, as
/// long as no sample arrives, until a time that is said; it is never wrong. *Maybe* may be: then
/// the evaluator decides.
public final class ConditionPlan {
  /// What [#noUntilMs] says where the condition may be true now.
  public static final long MAYBE = Long.MIN_VALUE;

  /// Up to here reading a window again costs no more than anything else that could be done: about a
  /// nanosecond a sample.
  public static final int RESCAN_MAX = 64;

  /// Beyond all times that matter, and far enough from overflows.
  static final long FOREVER_MS = Long.MAX_VALUE >> 2;

  /// Nothing is promised for longer where the condition depends on the time of day or moves with
  /// time.
  private static final long AHEAD_MS_MAX = 86_400_000;

  /// See [ConditionState#glides]: that what is no for ever is found out again before long.
  private static final byte GLIDES = 8;

  /// So many topologies are shared; a partition with another has one of its own.
  private static final int SHARED_MAX = 1024;

  private final Node root;
  private final int leaves;
  private final int slots;
  private final long glideMs;
  private final Map<Topology, Topology> shared = new HashMap<>();
  private @Nullable Look look;

  ConditionPlan(Node root, int leaves, int slots, long glideMs) {
    this.root = root;
    this.leaves = leaves;
    this.slots = slots;
    this.glideMs = glideMs;
  }

  /// Null where there is no plan for the expression, or it is no instant vector: then only the
  /// evaluator can tell.
  ///
  /// @param lookbackMs how old the sample of an instant selector may be, as the evaluator has it
  public static @Nullable ConditionPlan of(Expr expr, long lookbackMs) {
    return of(expr, lookbackMs, RESCAN_MAX);
  }

  /// @param rescanMax windows with more samples are kept as a [Sketch], about 200 bytes each
  public static @Nullable ConditionPlan of(Expr expr, long lookbackMs, int rescanMax) {
    boolean vector = expr.type() == ValueType.VECTOR;
    return vector ? new PlanCompiler(expr, lookbackMs, rescanMax).plan() : null;
  }

  /// How many selectors the condition has.
  public int leaves() {
    return leaves;
  }

  /// Looks at a partition. [#MAYBE]: the result may have an element at `timeMs`. Else it has none
  /// at any time from `timeMs` to before the time returned, unless a sample arrives;
  /// `Long.MAX_VALUE`: ever.
  public long noUntilMs(ConditionState state, Windows windows, long timeMs) {
    Look now = adapted(state, windows);
    if (!now.topology.provable()) {
      return MAYBE;
    }
    if (state.hasSketches()) {
      now.rough = true;
      long roughMs = untilMs(now, timeMs);
      now.rough = false;
      return roughMs == MAYBE ? closely(now, state, timeMs) : roughMs;
    }
    if (state.glides > 0) {
      state.glides--;
      if (isNo(now, timeMs, timeMs + glideMs - 1)) {
        return timeMs + glideMs;
      }
      state.glides = 0;
    }
    if (isNo(now, timeMs, FOREVER_MS)) {
      return Long.MAX_VALUE;
    }
    long eventMs = Math.min(now.nextMs, timeMs + AHEAD_MS_MAX);
    if (glideMs > 1 && timeMs + glideMs > eventMs && isNo(now, timeMs, timeMs + glideMs - 1)) {
      state.glides = GLIDES;
      return timeMs + glideMs;
    }
    if (isNo(now, timeMs, eventMs - 1)) {
      return eventMs;
    }
    if (eventMs - timeMs > 2 && isNo(now, timeMs, timeMs + 1)) {
      return narrowed(now, timeMs, eventMs - 1);
    }
    return isNo(now, timeMs, timeMs) ? timeMs + 1 : MAYBE;
  }

  /// Without looking for the very time at which it changes.
  private long untilMs(Look now, long timeMs) {
    if (isNo(now, timeMs, FOREVER_MS)) {
      return Long.MAX_VALUE;
    }
    return isNo(now, timeMs, timeMs + glideMs - 1) ? timeMs + glideMs : MAYBE;
  }

  /// Long windows are read, which takes long: as seldom as can be. Nothing is promised for much
  /// longer than samples have been waited for.
  private long closely(Look now, ConditionState state, long timeMs) {
    long aheadMs = state.aheadMs(timeMs, glideMs);
    if (isNo(now, timeMs, timeMs + aheadMs - 1)) {
      state.promised(timeMs + aheadMs);
      return timeMs + aheadMs;
    }
    state.promised(Long.MAX_VALUE);
    long eventMs = Math.min(now.nextMs, timeMs + aheadMs);
    if (eventMs < timeMs + aheadMs && isNo(now, timeMs, eventMs - 1)) {
      return eventMs;
    }
    if (eventMs - timeMs > 2 && isNo(now, timeMs, timeMs + 1)) {
      return narrowed(now, timeMs, eventMs - 1);
    }
    return isNo(now, timeMs, timeMs) ? timeMs + 1 : MAYBE;
  }

  /// It is no for a millisecond more, and not known to be at all times up to `noMoreMs`: half of
  /// that time, or half of the half, and so on, and half as much again where that is no too.
  /// Whoever looks again then finds the rest, which costs less than to look for the very end now.
  private long narrowed(Look now, long timeMs, long noMoreMs) {
    for (long aheadMs = (noMoreMs - timeMs) / 2; aheadMs > 1; aheadMs /= 2) {
      if (isNo(now, timeMs, timeMs + aheadMs)) {
        long moreMs = aheadMs + aheadMs / 2;
        return timeMs + (isNo(now, timeMs, timeMs + moreMs) ? moreMs : aheadMs) + 1;
      }
    }
    return timeMs + 2;
  }

  private boolean isNo(Look now, long fromMs, long toMs) {
    Bounds result = root.at(now.over(fromMs, toMs));
    return !now.unproven && result.isEmpty();
  }

  /// What is proven of the elements at all times in `[fromMs, toMs]`; null where nothing is.
  ///
  /// @param rough from sketches, where there are any
  @Nullable Bounds bounds(
      ConditionState state, Windows windows, long fromMs, long toMs, boolean rough) {
    Look now = adapted(state, windows);
    if (!now.topology.provable()) {
      return null;
    }
    now.rough = rough;
    Bounds result = root.at(now.over(fromMs, toMs));
    now.rough = false;
    return now.unproven ? null : result;
  }

  /// The elements that the bounds are of.
  Shape shape(Windows windows) {
    return root.shape(new ShapeBuilder(windows, leaves, slots));
  }

  private Look adapted(ConditionState state, Windows windows) {
    Topology topology = state.topology;
    if (topology == null || !topology.suits(windows)) {
      topology = topology(windows);
      state.topology = topology;
    }
    Look now = look;
    if (now == null) {
      now = new Look(windows, topology, state);
      look = now;
    }
    now.windows = windows;
    now.topology = topology;
    now.state = state;
    now.rough = false;
    return now;
  }

  private Topology topology(Windows windows) {
    ShapeBuilder builder = new ShapeBuilder(windows, leaves, slots);
    if (builder.isProvable()) {
      root.shape(builder);
    }
    Topology built = builder.build();
    Topology known = shared.get(built);
    if (known == null && shared.size() < SHARED_MAX) {
      shared.put(built, built);
    }
    return known == null ? built : known;
  }
}
