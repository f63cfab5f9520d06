package dev.tocsin.cli;

import dev.tocsin.agent.config.ConfigLoader;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.world.real.RealWorld;
import java.util.List;
import java.util.Set;

/// `check rules FILE...`
final class CheckRulesCommand implements Command {
  @Override
  public String name() {
    return "check rules";
  }

  @Override
  public String usage() {
    return "[--enable-feature NAMES] FILE...";
  }

  @Override
  public String summary() {
    return "Says what is wrong with Prometheus rule files: all of it, with the place.";
  }

  @Override
  public List<String> options() {
    return List.of(FeatureOption.HELP);
  }

  @Override
  public int run(List<String> arguments, Terminal terminal) {
    Arguments parsed = Arguments.parse(arguments, Set.of(FeatureOption.NAME), Set.of());
    List<String> files = parsed.rest();
    if (files.isEmpty()) {
      throw new UsageException("name at least one rule file");
    }
    ConfigLoader loader = new ConfigLoader(RealWorld.open().disk(), FeatureOption.of(parsed));
    Problems problems = new Problems();
    files.forEach(file -> loader.rules(file, problems));
    return ProblemPrinter.print(problems, files.size(), "file", terminal);
  }
}
