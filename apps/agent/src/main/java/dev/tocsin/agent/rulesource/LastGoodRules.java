package dev.tocsin.agent.rulesource;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.tocsin.model.input.RuleSet.RuleText;
import dev.tocsin.model.problem.Problem;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.promql.parse.ParseOptions;
import dev.tocsin.rules.file.ReadOptions;
import dev.tocsin.rules.file.Rule;
import dev.tocsin.rules.file.RuleFile;
import dev.tocsin.rules.file.RuleFileReader;
import dev.tocsin.world.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The last good rules of every source. A source that stops answering, or answers with rules that
/// have a mistake, keeps the ones it gave last for a stated time, and it is said when that begins.
/// Then they are dropped, and every rule that goes is named: never silently.
///
/// The time runs from the first failure, not from the last success: a source that is not asked
/// keeps its rules forever. Any thread; at most [#SOURCES_MAX] sources, one more fails to be taken.
public final class LastGoodRules {
  /// Sources at once; more are refused by name.
  public static final int SOURCES_MAX = 10_000;

  /// Names of dropped rules that one line shows; of more it says how many.
  private static final int NAMES_MAX = 100;

  private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  /// @param failedNanos monotonic, of the first failure since the last success
  private record Kept(RuleText text, RuleFile file, String reason, long failedNanos) {
    boolean isFailing() {
      return !reason.isEmpty();
    }
  }

  private final Clock clock;
  private final long keepNanos;
  private final ReadOptions options;
  private final Consumer<String> print;
  private final Cache<String, Kept> kept;

  /// Why a source without rules does not answer, by its name; empty where it was never asked.
  private final Map<String, String> states = new LinkedHashMap<>();

  private boolean isDropped;

  /// @param keepMs how long the rules of a failing source are kept
  /// @param print takes what people should read, a line at a time
  public LastGoodRules(
      Clock clock, long keepMs, ParseOptions expressions, Consumer<String> print) {
    this.clock = clock;
    this.keepNanos = keepMs * 1_000_000;
    this.options = ReadOptions.DEFAULT.withExpressions(expressions);
    this.print = print;
    // On the caller's thread and by our clock, so that a simulation sees the same every time.
    this.kept =
        Caffeine.newBuilder()
            .ticker(clock::monotonicNanos)
            .executor(Runnable::run)
            .expireAfter(Expiry.<String, Kept>writing((_, one) -> left(one)))
            .<String, Kept>evictionListener((source, one, _) -> dropped(source, one))
            .build();
  }

  private Duration left(Kept one) {
    long goneNanos = clock.monotonicNanos() - one.failedNanos();
    return one.isFailing() ? Duration.ofNanos(Math.max(1, keepNanos - goneNanos)) : FOREVER;
  }

  /// A source was asked. Returns whether other rules are to run now.
  public synchronized boolean answered(String source, RuleAnswer answer) {
    if (!states.containsKey(source) && states.size() >= SOURCES_MAX) {
      print.accept("Rules of " + source + " are not taken: more than " + SOURCES_MAX + " sources.");
      return false;
    }
    return switch (answer) {
      case RuleAnswer.Failed(String reason) -> failed(source, reason);
      case RuleAnswer.Given(RuleText text) -> given(source, text);
    };
  }

  private boolean given(String source, RuleText text) {
    Kept before = kept.getIfPresent(source);
    boolean same = before != null && before.text().equals(text);
    RuleFile file;
    if (same) {
      file = before.file();
    } else {
      Problems problems = new Problems();
      file = RuleFileReader.read(text.name(), text.content(), options, problems);
      if (!problems.isEmpty()) {
        Problem first = problems.list().getFirst();
        String more = problems.count() == 1 ? "" : " (and " + (problems.count() - 1) + " more)";
        return failed(source, "its rules are refused: " + first + more);
      }
    }
    if (!states.getOrDefault(source, "").isEmpty()) {
      print.accept("Rules of " + source + ": it answers again.");
    }
    states.put(source, "");
    kept.put(source, new Kept(text, file, "", 0));
    return !same;
  }

  private boolean failed(String source, String reason) {
    boolean first = states.getOrDefault(source, "").isEmpty();
    states.put(source, reason);
    Kept before = kept.getIfPresent(source);
    if (before == null) {
      if (first) {
        print.accept("Rules of " + source + ": " + reason + ". There are none to go on with.");
      }
      return false;
    }
    long sinceNanos = before.isFailing() ? before.failedNanos() : clock.monotonicNanos();
    kept.put(source, new Kept(before.text(), before.file(), reason, sinceNanos));
    if (first) {
      print.accept(
          "Rules of %s: %s. Its last good ones (%d) run on for %d s."
              .formatted(source, reason, count(before.file()), keepNanos / 1_000_000_000));
    }
    return false;
  }

  /// Drops what has been kept for too long, and says so. Returns whether anything was dropped since
  /// it was asked last: reading finds rules whose time is over too.
  public synchronized boolean expire() {
    kept.cleanUp();
    boolean dropped = isDropped;
    isDropped = false;
    return dropped;
  }

  private void dropped(String source, Kept one) {
    isDropped = true;
    List<String> names = new ArrayList<>();
    one.file().groups().forEach(group -> group.rules().stream().map(Rule::name).forEach(names::add));
    String shown = String.join(", ", names.subList(0, Math.min(NAMES_MAX, names.size())));
    print.accept(
        "Rules of %s are dropped: %s, for longer than %d s. Gone: %s%s"
            .formatted(
                source,
                one.reason(),
                keepNanos / 1_000_000_000,
                shown,
                names.size() > NAMES_MAX ? " and " + (names.size() - NAMES_MAX) + " more" : ""));
  }

  /// A source that the configuration no longer names. Its going is the user's wish.
  public synchronized void forget(String source) {
    states.remove(source);
    kept.invalidate(source);
  }

  /// Takes over rules from before a restart, for sources that have not answered yet. They are kept
  /// as those of a source that fails from now on, until it answers.
  public synchronized void restore(String source, RuleText text) {
    if (kept.getIfPresent(source) != null || !given(source, text)) {
      return;
    }
    failed(source, "has not answered since the start");
  }

  /// The rules to run of a source; empty where there are none.
  public synchronized Optional<RuleText> rules(String source) {
    return Optional.ofNullable(kept.getIfPresent(source)).map(Kept::text);
  }

  /// All sources, in the order in which they first came.
  public synchronized List<SourceState> states() {
    List<SourceState> all = new ArrayList<>();
    states.forEach(
        (source, reason) -> {
          Kept one = kept.getIfPresent(source);
          all.add(new SourceState(source, reason, one == null ? 0 : count(one.file())));
        });
    return all;
  }

  private static int count(RuleFile file) {
    return file.groups().stream().mapToInt(group -> group.rules().size()).sum();
  }
}
