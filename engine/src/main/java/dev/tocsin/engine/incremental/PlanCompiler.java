package dev.tocsin.engine.incremental;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.DurationExpr;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Expr.VectorSelector;
import dev.tocsin.promql.ast.Expr.WindowMode;
import dev.tocsin.promql.ast.ValueType;
import dev.tocsin.promql.ast.VectorMatching;
import dev.tocsin.promql.eval.ElementFunctions;
import dev.tocsin.promql.eval.window.WindowFunction;
import dev.tocsin.promql.eval.window.WindowFunctions;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Turns an expression into nodes, or gives up: at subqueries, `@`, `anchored` and `smoothed`,
/// functions of native histograms, and whatever else is rare in conditions.
final class PlanCompiler {
  /// A piece of an expression that has no node.
  private static final class Unknown extends Exception {
    private static final long serialVersionUID = 1;

    Unknown() {
      super("no node", null, false, false);
    }
  }

  private final Expr expr;
  private final long lookbackMs;
  private final int rescanMax;
  private final Map<VectorSelector, Integer> leaves = new IdentityHashMap<>();
  private int slots;
  private long shortestMs = Long.MAX_VALUE;

  PlanCompiler(Expr expr, long lookbackMs, int rescanMax) {
    this.expr = expr;
    this.lookbackMs = lookbackMs;
    this.rescanMax = rescanMax;
    number(expr);
  }

  /// Null where a piece has no node.
  @Nullable ConditionPlan plan() {
    try {
      Node root = vector(expr);
      long glideMs = shortestMs == Long.MAX_VALUE ? 0 : Math.max(1, shortestMs / 4);
      return new ConditionPlan(root, leaves.size(), slots, glideMs);
    } catch (Unknown _) {
      return null;
    }
  }

  /// Leaves are numbered in the order of the text.
  private void number(Expr part) {
    switch (part) {
      case Expr.NumberLiteral _, Expr.StringLiteral _ -> {}
      case Expr.Parens parens -> number(parens.inner());
      case Expr.Unary unary -> number(unary.inner());
      case Expr.Binary binary -> {
        number(binary.left());
        number(binary.right());
      }
      case Expr.Aggregate aggregate -> {
        Expr parameter = aggregate.parameter();
        if (parameter != null) {
          number(parameter);
        }
        number(aggregate.inner());
      }
      case Expr.Call call -> call.arguments().forEach(this::number);
      case VectorSelector selector -> leaves.put(selector, leaves.size());
      case Expr.MatrixSelector matrix -> number(matrix.vector());
      case Expr.Subquery subquery -> number(subquery.inner());
    }
  }

  private int leaf(VectorSelector selector) throws Unknown {
    if (selector.window() != WindowMode.PLAIN || selector.when().at() != null) {
      throw new Unknown();
    }
    Integer leaf = leaves.get(selector);
    return leaf == null ? 0 : leaf;
  }

  private int slots(int count) {
    int first = slots;
    slots += count;
    return first;
  }

  private static long durationMs(@Nullable DurationExpr duration) throws Unknown {
    return switch (duration) {
      case null -> 0;
      case DurationExpr.Literal(long ms) -> ms;
      case DurationExpr.Negated(DurationExpr inner) -> -durationMs(inner);
      case DurationExpr.Grouped(DurationExpr inner) -> durationMs(inner);
      case DurationExpr.Constant _,
          DurationExpr.Arithmetic _,
          DurationExpr.Step _,
          DurationExpr.Range _,
          DurationExpr.Choice _ ->
          throw new Unknown();
    };
  }

  private static Expr unwrapped(Expr part) {
    Expr inner = part;
    while (inner instanceof Expr.Parens parens) {
      inner = parens.inner();
    }
    return inner;
  }

