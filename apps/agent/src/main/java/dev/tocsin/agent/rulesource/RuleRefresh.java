package dev.tocsin.agent.rulesource;

import dev.tocsin.world.schedule.Worker;
import dev.tocsin.world.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/// Asks the sources of rules again when their time has come, and says when other rules are to run.
/// A URL that has not answered yet is not asked twice at once.
public final class RuleRefresh implements Worker {
  /// How often it looks whether the time of kept rules is over, in nanoseconds.
  private static final long EXPIRE_NANOS = 1_000_000_000L;

  /// What is asked, and how often. An interval of 0: not by itself.
  ///
  /// @param files the names now; patterns may give others each time
  /// @param read reads one file
  public record Asked(
      Supplier<List<String>> files,
      Function<String, RuleAnswer> read,
      long filesEveryMs,
      List<String> urls,
      long urlsEveryMs) {
    public Asked {
      urls = List.copyOf(urls);
    }
  }

  private final Clock clock;
  private final Asked asked;
  private final HttpRules http;
  private final LastGoodRules rules;
  private final Runnable changed;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  /// Files that were there; one that went is among them until its rules are dropped.
  private final Set<String> seen = new LinkedHashSet<>();

  private final AtomicBoolean otherRules = new AtomicBoolean();
  private long filesNanos;
  private long urlsNanos;
  private long expireNanos;

  /// @param changed called where other rules are to run, on this worker's thread
  public RuleRefresh(
      Clock clock, Asked asked, HttpRules http, LastGoodRules rules, Runnable changed) {
    this.clock = clock;
    this.asked = asked;
    this.http = http;
    this.rules = rules;
    this.changed = changed;
    long now = clock.monotonicNanos();
    filesNanos = now + asked.filesEveryMs() * 1_000_000;
    urlsNanos = now;
    expireNanos = now + EXPIRE_NANOS;
  }

  @Override
  public String name() {
    return "rule-sources";
  }

  @Override
  public int step() {
    long now = clock.monotonicNanos();
    int did = 0;
    if (asked.filesEveryMs() > 0 && now - filesNanos >= 0) {
      filesNanos = now + asked.filesEveryMs() * 1_000_000;
      did += files();
    }
    if (asked.urlsEveryMs() > 0 && now - urlsNanos >= 0) {
      urlsNanos = now + asked.urlsEveryMs() * 1_000_000;
      asked.urls().forEach(this::ask);
      did += asked.urls().size();
    }
    if (now - expireNanos >= 0) {
      expireNanos = now + EXPIRE_NANOS;
      if (rules.expire()) {
        otherRules.set(true);
      }
    }
    if (otherRules.getAndSet(false)) {
      changed.run();
      did++;
    }
    return did;
  }

  private int files() {
    List<String> now = asked.files().get();
    for (String file : now) {
      take(file, asked.read().apply(file));
    }
    // A file that went is not among those a pattern names: it fails until its time is over.
    Set<String> gone = new LinkedHashSet<>(seen);
    now.forEach(gone::remove);
    seen.addAll(now);
    for (String file : gone) {
      take(file, new RuleAnswer.Failed("is not there any more"));
      if (rules.rules(file).isEmpty()) {
        seen.remove(file);
        rules.forget(file);
      }
    }
    return now.size() + gone.size();
  }

  private void ask(String url) {
    if (underWay.add(url)) {
      http.fetch(
          url,
          answer -> {
            take(HttpRules.shown(url), answer);
            underWay.remove(url);
          });
    }
  }

  private void take(String source, RuleAnswer answer) {
    if (rules.answered(source, answer)) {
      otherRules.set(true);
    }
  }

  @Override
  public long deadlineNanos() {
    long next = expireNanos;
    if (asked.filesEveryMs() > 0) {
      next = Math.min(next, filesNanos);
    }
    return asked.urlsEveryMs() > 0 ? Math.min(next, urlsNanos) : next;
  }
}
