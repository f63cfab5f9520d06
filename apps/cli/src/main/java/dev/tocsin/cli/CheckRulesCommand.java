package dev.tocsin.cli;

import dev.tocsin.agent.config.ConfigLoader;
import dev.tocsin.model.input.RuleSet.RuleText;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.promql.feature.Features;
import dev.tocsin.rules.file.ReadOptions;
import dev.tocsin.rules.file.RuleFile;
import dev.tocsin.rules.file.RuleFileReader;
import dev.tocsin.rules.lint.Finding;
import dev.tocsin.rules.lint.LintOptions;
import dev.tocsin.rules.lint.Linter;
import dev.tocsin.rules.lint.Severity;
import dev.tocsin.world.real.RealWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `check rules FILE...`: the options of promtool's, and more checks. Problems make it fail; what
/// the linter finds does with `--lint-fatal` only.
final class CheckRulesCommand implements Command {
  private static final String FATAL = "lint-fatal";
  private static final String UNKNOWN_IGNORED = "ignore-unknown-fields";

  @Override
  public String name() {
    return "check rules";
  }

  @Override
  public String usage() {
    return "[--enable-feature NAMES] [--lint CHECKS] FILE...";
  }

  @Override
  public String summary() {
    return "Says what is wrong with Prometheus rule files: all of it, with the place.";
  }

  @Override
  public List<String> options() {
    return List.of(
        "--lint CHECKS              what is valid and still looked for, with commas between: all,"
            + " none, or names of docs/rule-linter.md; duplicate-rules is the default",
        "--lint-fatal               exit with 3 where the linter warns",
        "--scrape-interval 15s      how often a series gets a sample",
        "--evaluation-interval 1m   of groups that name none",
        "--series 1000              series that a selector is taken to select, for the cost",
        FeatureOption.HELP,
        "--ignore-unknown-fields    keys that nobody knows are no problem");
  }

  @Override
  public int run(List<String> arguments, Terminal terminal) {
    Arguments parsed =
        Arguments.parse(arguments, LintArguments.NAMES, Set.of(FATAL, UNKNOWN_IGNORED));
    List<String> files = parsed.rest();
    if (files.isEmpty()) {
      throw new UsageException("name at least one rule file");
    }
    LintOptions lint = LintArguments.read(parsed, terminal.err());
    Features features = FeatureOption.of(parsed);
    ReadOptions options =
        new ReadOptions(false, parsed.has(UNKNOWN_IGNORED), features.parseOptions());
    ConfigLoader loader = new ConfigLoader(RealWorld.open().disk(), features);
    Problems problems = new Problems();
    List<Finding> findings = new ArrayList<>();
    for (String file : files) {
      int before = problems.count();
      RuleText text = loader.rules(file, options, problems);
      if (problems.count() == before) {
        RuleFile read = RuleFileReader.read(file, text.content(), options, new Problems());
        findings.addAll(Linter.lint(read, text.content(), lint));
      }
    }
    findings.forEach(terminal.err()::println);
    int exit = ProblemPrinter.print(problems, files.size(), "file", terminal);
    long warnings = findings.stream().filter(each -> each.severity() == Severity.WARNING).count();
    if (warnings > 0) {
      String counted = ProblemPrinter.counted((int) warnings, "warning");
      terminal.err().println(counted + " of the linter.");
    }
    return exit == Exit.FINE && warnings > 0 && parsed.has(FATAL) ? Exit.LINT : exit;
  }
}
