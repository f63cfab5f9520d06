package dev.tocsin.cli;

import dev.tocsin.world.World;
import dev.tocsin.world.net.HttpCalling.HttpCall;
import dev.tocsin.world.net.HttpCalling.HttpOutcome;
import dev.tocsin.world.real.RealWorld;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// `explain ALERT`: asks a running agent.
final class ExplainCommand implements Command {
  private static final String AGENT = "agent";
  private static final String LABEL = "label";
  private static final String DEFAULT_AGENT = "http://127.0.0.1:9640";

  /// For the whole exchange; a turn of the agent may take two minutes.
  private static final long TIMEOUT_MS = 130_000;

  /// What a call gives of an answer.
  private static final int BODY_BYTES_MAX = 64 << 10;

  @Override
  public String name() {
    return "explain";
  }

  @Override
  public String usage() {
    return "ALERT [--agent URL] [--label name=value]...";
  }

  @Override
  public String summary() {
    return "Says why an alert fires, or does not: samples, values, both clocks, every stage; see"
        + " docs/explain.md.";
  }

  @Override
  public List<String> options() {
    return List.of(
        "--agent URL         of a running agent; default " + DEFAULT_AGENT,
        "--label name=value  only alerts with this label; may be given again");
  }

  @Override
  public int run(List<String> arguments, Terminal terminal) {
    Arguments parsed = Arguments.parse(arguments, Set.of(AGENT, LABEL), Set.of());
    if (parsed.rest().size() != 1) {
      throw new UsageException("name one alert");
    }
    for (String label : parsed.all(LABEL)) {
      if (label.indexOf('=') <= 0) {
        throw new UsageException("--label \"" + label + "\" is not name=value");
      }
    }
    String agent = parsed.value(AGENT, DEFAULT_AGENT).replaceAll("/+$", "");
    if (!agent.matches("https?://.+")) {
      throw new UsageException("--agent \"" + agent + "\" does not begin with http://");
    }
    StringBuilder url = new StringBuilder(agent).append("/api/tocsin/v1/explain?format=text");
    url.append("&alert=").append(encoded(parsed.rest().getFirst()));
    parsed.all(LABEL).forEach(label -> url.append("&label=").append(encoded(label)));
    return print(agent, ask(url.toString()), terminal);
  }

  private static HttpOutcome ask(String url) {
    try (World world = RealWorld.open()) {
      CompletableFuture<HttpOutcome> outcome = new CompletableFuture<>();
      HttpCall call = new HttpCall("GET", url, Map.of(), new byte[0], TIMEOUT_MS);
      world.calling().call(call, outcome::complete);
      return outcome.join();
    } catch (IllegalArgumentException e) {
      return new HttpOutcome.Failed(String.valueOf(e.getMessage()));
    }
  }

  private static int print(String agent, HttpOutcome outcome, Terminal terminal) {
    return switch (outcome) {
      case HttpOutcome.Failed(String reason) -> {
        terminal.err().println("tocsin explain: no agent answers at " + agent + ": " + reason);
        terminal.err().println("Name its address with --agent.");
        yield Exit.COULD_NOT_RUN;
      }
      case HttpOutcome.Answered(int status, _, byte[] body) -> {
        String text = new String(body, StandardCharsets.UTF_8);
        if (status == 200) {
          terminal.out().print(text);
          if (body.length >= BODY_BYTES_MAX) {
            terminal.out().println();
            terminal.err().println("Cut off: ask for fewer alerts with --label.");
          }
          yield Exit.FINE;
        }
        terminal.err().println("tocsin explain: " + reason(status, text));
        yield status == 404 && text.contains("\"errorType\":\"not_found\"")
            ? Exit.PROBLEMS
            : Exit.COULD_NOT_RUN;
      }
    };
  }

  /// The reason in an error of the API; the status where it is none.
  private static String reason(int status, String text) {
    String before = "\"error\":\"";
    int from = text.indexOf(before);
    int to = text.lastIndexOf("\"}");
    return from < 0 || to < from + before.length()
        ? "the agent answers with status " + status
        : text.substring(from + before.length(), to).replace("\\\"", "\"").replace("\\\\", "\\");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
