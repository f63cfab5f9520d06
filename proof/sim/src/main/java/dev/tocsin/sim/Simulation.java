package dev.tocsin.sim;

import java.net.URI;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;

/// Runs scenarios from tests. A failure names the seed and the command that repeats it; with
/// `-Dtocsin.seed=` that seed runs alone.
///
/// What a seed does is the same from run to run as long as the program does not depend on the order
/// of `Map.of` and `Set.of`, which differs from process to process, nor on real time.
public final class Simulation {
  /// Lines of the event log shown with a failure.
  private static final int LINES_SHOWN = 60;

  private Simulation() {}

  /// Runs one seed, or the one that `-Dtocsin.seed` names.
  public static void run(long seed, Scenario scenario) {
    run(List.of(seed), scenario);
  }

  /// Runs the seeds from 1 to `count`, or the one that `-Dtocsin.seed` names.
  public static void runMany(int count, Scenario scenario) {
    run(java.util.stream.LongStream.rangeClosed(1, count).boxed().toList(), scenario);
  }

  private static void run(List<Long> seeds, Scenario scenario) {
    String caller = caller();
    String asked = System.getProperty("tocsin.seed", "");
    List<Long> chosen = asked.isBlank() ? seeds : List.of(Long.parseLong(asked.strip()));
    for (long seed : chosen) {
      runOne(caller, seed, scenario);
    }
  }

  private static void runOne(String caller, long seed, Scenario scenario) {
    try (SimWorld world = new SimWorld(seed)) {
      try {
        scenario.run(world);
      } catch (Throwable e) { // assertions too
        throw new SimFailure(told(caller, world, e), e);
      }
    }
  }

  private static String told(String caller, SimWorld world, Throwable e) {
    List<String> lines = world.log().lines();
    StringBuilder text = new StringBuilder("seed ").append(world.seed()).append(": ").append(e);
    text.append("\nAgain: ").append(caller).append(" -Dtocsin.seed=").append(world.seed());
    text.append("\nThe last of ").append(world.log().count()).append(" events:");
    for (String line : lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size())) {
      text.append("\n  ").append(line);
    }
    return text.toString();
  }

  /// The command that runs the calling test again, but for the seed.
  private static String caller() {
    StackWalker.StackFrame frame =
        StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
            .walk(
                frames ->
                    frames
                        .filter(one -> one.getDeclaringClass() != Simulation.class)
                        .findFirst()
                        .orElseThrow());
    Class<?> test = frame.getDeclaringClass();
    String method = frame.getMethodName();
    return "./mvnw -pl "
        + module(test)
        + " -am test -Dtest="
        + test.getSimpleName()
        + (method.contains("$") ? "" : "#" + method)
        + " -Dsurefire.failIfNoSpecifiedTests=false";
  }

  /// The folder of the module whose classes are in `<root>/<module>/target/test-classes`.
  private static String module(Class<?> test) {
    CodeSource source = test.getProtectionDomain().getCodeSource();
    String root = System.getProperty("tocsin.root", "");
    if (source != null && !root.isEmpty()) {
      Path classes = Path.of(URI.create(source.getLocation().toString()));
      Path target = classes.getParent();
      Path module = target == null ? null : target.getParent();
      if (module != null && module.startsWith(root)) {
        return Path.of(root).relativize(module).toString();
      }
    }
    return "proof/system";
  }
}
