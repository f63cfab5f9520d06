package dev.tocsin.cli;

import dev.tocsin.agent.config.ConfigLoader;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.world.real.RealWorld;
import java.util.List;
import java.util.Set;

/// `check config FILE...`
final class CheckConfigCommand implements Command {
  @Override
  public String name() {
    return "check config";
  }

  @Override
  public String usage() {
    return "[--enable-feature NAMES] FILE...";
  }

  @Override
  public String summary() {
    return "Says what is wrong with configuration files and the rule files they name: all of it.";
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
      throw new UsageException("name at least one configuration file");
    }
    ConfigLoader loader = new ConfigLoader(RealWorld.open().disk(), FeatureOption.of(parsed));
    Problems problems = new Problems();
    int rules = 0;
    for (String file : files) {
      rules += loader.load(file, problems).rules().size();
    }
    return ProblemPrinter.print(problems, files.size() + rules, "file", terminal);
  }
}
