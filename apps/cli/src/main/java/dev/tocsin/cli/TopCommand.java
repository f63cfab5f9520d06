package dev.tocsin.cli;

import dev.tocsin.cli.top.Scrape;
import dev.tocsin.cli.top.TopView;
import dev.tocsin.world.World;
import dev.tocsin.world.net.HttpCalling.HttpCall;
import dev.tocsin.world.net.HttpCalling.HttpOutcome;
import dev.tocsin.world.real.RealWorld;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/// `top [URL]`: shows where a running agent is slow, anew every second.
final class TopCommand implements Command {
  private static final String ONCE = "once";
  private static final String DEFAULT_AGENT = "http://127.0.0.1:9640";
  private static final long TIMEOUT_MS = 5_000;
  private static final long PERIOD_NANOS = 1_000_000_000L;

  /// Cursor home; a line is cleared to its end, and all below the last one.
  private static final String HOME = "\u001b[H";

  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final String CLEAR_ALL = "\u001b[2J";

  @Override
  public String name() {
    return "top";
  }

  @Override
  public String usage() {
    return "[URL] [--once]";
  }

  @Override
  public String summary() {
    return "Shows where a running agent is slow: rates, fill and times of every stage; see"
        + " docs/top.md.";
  }

  @Override
  public List<String> options() {
    return List.of(
        "URL     of a running agent; default " + DEFAULT_AGENT,
        "--once  prints the view of one second and ends");
  }

  @Override
  public int run(List<String> arguments, Terminal terminal) {
    Arguments parsed = Arguments.parse(arguments, Set.of(), Set.of(ONCE));
    if (parsed.rest().size() > 1) {
      throw new UsageException("name one agent");
    }
    String agent = parsed.rest().isEmpty() ? DEFAULT_AGENT : parsed.rest().getFirst();
    agent = agent.replaceAll("/+$", "");
    if (!agent.matches("https?://.+")) {
      throw new UsageException("\"" + agent + "\" does not begin with http://");
    }
    try (World world = RealWorld.open()) {
      return show(world, agent, parsed.has(ONCE), terminal);
    } catch (NoAgent e) {
      terminal.err().println("tocsin top: " + e.getMessage());
      terminal.err().println("Name its address: tocsin top http://HOST:PORT");
      return Exit.COULD_NOT_RUN;
    }
  }

  private static final class NoAgent extends Exception {
    NoAgent(String message) {
      super(message);
    }
  }

  private static int show(World world, String agent, boolean once, Terminal terminal)
      throws NoAgent {
    Scrape before = scrape(world, agent);
    terminal.out().print(once ? "" : CLEAR_ALL);
    while (pause(world)) {
      Scrape now = scrape(world, agent);
      List<String> lines = new TopView(before, now).lines(agent);
      if (once) {
        lines.forEach(terminal.out()::println);
        return Exit.FINE;
      }
      terminal.out().print(HOME);
      lines.forEach(line -> terminal.out().print(line + CLEAR_LINE + "\n"));
      terminal.out().print(CLEAR_BELOW);
      terminal.out().flush();
      before = now;
    }
    return Exit.FINE;
  }

  /// A second; false where the thread is to end.
  private static boolean pause(World world) {
    CountDownLatch over = new CountDownLatch(1);
    world.scheduler().spawnAfter("top", PERIOD_NANOS, over::countDown);
    try {
      over.await();
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Scrape scrape(World world, String agent) throws NoAgent {
    String url = agent + "/metrics?name[]=" + String.join("&name[]=", Scrape.FAMILIES);
    url = url.replace("[", "%5B").replace("]", "%5D");
    CompletableFuture<HttpOutcome> outcome = new CompletableFuture<>();
    try {
      HttpCall call = new HttpCall("GET", url, Map.of(), new byte[0], TIMEOUT_MS);
      world.calling().call(call, outcome::complete);
    } catch (IllegalArgumentException e) {
      throw new NoAgent(String.valueOf(e.getMessage()));
    }
    return switch (outcome.join()) {
      case HttpOutcome.Failed(String reason) ->
          throw new NoAgent("no agent answers at " + agent + ": " + reason);
      case HttpOutcome.Answered(int status, _, byte[] body) -> {
        String text = new String(body, StandardCharsets.UTF_8);
        Scrape scrape = Scrape.parse(world.clock().monotonicNanos(), text);
        if (status != 200 || !scrape.isOfAnAgent()) {
          throw new NoAgent("what answers at " + agent + " is no Tocsin agent, status " + status);
        }
        yield scrape;
      }
    };
  }
}
