package dev.tocsin.cli;

import dev.tocsin.promql.script.Profile;
import dev.tocsin.promql.script.Script;
import dev.tocsin.promql.script.ScriptException;
import dev.tocsin.promql.script.ScriptReport;
import dev.tocsin.promql.script.ScriptRunner;
import dev.tocsin.world.disk.Disk;
import dev.tocsin.world.real.RealWorld;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// `test promql FILE...`
final class TestPromqlCommand implements Command {
  /// Bytes of a script; a larger one is refused.
  private static final int FILE_BYTES_MAX = 16 << 20;

  private static final String PROFILE = "profile";

  @Override
  public String name() {
    return "test promql";
  }

  @Override
  public String usage() {
    return "[--profile PROFILE] FILE...";
  }

  @Override
  public String summary() {
    return "Runs scripts in the language of Prometheus's promqltest; see docs/promql.md.";
  }

  @Override
  public List<String> options() {
    return List.of(
        "--profile all         every experimental feature is on; the default",
        "--profile production  as Prometheus starts without feature flags; what needs one must be"
            + " refused");
  }

  @Override
  public int run(List<String> arguments, Terminal terminal) {
    Arguments parsed = Arguments.parse(arguments, Set.of(PROFILE), Set.of());
    Profile profile = profile(parsed.value(PROFILE, "all"));
    List<String> files = parsed.rest();
    if (files.isEmpty()) {
      throw new UsageException("name at least one script");
    }
    Disk disk = RealWorld.open().disk();
    ScriptPrinter printer = new ScriptPrinter(terminal.out(), profile);
    boolean unread = false;
    for (String file : files) {
      unread |= !run(file, disk, profile, printer, terminal.err());
    }
    printer.summary();
    if (unread) {
      return Exit.COULD_NOT_RUN;
    }
    return printer.failed() == 0 ? Exit.FINE : Exit.PROBLEMS;
  }

  private static Profile profile(String word) {
    return switch (word) {
      case "all" -> Profile.ALL;
      case "production" -> Profile.PRODUCTION;
      default ->
          throw new UsageException("--profile \"" + word + "\" is neither all nor production");
    };
  }

  /// Whether the file is a script; otherwise it is told why not.
  private static boolean run(
      String file, Disk disk, Profile profile, ScriptPrinter printer, PrintStream err) {
    try {
      byte[] bytes = disk.readAll(Path.of(file), FILE_BYTES_MAX);
      Script script = Script.parse(new String(bytes, StandardCharsets.UTF_8));
      ScriptReport report = ScriptRunner.run(script, profile);
      printer.add(file, report);
      return true;
    } catch (IOException e) {
      err.println(file + ": cannot be read: " + e.getMessage());
    } catch (ScriptException e) {
      String place = String.format(Locale.ROOT, "%s:%d:%d: ", file, e.line(), e.column());
      err.println(place + e.getMessage());
    }
    return false;
  }
}
