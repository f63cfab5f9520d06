package dev.tocsin.bench.fuzz.query;

import java.util.List;
import java.util.SplittableRandom;

/// Texts that are hardly queries: damaged ones, noise, and pieces repeated beyond all limits.
public final class TextMutator {
  private static final String ALPHABET =
      "abemosy019 _.,:;+-*/%^=!~<>@#()[]{}\"'`\\\n\t\réѧ€😀\ufffd\ud800\u0000\u007f";

  private static final List<String> WORDS =
      List.of(
          "sum",
          " by ",
          "without",
          "(a)",
          "[5m]",
          "[1h:]",
          " offset ",
          " @ ",
          "start()",
          "step()",
          "fill(1)",
          " on",
          "ignoring()",
          " and ",
          "1m",
          "0s",
          "-",
          "--",
          "bool ",
          "min_of(1,2)",
          "\\x",
          "{}",
          "e9",
          "anchored",
          "group_left",
          "\\u00e9",
          "0x",
          "_",
          "inf",
          "</",
          "rate(",
          "{__name__=~\".+\"}",
          " # ",
          "9223372036854775808",
          "\\777",
          "count_values(\"");

  private static final List<String> REPEATED =
      List.of(
          "(",
          "-",
          "a+",
          "sum(",
          "a[5m:]",
          "[5m:]",
          "{",
          "\"",
          "1m",
          "0_",
          "a,",
          "^2",
          "abs(",
          " or a",
          "min_of(",
          "#",
          "a offset -(",
          "a{b=~\"(",
          ")",
          " @ 1",
          "==bool 1",
          "(1+");

  private static final int REPEAT_MAX = 3000;

  private final SplittableRandom chance;

  public TextMutator(SplittableRandom chance) {
    this.chance = chance;
  }

  /// With one to four changes.
  ///
  /// @param other where pieces may come from
  public String damaged(String text, String other) {
    String damaged = text;
    for (int i = 1 + chance.nextInt(4); i > 0; i--) {
      damaged = changed(damaged, other);
    }
    return damaged;
  }

  private String changed(String text, String other) {
    int from = chance.nextInt(text.length() + 1);
    int to = Math.min(text.length(), from + chance.nextInt(4));
    String head = text.substring(0, from);
    return switch (chance.nextInt(7)) {
      case 0 -> head + text.substring(to);
      case 1 -> head + letter() + text.substring(to);
      case 2 -> head + Vocabulary.any(chance, WORDS) + text.substring(from);
      case 3 -> {
        int start = chance.nextInt(other.length() + 1);
        int end = Math.min(other.length(), start + chance.nextInt(20));
        yield head + other.substring(start, end) + text.substring(to);
      }
      case 4 -> {
        int end = Math.min(text.length(), from + chance.nextInt(30));
        yield head + text.substring(from, end) + text.substring(from);
      }
      case 5 -> head + "(" + text.substring(from) + ")";
      default -> head + letter() + text.substring(from);
    };
  }

  private char letter() {
    return ALPHABET.charAt(chance.nextInt(ALPHABET.length()));
  }

  public String noise() {
    StringBuilder out = new StringBuilder();
    int length = chance.nextInt(60);
    boolean words = chance.nextBoolean();
    for (int i = 0; i < length; i++) {
      if (words) {
        out.append(Vocabulary.any(chance, WORDS));
      } else if (chance.nextInt(8) == 0) {
        out.append((char) chance.nextInt(0x10000));
      } else {
        out.append(letter());
      }
    }
    return out.toString();
  }

  public String repeated() {
    String piece = Vocabulary.any(chance, REPEATED);
    return "a".repeat(chance.nextInt(2)) + piece.repeat(1 + chance.nextInt(REPEAT_MAX));
  }
}