  private Node vector(Expr part) throws Unknown {
    return switch (part) {
      case Expr.Parens parens -> vector(parens.inner());
      case VectorSelector selector -> selector(selector, false);
      case Expr.Unary unary -> {
        Node inner = vector(unary.inner());
        yield unary.minus() ? new NegationNode(inner, true, new Bounds()) : inner;
      }
      case Expr.Binary binary -> binary(binary);
      case Expr.Aggregate aggregate -> aggregate(aggregate);
      case Expr.Call call -> call(call);
      case Expr.NumberLiteral _, Expr.StringLiteral _, Expr.MatrixSelector _, Expr.Subquery _ ->
          throw new Unknown();
    };
  }

  private Node scalar(Expr part) throws Unknown {
    return switch (part) {
      case Expr.NumberLiteral literal -> ConstantNode.of(literal.value());
      case Expr.Parens parens -> scalar(parens.inner());
      case Expr.Unary unary -> {
        Node inner = scalar(unary.inner());
        yield unary.minus() ? new NegationNode(inner, false, new Bounds()) : inner;
      }
      case Expr.Binary binary ->
          operator(binary, scalar(binary.left()), scalar(binary.right()), BinaryNode.Side.NEITHER);
      case Expr.Call call ->
          switch (call.function().name()) {
            case "time" -> TimeNode.of(false);
            case "pi" -> ConstantNode.of(Math.PI);
            case "scalar" -> new ScalarOfNode(vector(call.arguments().getFirst()), new Bounds());
            default -> throw new Unknown();
          };
      case Expr.StringLiteral _,
          VectorSelector _,
          Expr.Aggregate _,
          Expr.MatrixSelector _,
          Expr.Subquery _ ->
          throw new Unknown();
    };
  }

  private Node selector(VectorSelector selector, boolean times) throws Unknown {
    long offsetMs = durationMs(selector.when().offset());
    return new SelectorNode(leaf(selector), offsetMs, lookbackMs, times, new Bounds());
  }

  private static Node operator(Expr.Binary binary, Node left, Node right, BinaryNode.Side vector)
      throws Unknown {
    if (binary.op() == BinaryOp.TRIM_LOWER || binary.op() == BinaryOp.TRIM_UPPER) {
      throw new Unknown();
    }
    return new BinaryNode(binary.op(), left, right, vector, binary.bool(), new Bounds());
  }

  private Node binary(Expr.Binary binary) throws Unknown {
    boolean leftIsScalar = binary.left().type() == ValueType.SCALAR;
    boolean rightIsScalar = binary.right().type() == ValueType.SCALAR;
    Node left = leftIsScalar ? scalar(binary.left()) : vector(binary.left());
    Node right = rightIsScalar ? scalar(binary.right()) : vector(binary.right());
    if (leftIsScalar || rightIsScalar) {
      return operator(
          binary, left, right, leftIsScalar ? BinaryNode.Side.RIGHT : BinaryNode.Side.LEFT);
    }
    VectorMatching written = binary.matching();
    VectorMatching matching = written == null ? VectorMatching.DEFAULT : written;
    BinaryOp op = binary.op();
    boolean fills = matching.fillLeft().isPresent() || matching.fillRight().isPresent();
    if (fills || op == BinaryOp.TRIM_LOWER || op == BinaryOp.TRIM_UPPER) {
      throw new Unknown();
    }
    return op.isSet()
        ? new SetNode(op, left, right, Signatures.of(matching), slots(2))
        : new MatchNode(op, binary.bool(), left, right, matching, slots(3));
  }

  private Node aggregate(Expr.Aggregate aggregate) throws Unknown {
    Expr written = aggregate.parameter();
    return switch (aggregate.op()) {
      case SUM, AVG, COUNT, MIN, MAX, GROUP, STDDEV, STDVAR ->
          new GroupNode(aggregate, vector(aggregate.inner()), null, slots(3));
      case QUANTILE -> {
        Node parameter = parameter(written);
        yield new GroupNode(aggregate, vector(aggregate.inner()), parameter, slots(3));
      }
      case TOPK, BOTTOMK -> {
        Node parameter = parameter(written);
        yield new RankingNode(vector(aggregate.inner()), parameter, new Bounds());
      }
      case COUNT_VALUES, LIMITK, LIMIT_RATIO -> throw new Unknown();
    };
  }

  private Node parameter(@Nullable Expr written) throws Unknown {
    if (written == null) {
      throw new Unknown();
    }
    return scalar(written);
  }

