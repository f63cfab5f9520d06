package dev.tocsin.bench.fuzz;

import dev.tocsin.bench.fuzz.check.EvaluationChecks;
import dev.tocsin.bench.fuzz.check.Language;
import dev.tocsin.bench.fuzz.check.TextChecks;
import dev.tocsin.bench.fuzz.check.Violation;
import dev.tocsin.promql.ast.Expr;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Runs cases one after the other on a thread of its own, and watches that each comes to an end.
/// One run at a time.
public final class Fuzzer {
  private static final int TRACE_LINES = 12;
  private static final Duration GIVE_UP = Duration.ofSeconds(5);
  private static final long LOOK_MS = 50;

  /// What does not even use the processor hangs after so many times the limit; on a busy machine
  /// everything takes long.
  private static final int WAITING_FACTOR = 10;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Language language;
  private final FuzzCases cases;
  private final FuzzLimits limits;
  private final FuzzTally tally = new FuzzTally();
  private volatile @Nullable FuzzCase current;
  private volatile long startedNanos;

  /// What the worker had used of the processor when the case began.
  private volatile long cpuNanos;

  private volatile boolean over;
  private volatile @Nullable Throwable broken;

  public Fuzzer(Language language, FuzzCases cases, FuzzLimits limits) {
    this.language = language;
    this.cases = cases;
    this.limits = limits;
  }

  /// Runs the cases from `first` to below `end`, as many as the time allows.
  public FuzzTally run(long first, long end, Duration time) throws InterruptedException {
    long deadline = System.nanoTime() + time.toNanos();
    startedNanos = System.nanoTime();
    Thread worker = new Thread(() -> work(first, end, deadline), "fuzzed");
    worker.setDaemon(true);
    worker.setUncaughtExceptionHandler((_, thrown) -> broken = thrown);
    worker.start();
    while (worker.isAlive()) {
      worker.join(LOOK_MS);
      if (hangs(worker)) {
        hang(worker);
        break;
      }
    }
    if (broken != null) {
      throw new IllegalStateException("the fuzzer itself is broken", broken);
    }
    return tally;
  }

  private boolean hangs(Thread worker) {
    long limit = limits.hang().toNanos();
    long started = startedNanos;
    long before = cpuNanos;
    // Less than nothing where the thread is gone.
    long cpu = THREADS.getThreadCpuTime(worker.threadId()) - before;
    long taken = System.nanoTime() - started;
    return worker.isAlive()
        && taken > limit
        && started == startedNanos
        && (cpu > limit || taken > WAITING_FACTOR * limit);
  }

  /// Tells it, and leaves the worker behind should it not listen to being interrupted.
  private void hang(Thread worker) throws InterruptedException {
    FuzzCase run = current;
    String where =
        Arrays.stream(worker.getStackTrace())
            .limit(TRACE_LINES)
            .map(frame -> "at " + frame)
            .collect(Collectors.joining("\n  "));
    over = true;
    if (run != null) {
      tally.add(
          finding(run, "a case takes no longer than " + limits.hang().toMillis() + " ms", where));
    }
    worker.interrupt();
    worker.join(GIVE_UP.toMillis());
  }

  private void work(long first, long end, long deadline) {
    for (long number = first; number < end && !over; number++) {
      if (System.nanoTime() - deadline > 0 || tally.findings().size() >= limits.findings()) {
        return;
      }
      cpuNanos = THREADS.getCurrentThreadCpuTime();
      startedNanos = System.nanoTime();
      FuzzCase run = cases.get(number, this::isLate);
      current = run;
      run(run);
    }
  }

  private boolean isLate() {
    return System.nanoTime() - startedNanos > limits.evaluation().toNanos();
  }

  private void run(FuzzCase run) {
    boolean understood = false;
    boolean answered = false;
    try {
      Expr expr = new TextChecks(language).parsed(run.text());
      understood = expr != null;
      answered = expr != null && new EvaluationChecks(language, run.setting()).check(expr);
    } catch (Violation e) {
      found(run, e.rule(), String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      found(run, "nothing but ParseException and EvalException is thrown", trace(e));
    } finally {
      tally.count(run, understood, answered, System.nanoTime() - startedNanos);
    }
  }

  private void found(FuzzCase run, String rule, String detail) {
    if (!over) {
      tally.add(finding(run, rule, detail));
    }
  }

  private Finding finding(FuzzCase run, String rule, String detail) {
    return new Finding(
        cases.seed(), run.number(), rule, detail, run.text(), run.setting().toString());
  }

  private static String trace(Throwable thrown) {
    StringWriter out = new StringWriter();
    thrown.printStackTrace(new PrintWriter(out));
    return out.toString().lines().limit(TRACE_LINES).collect(Collectors.joining("\n  "));
  }
}
