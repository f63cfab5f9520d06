package dev.tocsin.bench.fuzz.query;

import dev.tocsin.promql.ast.AggregateOp;
import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// Grows queries from the grammar: every operator, aggregation and function, all modifiers. Nearly
/// all of them pass the parser's checks.
public final class QueryGenerator {
  private static final int DEPTH_MAX = 4;

  private final SplittableRandom chance;
  private final SelectorGenerator selectors;
  private final CallGenerator calls;

  public QueryGenerator(SplittableRandom chance) {
    this.chance = chance;
    this.selectors = new SelectorGenerator(chance);
    this.calls = new CallGenerator(chance, this);
  }

  public String query() {
    int depth = chance.nextInt(DEPTH_MAX + 1);
    int kind = chance.nextInt(40);
    return switch (kind) {
      case 0 -> string();
      case 1, 2 -> matrix(depth);
      case 3, 4, 5 -> scalar(depth);
      default -> vector(depth);
    };
  }

  String expression(ValueType type, int depth) {
    return switch (type) {
      case SCALAR -> scalar(depth);
      case STRING -> string();
      case VECTOR -> vector(depth);
      case MATRIX -> matrix(depth);
    };
  }

  boolean oneIn(int count) {
    return chance.nextInt(count) == 0;
  }

  SelectorGenerator selectors() {
    return selectors;
  }

  String string() {
    String value = Vocabulary.any(chance, Vocabulary.VALUES);
    return switch (chance.nextInt(4)) {
      case 0 -> "'" + value + "'";
      case 1 -> "`" + value + "`";
      default -> "\"" + value + "\"";
    };
  }

  String scalar(int depth) {
    if (depth <= 0) {
      return Vocabulary.any(chance, Vocabulary.NUMBERS);
    }
    return switch (chance.nextInt(8)) {
      case 0 -> scalar(depth - 1) + operator(true) + scalar(depth - 1);
      case 1 -> "(" + scalar(depth - 1) + ")";
      case 2 -> "-" + scalar(depth - 1);
      case 3 -> "scalar(" + vector(depth - 1) + ")";
      case 4 -> calls.call(ValueType.SCALAR, depth);
      default -> scalar(0);
    };
  }

  String vector(int depth) {
    if (depth <= 0) {
      return selectors.vector();
    }
    return switch (chance.nextInt(16)) {
      case 0, 1 -> selectors.vector();
      case 2 -> "(" + vector(depth - 1) + ")";
      case 3 -> (oneIn(4) ? "+" : "-") + vector(depth - 1);
      case 4, 5, 6, 7 -> aggregate(depth);
      case 8, 9, 10 -> binary(depth);
      default -> calls.call(ValueType.VECTOR, depth);
    };
  }

  String matrix(int depth) {
    if (depth <= 0 || !oneIn(3)) {
      return selectors.matrix();
    }
    String inner = vector(depth - 1);
    return (oneIn(3) ? inner : "(" + inner + ")") + selectors.subqueryRange();
  }

  private String operand(int depth) {
    String operand = vector(depth - 1);
    return oneIn(3) ? "(" + operand + ")" : operand;
  }

  private String binary(int depth) {
    return switch (chance.nextInt(5)) {
      case 0 -> operand(depth) + operator(false) + scalar(depth - 1);
      case 1 -> scalar(depth - 1) + operator(false) + operand(depth);
      default -> operand(depth) + matched() + operand(depth);
    };
  }

  /// One for scalars too.
  private String operator(boolean scalars) {
    List<BinaryOp> all =
        java.util.Arrays.stream(BinaryOp.values()).filter(op -> !op.isSet()).toList();
    BinaryOp op = Vocabulary.any(chance, all);
    boolean bool = op.isComparison() && (scalars || oneIn(3));
    return sign(op) + (bool ? "bool " : "");
  }

  private String sign(BinaryOp op) {
    String sign = oneIn(20) ? op.sign().toUpperCase(Locale.ROOT) : op.sign();
    return " " + sign + " ";
  }

  private String matched() {
    BinaryOp op = Vocabulary.any(chance, List.of(BinaryOp.values()));
    StringBuilder out = new StringBuilder(sign(op));
    out.append(op.isComparison() && oneIn(3) ? "bool " : "");
    boolean grouped = false;
    if (oneIn(2)) {
      out.append(oneIn(2) ? "on" : "ignoring").append(labels());
      if (!op.isSet() && oneIn(2)) {
        grouped = true;
        out.append(oneIn(2) ? " group_left" : " group_right").append(oneIn(2) ? "" : labels());
      }
    }
    if (!op.isSet() && oneIn(grouped ? 4 : 10)) {
      out.append(
          switch (chance.nextInt(3)) {
            case 0 -> " fill(0)";
            case 1 -> " fill_left(-1) fill_right(NaN)";
            default -> " fill_right(2)";
          });
    }
    return out.append(' ').toString();
  }

  String labels() {
    List<String> labels = new ArrayList<>();
    for (int i = chance.nextInt(4); i > 0; i--) {
      labels.add(Vocabulary.any(chance, Vocabulary.LABELS));
    }
    return "(" + String.join(oneIn(2) ? "," : ", ", labels) + ")";
  }

  private String aggregate(int depth) {
    AggregateOp op = Vocabulary.any(chance, List.of(AggregateOp.values()));
    String parameter = "";
    ValueType type = op.parameter();
    if (type == ValueType.STRING) {
      parameter = (oneIn(4) ? "\"le\"" : "\"value\"") + ", ";
    } else if (type != null) {
      parameter = (oneIn(4) ? scalar(depth - 1) : scalar(0)) + ", ";
    }
    String arguments = "(" + parameter + vector(depth - 1) + ")";
    String grouping = (oneIn(2) ? " by " : " without ") + labels();
    return switch (chance.nextInt(3)) {
      case 0 -> op.word() + grouping + arguments;
      case 1 -> op.word() + arguments + grouping;
      default -> op.word() + arguments;
    };
  }
}
