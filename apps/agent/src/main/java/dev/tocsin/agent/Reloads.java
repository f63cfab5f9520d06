package dev.tocsin.agent;

import dev.tocsin.agent.config.AgentConfig;
import dev.tocsin.agent.config.AgentConfig.RulePattern;
import dev.tocsin.agent.config.ConfigLoader.Loaded;
import dev.tocsin.agent.config.SourceText;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.input.RuleSet.RuleText;
import dev.tocsin.model.problem.Problem;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.world.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/// Reads the configuration again while the agent runs, and gives the engine the rules that changed.
/// All or nothing: where anything is wrong, everything stays as it was. What cannot be taken over
/// without a restart is named. Any thread; one reload at a time.
final class Reloads {
  /// How long a reload waits for the engine, in milliseconds. The rules are taken later all the
  /// same.
  private static final long WAIT_MS = 30_000;

  /// @param problems everything that is wrong; empty where the rules run
  /// @param notes what people should know besides
  record Result(List<String> problems, List<String> notes) {
    Result {
      problems = List.copyOf(problems);
      notes = List.copyOf(notes);
    }

    boolean isFine() {
      return problems.isEmpty();
    }
  }

  /// How the last reload went.
  ///
  /// @param successful whether it was taken over; true before the first
  /// @param successAtMs when the last one was that succeeded; the start counts as one
  /// @param tookNanos all of the last one, and how much of it the engine did nothing else
  record Status(boolean successful, long successAtMs, long tookNanos, long engineNanos) {}

  private final ConfigSource source;
  private final RuleSources sources;
  private final RuleFetcher fetcher;
  private final Clock clock;
  private final ToLongFunction<Input> submit;
  private final Takeover takeover;
  private final Consumer<String> print;
  private final String externalUrl;
  private final ReentrantLock busy = new ReentrantLock();

  /// What runs, but for the rules; changes to it need a restart.
  private final AgentConfig started;

  private Loaded loaded;
  private RuleSet running;
  private volatile Status status;

  /// @param sources knows the last good rules, those from before the start too
  /// @param submit gives an input its place; 0 where there is none now
  Reloads(
      ConfigSource source,
      RuleSources sources,
      RuleFetcher fetcher,
      Loaded loaded,
      String externalUrl,
      Clock clock,
      ToLongFunction<Input> submit,
      Takeover takeover,
      Consumer<String> print) {
    this.source = source;
    this.sources = sources;
    this.fetcher = fetcher;
    this.loaded = loaded;
    this.started = loaded.config();
    this.externalUrl = externalUrl;
    this.clock = clock;
    this.submit = submit;
    this.takeover = takeover;
    this.print = print;
    this.status = new Status(true, clock.wallMillis(), 0, 0);
    this.running = rules(loaded, started, externalUrl, sources.take(all(loaded, fetcher)));
  }

  Status status() {
    return status;
  }

  /// Reads everything again, and waits until the engine has the rules.
  Result reload() {
    busy.lock();
    try {
      long beganNanos = clock.monotonicNanos();
      Result result = reload(beganNanos);
      if (!result.isFine()) {
        status = new Status(false, status.successAtMs(), 0, 0);
        print.accept("Reload refused; everything stays as it was:");
        result.problems().forEach(line -> print.accept("  " + line));
      }
      result.notes().forEach(print);
      return result;
    } finally {
      busy.unlock();
    }
  }

  private Result reload(long beganNanos) {
    Problems problems = new Problems();
    Loaded next = source.read(loaded.rules(), problems);
    if (!problems.isEmpty()) {
      return new Result(lines(problems), List.of());
    }
    RuleSet rules = rules(next, started, externalUrl, sources.take(all(next, fetcher)));
    Takeover.Outcome outcome = new Takeover.Outcome("", 0);
    if (!rules.equals(running) || !status.successful()) {
      outcome = give(rules);
    }
    if (!outcome.problem().isEmpty()) {
      return new Result(outcome.problem().lines().toList(), List.of());
    }
    loaded = next;
    running = rules;
    long tookNanos = clock.monotonicNanos() - beganNanos;
    status = new Status(true, clock.wallMillis(), tookNanos, outcome.tookNanos());
    List<String> notes = new ArrayList<>();
    notes.add(
        "Reloaded %d rule file(s) in %d ms; the engine took %d ms of it."
            .formatted(
                rules.files().size(), tookNanos / 1_000_000, outcome.tookNanos() / 1_000_000));
    for (String section : needRestart(started, next.config())) {
      notes.add("Changed, and needs a restart: " + section);
    }
    return new Result(List.of(), notes);
  }

