package dev.tocsin.bench.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bench.fuzz.check.Language;
import dev.tocsin.bench.fuzz.check.OwnLanguage;
import dev.tocsin.bench.fuzz.check.Setting;
import dev.tocsin.bench.fuzz.check.Trees;
import dev.tocsin.bench.fuzz.query.Corpus;
import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.DurationExpr;
import dev.tocsin.promql.ast.Expr;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The fuzzer finds nothing in our language, and the planted mistake in each faulty one.
class FuzzerTest {
  private static final long SEED = 3;
  private static final OwnLanguage OWN = new OwnLanguage();
  private static final List<String> CORPUS = Corpus.read(Path.of("none"));
  private static final Duration LONG = Duration.ofMinutes(5);

  private static FuzzTally run(Language language, FuzzLimits limits, long first, long end)
      throws InterruptedException {
    FuzzCases cases = new FuzzCases(SEED, CORPUS, true);
    return new Fuzzer(language, cases, limits).run(first, end, LONG);
  }

  @Test
  void ourLanguageHoldsForAThousandCases() throws InterruptedException {
    FuzzTally tally = run(OWN, FuzzLimits.DEFAULT, 0, 1000);
    assertThat(tally.findings()).isEmpty();
    assertThat(tally.total().cases()).isEqualTo(1000);
    assertThat(tally.total().understood()).isGreaterThan(500);
    assertThat(tally.total().answered()).isGreaterThan(400);
    for (FuzzCase.Kind kind : FuzzCase.Kind.values()) {
      assertThat(tally.counts(kind).cases()).as(kind.title()).isPositive();
    }
  }

  /// The first finding, which shows again by its seed and number, and does not in our language.
  private static Finding found(Language faulty) throws InterruptedException {
    FuzzLimits first = new FuzzLimits(Duration.ofSeconds(5), Duration.ofSeconds(1), 1);
    List<Finding> findings = run(faulty, first, 0, 20_000).findings();
    assertThat(findings).hasSize(1);
    Finding finding = findings.getFirst();
    long number = finding.number();
    List<Finding> again = run(faulty, first, number, number + 1).findings();
    assertThat(again).hasSize(1);
    assertThat(again.getFirst().text()).isEqualTo(finding.text());
    assertThat(again.getFirst().rule()).isEqualTo(finding.rule());
    assertThat(run(OWN, FuzzLimits.DEFAULT, number, number + 1).findings()).isEmpty();
    assertThat(finding.toString())
        .contains(
            "again: proof/bench/run fuzz-promql --seed " + SEED + " --case " + number,
            finding.text(),
            finding.rule());
    return finding;
  }

  @Test
  void aParserThatMisplacesPrecedenceIsFound() throws InterruptedException {
    Finding finding = found(FaultyLanguage.parsing(text -> leftToRight(OWN.parse(text))));
    assertThat(finding.rule()).isEqualTo("operators bind by their precedence");
  }

  /// `a + b * c` becomes `(a + b) * c`.
  private static Expr leftToRight(Expr expr) {
    Expr inner = Trees.with(expr, FuzzerTest::leftToRight, expr.span());
    if (inner instanceof Expr.Binary outer
        && outer.op() == BinaryOp.ADD
        && outer.right() instanceof Expr.Binary right
        && right.op() == BinaryOp.MUL) {
      Expr.Binary first =
          new Expr.Binary(
              outer.op(), outer.left(), right.left(), false, outer.matching(), outer.span());
      return new Expr.Binary(
          right.op(), first, right.right(), false, right.matching(), outer.span());
    }
    return inner;
  }

  @Test
  void aPrinterThatForgetsParenthesesIsFound() throws InterruptedException {
    Finding finding = found(FaultyLanguage.printing(expr -> OWN.print(bare(expr))));
    assertThat(finding.rule()).startsWith("what is printed ");
  }

  private static Expr bare(Expr expr) {
    Expr inner = expr instanceof Expr.Parens parens ? parens.inner() : expr;
    return Trees.with(inner, FuzzerTest::bare, inner.span());
  }

  @Test
  void anEvaluatorThatIncludesTheLeftBoundaryIsFound() throws InterruptedException {
    Finding finding = found(FaultyLanguage.evaluating(FuzzerTest::leftClosed));
    assertThat(finding.rule()).isEqualTo("selectors select what they say");
  }

  private static Expr leftClosed(Expr expr) {
    if (expr instanceof Expr.MatrixSelector(var vector, DurationExpr.Literal(long ms), var span)) {
      return new Expr.MatrixSelector(vector, new DurationExpr.Literal(ms + 1), span);
    }
    return Trees.with(expr, FuzzerTest::leftClosed, expr.span());
  }

  @Test
  void aRangeQueryThatMissesItsLastStepIsFound() throws InterruptedException {
    Finding finding =
        found(
            FaultyLanguage.ranging(
                s ->
                    new Setting(
                        s.data(),
                        s.options(),
                        s.timeMs(),
                        s.startMs(),
                        Math.max(s.startMs(), s.endMs() - s.stepMs()),
                        s.stepMs())));
    assertThat(finding.rule()).isEqualTo("a range query is made of instant queries");
  }

  @Test
  void anUnexpectedExceptionIsFound() throws InterruptedException {
    Finding finding =
        found(
            FaultyLanguage.parsing(
                text -> {
                  Expr expr = OWN.parse(text);
                  if (text.endsWith("]")) {
                    throw new IndexOutOfBoundsException("planted");
                  }
                  return expr;
                }));
    assertThat(finding.rule()).isEqualTo("nothing but ParseException and EvalException is thrown");
    assertThat(finding.detail()).contains("IndexOutOfBoundsException: planted");
  }

  @Test
  void aHangIsFound() throws InterruptedException {
    Finding finding =
        found(
            FaultyLanguage.parsing(
                text -> {
                  while (text.contains("smoothed") && !Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                  }
                  return OWN.parse(text);
                }));
    assertThat(finding.rule()).isEqualTo("a case takes no longer than 1000 ms");
    assertThat(finding.text()).contains("smoothed");
    assertThat(finding.detail()).contains("FuzzerTest");
  }
}