  private Node call(Expr.Call call) throws Unknown {
    String name = call.function().name();
    WindowFunction window = WindowFunctions.get(name);
    if (window != null && !name.equals("double_exponential_smoothing")) {
      return window(call, name, window);
    }
    DoubleUnaryOperator element = ElementFunctions.get(name);
    if (element != null) {
      boolean ofTime = call.arguments().isEmpty();
      Node inner = ofTime ? TimeNode.of(true) : vector(call.arguments().getFirst());
      return new ElementNode(inner, element, Course.of(name), !ofTime, new Bounds());
    }
    return switch (name) {
      case "clamp" -> clamp(call, scalar(argument(call, 1)), scalar(argument(call, 2)));
      case "clamp_min" ->
          clamp(call, scalar(argument(call, 1)), ConstantNode.of(Double.POSITIVE_INFINITY));
      case "clamp_max" ->
          clamp(call, ConstantNode.of(Double.NEGATIVE_INFINITY), scalar(argument(call, 1)));
      case "round" -> {
        Node inner = vector(argument(call, 0));
        Node multiple =
            call.arguments().size() > 1 ? scalar(argument(call, 1)) : ConstantNode.of(1);
        yield new RoundNode(inner, multiple, new Bounds());
      }
      case "vector" -> scalar(argument(call, 0));
      case "timestamp" ->
          argument(call, 0) instanceof VectorSelector selector
              ? selector(selector, true)
              : new StampNode(vector(argument(call, 0)), TimeNode.of(false), new Bounds());
      case "absent" -> new AbsentNode(vector(argument(call, 0)), demanded(call), new Bounds());
      case "absent_over_time" ->
          new AbsentNode(
              window(call, "count_over_time", counting()), demanded(call), new Bounds());
      case "sort", "sort_desc", "sort_by_label", "sort_by_label_desc" ->
          new RenamedNode(
              vector(argument(call, 0)), (shape, _) -> new Shape(shape.elements(), false));
      case "label_replace", "label_join" -> {
        Node inner = vector(argument(call, 0));
        yield new RenamedNode(inner, (shape, builder) -> Relabelled.of(call, shape, builder));
      }
      case "histogram_quantile" -> {
        Node quantile = scalar(argument(call, 0));
        yield new BucketsNode(quantile, vector(argument(call, 1)), slots(3));
      }
      default -> throw new Unknown();
    };
  }

  private static Expr argument(Expr.Call call, int index) {
    return unwrapped(call.arguments().get(index));
  }

  private static WindowFunction counting() throws Unknown {
    WindowFunction count = WindowFunctions.get("count_over_time");
    if (count == null) {
      throw new Unknown();
    }
    return count;
  }

  private Node clamp(Expr.Call call, Node min, Node max) throws Unknown {
    return new ClampNode(vector(argument(call, 0)), min, max, new Bounds());
  }

  /// The labels that an absent element has.
  private static Labels demanded(Expr.Call call) {
    Expr argument = argument(call, 0);
    boolean asked = argument instanceof VectorSelector || argument instanceof Expr.MatrixSelector;
    return asked ? Relabelled.ofAbsent(call) : Labels.empty();
  }

  private Node window(Expr.Call call, String name, WindowFunction function) throws Unknown {
    List<Node> scalars = new ArrayList<>();
    Expr.MatrixSelector range = null;
    for (Expr argument : call.arguments()) {
      if (argument.type() == ValueType.SCALAR) {
        scalars.add(scalar(argument));
      } else if (unwrapped(argument) instanceof Expr.MatrixSelector matrix) {
        range = matrix;
      }
    }
    if (range == null) {
      throw new Unknown();
    }
    long rangeMs = durationMs(range.range());
    if (rangeMs <= 0) {
      throw new Unknown();
    }
    shortestMs = Math.min(shortestMs, rangeMs);
    long offsetMs = durationMs(range.vector().when().offset());
    return new WindowNode(
        leaf(range.vector()), offsetMs, rangeMs, rescanMax, name, function, scalars);
  }
}
