package dev.tocsin.cli;

import dev.tocsin.agent.config.ConfigLoader;
import dev.tocsin.cli.journal.JournalFolder;
import dev.tocsin.cli.journal.Replay;
import dev.tocsin.cli.journal.ReplayPlan;
import dev.tocsin.cli.journal.ReplayText;
import dev.tocsin.model.input.RuleSet.RuleText;
import dev.tocsin.model.input.RuleSettings.Mode;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.world.World;
import dev.tocsin.world.real.RealWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// `journal replay DIR`
final class JournalReplayCommand implements Command {
  private static final String RULES = "rules";
  private static final String FROM = "from";
  private static final String TO = "to";
  private static final String MODE = "mode";
  private static final String SPEED = "speed";

  @Override
  public String name() {
    return "journal replay";
  }

  @Override
  public String usage() {
    return "DIR [--rules FILE]... [--from TIME] [--to TIME] [--mode strict|stream]";
  }

  @Override
  public String summary() {
    return "Runs rules over what an agent has recorded, and says what would have fired; see"
        + " docs/journal.md.";
  }

  @Override
  public List<String> options() {
    return List.of(
        "--rules FILE           instead of the recorded rules; may be given again",
        "--from TIME            tells nothing that happens before, as 2026-11-25T02:00:00Z or Unix"
            + " seconds",
        "--to TIME              ends there",
        "--mode strict|stream   which clocks decide; default as recorded",
        "--speed max            as fast as it goes; there is no other",
        FeatureOption.HELP);
  }

  @Override
  public int run(List<String> arguments, Terminal terminal) {
    Arguments parsed =
        Arguments.parse(
            arguments, Set.of(RULES, FROM, TO, MODE, SPEED, FeatureOption.NAME), Set.of());
    String speed = parsed.value(SPEED, "max");
    if (!speed.equals("max")) {
      throw new UsageException("--speed \"" + speed + "\" is not max");
    }
    if (parsed.rest().size() != 1) {
      throw new UsageException("name one folder: that of an agent's data, or its journal");
    }
    try (World world = RealWorld.open()) {
      Problems problems = new Problems();
      ReplayPlan plan =
          new ReplayPlan(
              rules(parsed, world, problems),
              mode(parsed.value(MODE, "")),
              time(parsed, FROM, Long.MIN_VALUE),
              time(parsed, TO, Long.MAX_VALUE));
      if (!problems.isEmpty()) {
        ProblemPrinter.list(problems, terminal.err());
        return Exit.COULD_NOT_RUN;
      }
      return replay(world, parsed.rest().getFirst(), plan, terminal);
    }
  }

  private static int replay(World world, String folder, ReplayPlan plan, Terminal terminal) {
    long begin = world.clock().monotonicNanos();
    ReplayText text = new ReplayText(terminal.out());
    Replay.Result result;
    try {
      Path journal = JournalFolder.find(world.disk(), folder);
      result = Replay.run(world.disk(), journal, plan, text);
    } catch (IOException e) {
      terminal.err().println("tocsin journal replay: " + e.getMessage());
      return Exit.COULD_NOT_RUN;
    }
    result.notes().forEach(terminal.err()::println);
    if (!result.reloadProblem().isEmpty()) {
      terminal.err().println(result.reloadProblem());
      return Exit.COULD_NOT_RUN;
    }
    text.summary(result);
    double seconds = Math.max(1, world.clock().monotonicNanos() - begin) / 1e9;
    double recorded = (result.lastMs() - result.firstMs()) / 1000.0;
    terminal
        .err()
        .printf(Locale.ROOT, "%.2f s, %.0f times as fast as time.%n", seconds, recorded / seconds);
    return Exit.FINE;
  }

  private static List<RuleText> rules(Arguments parsed, World world, Problems problems) {
    ConfigLoader loader = new ConfigLoader(world.disk(), FeatureOption.of(parsed));
    List<RuleText> rules = new ArrayList<>();
    parsed.all(RULES).forEach(file -> rules.add(loader.rules(file, problems)));
    return rules;
  }

  private static Optional<Mode> mode(String word) {
    return switch (word) {
      case "" -> Optional.empty();
      case "strict" -> Optional.of(Mode.STRICT);
      case "stream" -> Optional.of(Mode.STREAM);
      default -> throw new UsageException("--mode \"" + word + "\" is neither strict nor stream");
    };
  }

  private static long time(Arguments parsed, String option, long absent) {
    String text = parsed.value(option, "");
    if (text.isEmpty()) {
      return absent;
    }
    try {
      if (text.matches("[0-9]{1,11}(\\.[0-9]{1,9})?")) {
        return Math.round(Double.parseDouble(text) * 1000);
      }
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      throw new UsageException(
          "--" + option + " \"" + text + "\" is no time as 2026-11-25T02:00:00Z, nor Unix seconds");
    }
  }
}
