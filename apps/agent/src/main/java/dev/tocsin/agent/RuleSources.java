package dev.tocsin.agent;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tocsin.agent.config.SourceText;
import dev.tocsin.model.input.RuleSet.RuleText;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.rules.file.RuleFileReader;
import dev.tocsin.world.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The last good rules of every source, and for how long they are good. A source that does not
/// answer, or answers with nonsense, keeps them for a time; that it does is said at once, and which
/// rules end is said when the time is over. Any thread.
final class RuleSources {
  /// How a source stands.
  ///
  /// @param problem why it does not answer; empty where it does
  /// @param runs whether rules of it run
  record Standing(String source, String problem, boolean runs) {}

  private final Cache<String, RuleText> good;
  private final long keepMs;
  private final Consumer<String> print;
  private Map<String, Standing> standings = new LinkedHashMap<>();

  /// What runs of each source, to say what ends.
  private Map<String, RuleText> running = new LinkedHashMap<>();

  /// @param keepMs how long the last good rules run
  RuleSources(Clock clock, long keepMs, Consumer<String> print) {
    this.keepMs = keepMs;
    this.print = print;
    // No size: there are as many sources as the configuration names, and none may be forgotten
    // before its time. By the caller's thread: nothing happens behind it.
    this.good =
        Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMillis(keepMs))
            .ticker(clock::monotonicNanos)
            .executor(Runnable::run)
            .build();
  }

  /// Rules that ran before the start count as read now.
  synchronized void remember(List<RuleText> texts) {
    texts.forEach(text -> good.put(text.name(), text));
  }

  /// Takes what all sources said now, and returns the rules to be run, in their order. Sources that
  /// are not among them are forgotten.
  synchronized List<RuleText> take(List<SourceText> said) {
    Map<String, Standing> before = standings;
    Map<String, RuleText> next = new LinkedHashMap<>();
    standings = new LinkedHashMap<>();
    for (SourceText one : said) {
      one.text().ifPresent(text -> good.put(one.name(), text));
      Optional<RuleText> runs =
          one.text().or(() -> Optional.ofNullable(good.getIfPresent(one.name())));
      runs.ifPresent(text -> next.put(one.name(), text));
      Standing now = new Standing(one.name(), one.problem(), runs.isPresent());
      say(before.get(one.name()), now);
      if (now.runs || !one.problem().isEmpty()) {
        standings.put(one.name(), now);
      }
    }
    good.asMap().keySet().retainAll(standings.keySet());
    running = next;
    return List.copyOf(next.values());
  }

  private void say(@Nullable Standing before, Standing now) {
    boolean wasUp = before == null || before.problem.isEmpty();
    boolean isUp = now.problem.isEmpty();
    if (isUp && !wasUp) {
      print.accept("Rule source " + now.source + " answers again.");
    } else if (!isUp && wasUp) {
      String what =
          now.runs
              ? "its last good rules run on for " + keepMs / 1_000 + " s"
              : "none of its rules were read so far";
      print.accept("Rule source " + now.source + ": " + now.problem + "; " + what + ".");
    }
    RuleText ends = running.get(now.source);
    if (!now.runs && ends != null) {
      print.accept(
          "Rule source %s has not answered for %d s (%s). Its rules end: %s."
              .formatted(now.source, keepMs / 1_000, now.problem, String.join(", ", names(ends))));
    }
  }

  private static List<String> names(RuleText text) {
    List<String> names = new ArrayList<>();
    RuleFileReader.read(text.name(), text.content(), new Problems())
        .groups()
        .forEach(group -> group.rules().forEach(rule -> names.add(rule.name())));
    return names;
  }

  /// The rule files that run.
  synchronized List<RuleText> files() {
    return running.values().stream().filter(text -> !text.name().contains("://")).toList();
  }

  /// How all sources stand, those that ended with their last problem.
  synchronized List<Standing> standings() {
    return List.copyOf(standings.values());
  }

  /// Why not all of them are fine; empty where they are.
  String problem() {
    List<String> wrong = new ArrayList<>();
    for (Standing one : standings()) {
      if (!one.problem.isEmpty()) {
        String runs = one.runs ? "its last good rules run" : "none of its rules run";
        wrong.add(one.source + ": " + one.problem + "; " + runs);
      }
    }
    return String.join("; ", wrong);
  }
}