  /// External labels are told to receivers as well, which keep those of the start.
  private static RuleSet rules(
      Loaded next, AgentConfig started, String externalUrl, List<RuleText> texts) {
    RuleSet all = next.ruleSet(externalUrl);
    return new RuleSet(
        texts,
        started.global().external(),
        all.externalUrl(),
        all.evaluationIntervalMs(),
        all.queryOffsetMs(),
        all.settings());
  }

  /// The files, which were read, and what the addresses say now.
  private static List<SourceText> all(Loaded next, RuleFetcher fetcher) {
    List<SourceText> all = new ArrayList<>();
    next.rules().forEach(text -> all.add(SourceText.of(text, new Problems())));
    all.addAll(addresses(next, fetcher));
    return all;
  }

  private static List<SourceText> addresses(Loaded next, RuleFetcher fetcher) {
    return fetcher.fetch(
        next.config().ruleFiles().stream()
            .filter(RulePattern::isUrl)
            .map(RulePattern::pattern)
            .toList());
  }

  /// What the engine is given at the start.
  RuleSet running() {
    busy.lock();
    try {
      return running;
    } finally {
      busy.unlock();
    }
  }

  /// How long until the sources are to be asked again, in milliseconds; 0: never.
  long refreshMs() {
    busy.lock();
    try {
      AgentConfig config = loaded.config();
      boolean addresses = config.ruleFiles().stream().anyMatch(RulePattern::isUrl);
      return addresses ? config.rules().urlsRefreshMs() : config.rules().filesRefreshMs();
    } finally {
      busy.unlock();
    }
  }

  /// Asks the sources again, each by itself, and takes over what changed; one that does not answer
  /// keeps its last good rules.
  void refresh() {
    busy.lock();
    try {
      List<SourceText> said = new ArrayList<>(files());
      said.addAll(addresses(loaded, fetcher));
      RuleSet rules = rules(loaded, started, externalUrl, sources.take(said));
      if (rules.equals(running)) {
        return;
      }
      Takeover.Outcome outcome = give(rules);
      if (outcome.problem().isEmpty()) {
        running = rules;
        print.accept("Rules changed at their sources; they run now.");
      } else {
        print.accept("Rules changed at their sources, and were refused: " + outcome.problem());
      }
    } finally {
      busy.unlock();
    }
  }

  private List<SourceText> files() {
    if (loaded.config().rules().filesRefreshMs() == 0) {
      return loaded.rules().stream().map(text -> SourceText.of(text, new Problems())).toList();
    }
    return source.again(loaded, sources.files());
  }

  private Takeover.Outcome give(RuleSet rules) {
    Input.Reload input = new Input.Reload(rules);
    CompletableFuture<Takeover.Outcome> outcome = takeover.expect(input);
    if (submit.applyAsLong(input) == 0) {
      return new Takeover.Outcome("too much is under way to take rules now; try again", 0);
    }
    try {
      return outcome.get(WAIT_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Takeover.Outcome("stopped while waiting for the engine", 0);
    } catch (ExecutionException | TimeoutException _) {
      return new Takeover.Outcome("the engine did not take the rules in " + WAIT_MS + " ms", 0);
    }
  }

  /// The sections that differ and are not taken over.
  private static List<String> needRestart(AgentConfig now, AgentConfig next) {
    List<String> sections = new ArrayList<>();
    note(sections, "global.external_labels", now.global().external(), next.global().external());
    note(sections, "alerting", now.alertmanagers(), next.alertmanagers());
    note(sections, "notify", now.notifying(), next.notifying());
    note(sections, "host", now.host(), next.host());
    note(
        sections,
        "rules.keep_last_good",
        now.rules().keepLastGoodMs(),
        next.rules().keepLastGoodMs());
    note(sections, "remote_write, otlp_write", now.sendTargets(), next.sendTargets());
    note(sections, "otlp", now.otlp(), next.otlp());
    note(sections, "receive.otlp", listening(now), listening(next));
    note(sections, "journal", now.journal(), next.journal());
    return sections;
  }

  private static List<Object> listening(AgentConfig config) {
    return List.of(config.receive().otlpGrpc(), config.receive().otlpHttp());
  }

  private static void note(List<String> sections, String name, Object now, Object next) {
    if (!now.equals(next)) {
      sections.add(name);
    }
  }

  private static List<String> lines(Problems problems) {
    List<String> lines = new ArrayList<>();
    problems.list().stream().map(Problem::toString).flatMap(String::lines).forEach(lines::add);
    int more = problems.count() - problems.list().size();
    if (more > 0) {
      lines.add("... and " + more + " more");
    }
    return lines;
  }
}
