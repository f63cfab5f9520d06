package dev.tocsin.cli;

import dev.tocsin.cli.journal.JournalFolder;
import dev.tocsin.model.json.JsonWriter;
import dev.tocsin.pipeline.journal.recovery.CheckpointOverview;
import dev.tocsin.pipeline.journal.recovery.JournalInspector;
import dev.tocsin.pipeline.journal.recovery.JournalOverview;
import dev.tocsin.pipeline.journal.recovery.SegmentOverview;
import dev.tocsin.world.World;
import dev.tocsin.world.real.RealWorld;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// `journal inspect DIR`, and `journal verify DIR`, which tells only what is wrong.
///
/// @param verifies whether it is the second
record JournalInspectCommand(boolean verifies) implements Command {
  @Override
  public String name() {
    return verifies ? "journal verify" : "journal inspect";
  }

  @Override
  public String usage() {
    return "DIR";
  }

  @Override
  public String summary() {
    return verifies
        ? "Reads all of a journal and says what is damaged; exits with 1 where something is."
        : "Says what is in a journal: segments, entries, checkpoints, and what is damaged.";
  }

  @Override
  public List<String> options() {
    return List.of();
  }

  @Override
  public int run(List<String> arguments, Terminal terminal) {
    Arguments parsed = Arguments.parse(arguments, Set.of(), Set.of());
    if (parsed.rest().size() != 1) {
      throw new UsageException("name one folder: that of an agent's data, or its journal");
    }
    try (World world = RealWorld.open()) {
      var journal = JournalFolder.find(world.disk(), parsed.rest().getFirst());
      return print(new JournalInspector(world.disk(), journal).inspect(), terminal);
    } catch (IOException e) {
      terminal.err().println("tocsin " + name() + ": " + e.getMessage());
      return Exit.COULD_NOT_RUN;
    }
  }

  private int print(JournalOverview overview, Terminal terminal) {
    if (!verifies) {
      overview.segments().forEach(segment -> print(segment, terminal.out()));
      overview.checkpoints().forEach(checkpoint -> print(checkpoint, terminal.out()));
    }
    overview.problems().forEach(terminal.err()::println);
    long entries = overview.segments().stream().mapToLong(SegmentOverview::entries).sum();
    long samples = overview.segments().stream().mapToLong(SegmentOverview::samples).sum();
    int problems = overview.problems().size();
    terminal
        .out()
        .printf(
            Locale.ROOT,
            "%d segments, %d entries, %d samples, %d checkpoints: %s.%n",
            overview.segments().size(),
            entries,
            samples,
            overview.checkpoints().size(),
            problems == 0 ? "no damage" : ProblemPrinter.counted(problems, "problem"));
    return problems == 0 ? Exit.FINE : Exit.PROBLEMS;
  }

  private static void print(SegmentOverview one, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "segment     %s  entries %d to %d  samples %d  %s to %s  %d of %d bytes%s%n",
        one.file().getFileName(),
        one.firstSeq(),
        one.lastSeq(),
        one.samples(),
        time(one.firstMs()),
        time(one.lastMs()),
        one.usedBytes(),
        one.fileBytes(),
        one.afterGap() ? "  after a failure" : "");
  }

  private static void print(CheckpointOverview one, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "checkpoint  %s  through entry %d  %s  %d bytes%s%n",
        one.file().getFileName(),
        one.seq(),
        time(one.nowMs()),
        one.length(),
        one.problem().isEmpty() ? "" : "  unusable");
  }

  private static String time(long unixMs) {
    return unixMs == 0 ? "-" : JsonWriter.rfc3339(unixMs);
  }
}
