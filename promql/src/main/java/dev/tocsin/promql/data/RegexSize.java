package dev.tocsin.promql.data;

import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;

/// How large a regular expression becomes once it is compiled, told from its text: repetitions are
/// copies, so a short text can be a program that fills the memory. About one instruction for each
/// character and class, times the repetitions around it; an instruction takes about 100 bytes.
///
/// As Go does it, more than [#COPIES_MAX] copies of one piece are refused.
public final class RegexSize {
  /// Copies of the innermost piece that nested repetitions make.
  public static final int COPIES_MAX = 1000;

  /// Where sums stop: anything beyond is too large for everybody.
  private static final long SIZE_MAX = 1L << 40;

  /// What is open: a group, and the piece in it that was read last.
  private static final class Level {
    long size;
    long copies = 1;
    long pieceSize;
    long pieceCopies = 1;

    /// The piece is complete; another one begins.
    void piece(long itsSize, long itsCopies) {
      size = Math.min(SIZE_MAX, size + pieceSize);
      copies = Math.max(copies, pieceCopies);
      pieceSize = itsSize;
      pieceCopies = itsCopies;
    }
  }

  private final String regex;
  private final Deque<Level> open = new ArrayDeque<>();
  private Level level = new Level();
  private int at;

  private RegexSize(String regex) {
    this.regex = regex;
  }

  /// Throws [PatternSyntaxException] where there are too many copies of something. Of what is no
  /// regular expression the result means nothing.
  public static long of(String regex) {
    return new RegexSize(regex).size();
  }

  private long size() {
    while (at < regex.length()) {
      char c = regex.charAt(at++);
      switch (c) {
        case '\\' -> escape();
        case '[' -> characterClass();
        case '(' -> {
          open.push(level);
          level = new Level();
        }
        case ')' -> close();
        case '{' -> repetition();
        case '*', '+', '?' -> {}
        default -> level.piece(1, 1);
      }
    }
    while (!open.isEmpty()) {
      close();
    }
    level.piece(0, 1);
    return level.size;
  }

  private void close() {
    level.piece(0, 1);
    Level inner = level;
    if (!open.isEmpty()) {
      level = open.pop();
      level.piece(Math.max(1, inner.size), inner.copies);
    }
  }

  private void escape() {
    char c = at < regex.length() ? regex.charAt(at++) : '\\';
    if (c == 'Q') {
      int end = regex.indexOf("\\E", at);
      int stop = end < 0 ? regex.length() : end;
      level.piece(stop - at, 1);
      at = end < 0 ? stop : end + 2;
      return;
    }
    boolean named = c == 'p' || c == 'P' || c == 'x';
    if (named && at < regex.length() && regex.charAt(at) == '{') {
      int end = regex.indexOf('}', at);
      at = end < 0 ? regex.length() : end + 1;
    }
    level.piece(1, 1);
  }

  private void characterClass() {
    int first = at;
    if (at < regex.length() && regex.charAt(at) == '^') {
      first = ++at;
    }
    while (at < regex.length() && (at == first || regex.charAt(at) != ']')) {
      if (regex.charAt(at) == '\\') {
        at++;
      } else if (regex.startsWith("[:", at) && regex.indexOf(":]", at) > 0) {
        at = regex.indexOf(":]", at) + 1;
      }
      at++;
    }
    at++;
    level.piece(1, 1);
  }

  /// What is no repetition stands for itself.
  private void repetition() {
    int end = regex.indexOf('}', at);
    String inner = end < 0 ? "" : regex.substring(at, end);
    int comma = inner.indexOf(',');
    String least = comma < 0 ? inner : inner.substring(0, comma);
    String most = comma < 0 ? inner : inner.substring(comma + 1);
    if (!isNumber(least) || (!most.isEmpty() && !isNumber(most))) {
      level.piece(1, 1);
      return;
    }
    int times = Math.max(1, Integer.parseInt(most.isEmpty() ? least : most));
    at = end + 1;
    level.pieceSize = Math.min(SIZE_MAX, level.pieceSize * times);
    level.pieceCopies *= times;
    if (level.pieceCopies > COPIES_MAX) {
      throw new PatternSyntaxException("invalid repeat count", "{" + inner + "}");
    }
  }

  /// Of at most four digits: more is refused by whoever compiles it.
  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= 4
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
