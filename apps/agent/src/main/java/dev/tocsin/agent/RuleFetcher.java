package dev.tocsin.agent;

import dev.tocsin.agent.config.SourceText;
import dev.tocsin.model.input.RuleSet.RuleText;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.promql.feature.Features;
import dev.tocsin.rules.file.ReadOptions;
import dev.tocsin.rules.file.RuleFileReader;
import dev.tocsin.world.net.HttpCalling;
import dev.tocsin.world.net.HttpCalling.HttpCall;
import dev.tocsin.world.net.HttpCalling.HttpOutcome;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Brings rules in by HTTP, and checks them. Waits for the answer; any thread.
final class RuleFetcher {
  /// Bytes of a rule file that comes by HTTP; a larger one is refused.
  static final int BYTES_MAX = 4 << 20;

  private static final long TIMEOUT_MS = 5_000;

  private final HttpCalling calling;
  private final Features features;

  /// @param features of the query language that rules may use
  RuleFetcher(HttpCalling calling, Features features) {
    this.calling = calling;
    this.features = features;
  }

  /// The name by which people know an address: without a password.
  static String name(String url) {
    return url.replaceFirst("://[^/@]*@", "://");
  }

  /// Asks all at once.
  List<SourceText> fetch(List<String> urls) {
    Map<String, CompletableFuture<HttpOutcome>> answers = new LinkedHashMap<>();
    for (String url : urls) {
      CompletableFuture<HttpOutcome> answer = new CompletableFuture<>();
      if (answers.putIfAbsent(url, answer) == null) {
        calling.call(
            new HttpCall("GET", url, Map.of(), new byte[0], TIMEOUT_MS, BYTES_MAX + 1),
            answer::complete);
      }
    }
    return answers.entrySet().stream().map(one -> wait(one.getKey(), one.getValue())).toList();
  }

  private SourceText wait(String url, CompletableFuture<HttpOutcome> answer) {
    try {
      return read(name(url), answer.get(TIMEOUT_MS + 1_000, TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return wrong(name(url), "was not waited for");
    } catch (ExecutionException | TimeoutException _) {
      return wrong(name(url), "no answer within " + TIMEOUT_MS + " ms");
    }
  }

  private SourceText read(String name, HttpOutcome outcome) {
    return switch (outcome) {
      case HttpOutcome.Failed(String reason) -> wrong(name, reason);
      case HttpOutcome.Answered(int status, var _, var _) when status != 200 ->
          wrong(name, "answered with status " + status);
      case HttpOutcome.Answered(var _, var _, byte[] body) when body.length > BYTES_MAX ->
          wrong(name, "is larger than " + BYTES_MAX + " bytes");
      case HttpOutcome.Answered(var _, var _, byte[] body) -> {
        RuleText text = new RuleText(name, new String(body, StandardCharsets.UTF_8));
        Problems problems = new Problems();
        ReadOptions options = ReadOptions.DEFAULT.withExpressions(features.parseOptions());
        RuleFileReader.read(name, text.content(), options, problems);
        yield SourceText.of(text, problems);
      }
    };
  }

  private static SourceText wrong(String name, String problem) {
    return new SourceText(name, Optional.empty(), problem);
  }
}
