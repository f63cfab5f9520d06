package dev.tocsin.cli;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.tocsin.agent.config.ConfigLoader;
import dev.tocsin.engine.unittest.UnitTestOptions;
import dev.tocsin.engine.unittest.UnitTestReport;
import dev.tocsin.engine.unittest.UnitTests;
import dev.tocsin.promql.feature.Feature;
import dev.tocsin.promql.feature.Features;
import dev.tocsin.world.World;
import dev.tocsin.world.real.RealWorld;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// `test rules FILE...`
final class TestRulesCommand implements Command {
  private static final String RUN = "run";
  private static final String DIFF = "diff";
  private static final String DEBUG = "debug";
  private static final String IGNORE = "ignore-unknown-fields";
  private static final String JUNIT = "junit";
  private static final String FEATURE = "enable-feature";

  @Override
  public String name() {
    return "test rules";
  }

  @Override
  public String usage() {
    return "[--run REGEX]... [--junit FILE] FILE...";
  }

  @Override
  public String summary() {
    return "Runs unit tests of Prometheus rules, as promtool does; see docs/testing-rules.md.";
  }

  @Override
  public List<String> options() {
    return List.of(
        "--run REGEX              only tests whose names it is found in; may be given again",
        "--diff                   shows in colors what differs between alerts",
        "--junit FILE             writes the results as JUnit XML, too",
        "--ignore-unknown-fields  keys in rule files that nobody knows are no mistake",
        "--enable-feature NAME    promql-experimental-functions, promql-delayed-name-removal,",
        "                         promql-extended-range-selectors, promql-binop-fill-modifiers",
        "--debug                  tells all series of every test, and how long it took");
  }

  @Override
  public int run(List<String> arguments, Terminal terminal) {
    Arguments parsed =
        Arguments.parse(arguments, Set.of(RUN, JUNIT, FEATURE), Set.of(DIFF, DEBUG, IGNORE));
    if (parsed.rest().isEmpty()) {
      throw new UsageException("name at least one test file");
    }
    World world = RealWorld.open();
    UnitTestOptions options = options(parsed, world, terminal.err());
    List<UnitTestReport> reports = new ArrayList<>();
    for (String file : parsed.rest()) {
      UnitTestReport report = report(file, world, options);
      reports.add(report);
      print(report, parsed.rest().size() > 1, terminal);
    }
    String junit = parsed.value(JUNIT, "");
    if (!junit.isEmpty() && !written(junit, reports, world, terminal.err())) {
      return Exit.COULD_NOT_RUN;
    }
    return reports.stream().allMatch(UnitTestReport::passed) ? Exit.FINE : Exit.PROBLEMS;
  }

  private static UnitTestOptions options(Arguments parsed, World world, PrintStream err) {
    UnitTestOptions.Debug debug =
        new UnitTestOptions.Debug(
            parsed.has(DEBUG), err::println, () -> world.clock().monotonicNanos());
    return new UnitTestOptions(
        selected(parsed.all(RUN)),
        parsed.has(DIFF),
        parsed.has(IGNORE),
        features(parsed, err),
        debug);
  }

  /// As promtool, a name that nobody knows is told and left out.
  private static Features features(Arguments parsed, PrintStream err) {
    Set<Feature> on = EnumSet.noneOf(Feature.class);
    for (String word : FeatureOption.words(parsed)) {
      Optional<Feature> feature = Feature.of(word);
      feature.ifPresent(on::add);
      if (feature.isEmpty()) {
        err.println("  WARNING: Unknown feature passed to --enable-feature: " + word);
      }
    }
    return new Features(on);
  }

  private static Predicate<String> selected(List<String> expressions) {
    if (expressions.isEmpty()) {
      return _ -> true;
    }
    try {
      Pattern pattern = Pattern.compile(String.join("|", expressions));
      return name -> pattern.matcher(name).find();
    } catch (PatternSyntaxException e) {
      throw new UsageException("--run is no regular expression: " + e.getMessage());
    }
  }

  private static UnitTestReport report(String file, World world, UnitTestOptions options) {
    ConfigLoader loader = new ConfigLoader(world.disk(), options.features());
    try {
      byte[] bytes = world.disk().readAll(Path.of(file), ConfigLoader.FILE_BYTES_MAX);
      String text = new String(bytes, StandardCharsets.UTF_8);
      return UnitTests.run(file, text, pattern -> loader.matching(file, pattern), options);
    } catch (IOException | InvalidPathException e) {
      String message = file + ": cannot be read: " + e.getMessage();
      return new UnitTestReport(file, List.of(message), List.of(), List.of());
    }
  }

  private static void print(UnitTestReport report, boolean oneOfSeveral, Terminal terminal) {
    PrintStream out = terminal.out();
    if (oneOfSeveral) {
      out.println("Unit Testing:  " + report.file());
    }
    report.warnings().forEach(terminal.err()::println);
    if (report.passed()) {
      out.println("  SUCCESS");
    } else {
      terminal.err().println("  FAILED:");
      for (String failure : report.failures()) {
        terminal.err().println(failure);
        out.println();
      }
    }
    out.println();
  }

  private static boolean written(
      String junit, List<UnitTestReport> reports, World world, PrintStream err) {
    try {
      String xml = JunitXml.of(reports, world.clock().wallMillis());
      world.disk().replace(Path.of(junit), xml.getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (IOException | InvalidPathException e) {
      err.println("failed to write JUnit XML: " + e.getMessage());
      return false;
    }
  }
}
