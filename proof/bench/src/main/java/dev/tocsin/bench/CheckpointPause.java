package dev.tocsin.bench;

import dev.tocsin.bench.checkpoint.PauseRig;
import dev.tocsin.bench.peer.ProjectTree;
import dev.tocsin.bench.report.CaseOptions;
import dev.tocsin.bench.report.Machine;
import dev.tocsin.bench.report.Percentiles;
import dev.tocsin.bench.report.Report;
import dev.tocsin.bench.report.Table;
import dev.tocsin.engine.FrozenEngine;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// How long the engine's thread stops for a checkpoint: `proof/bench/run checkpoint-pause`. Nothing
/// is written to a disk.
public final class CheckpointPause {
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("series", "100000,900000");
    DEFAULTS.put("samples", "75");
    DEFAULTS.put("alerts", "0,10000");
    DEFAULTS.put("rounds", "9");
    DEFAULTS.put("keep", "yes");
  }

  private CheckpointPause() {}

  public static void main(String[] arguments) throws IOException {
    CaseOptions given = CaseOptions.parse(List.of(arguments), DEFAULTS);
    Report report = new Report("checkpoint-pause", System.out);
    report.line("# checkpoint-pause").line("");
    report.line("* commit " + Machine.commit(ProjectTree.root()) + ", options `" + given + "`");
    report.line("* " + Machine.describe() + ", JVM " + Runtime.version());
    report.line("* load before: " + Machine.load());
    report.line(
        "* At once: all of it on the engine's thread, as before. Frozen: what of it stays there."
            + " Written: by another thread meanwhile, while the engine takes one sample of every"
            + " series. No disk. Median and longest of "
            + given.text("rounds")
            + ".");
    Table table =
        Table.of("series", "alerts", "bytes", "at once", "longest", "frozen", "longest", "written");
    for (String series : given.text("series").split(",")) {
      for (String alerts : given.text("alerts").split(",")) {
        PauseRig rig = new PauseRig(Integer.parseInt(series), Integer.parseInt(alerts));
        for (int i = 0; i < given.number("samples"); i++) {
          rig.round();
        }
        row(table, series, alerts, rig, given.number("rounds"));
      }
    }
    report.table(table);
    report.line("").line("* load after: " + Machine.load());
    if (given.text("keep").equals("yes")) {
      System.out.println(
          "Kept in " + report.keep(ProjectTree.root().resolve("proof/bench/results")));
    }
  }

  private static void row(Table table, String series, String alerts, PauseRig rig, int rounds)
      throws IOException {
    long[] atOnce = new long[rounds];
    long[] frozen = new long[rounds];
    long[] written = new long[rounds];
    long bytes = 0;
    for (int i = 0; i < rounds; i++) {
      Counting all = new Counting();
      long began = System.nanoTime();
      rig.engine().checkpoint(new DataOutputStream(all));
      atOnce[i] = System.nanoTime() - began;
      bytes = all.bytes;

      began = System.nanoTime();
      FrozenEngine state = rig.engine().freeze();
      frozen[i] = System.nanoTime() - began;
      CompletableFuture<Long> writing = CompletableFuture.supplyAsync(() -> write(state));
      rig.round();
      written[i] = writing.join();
    }
    table.row(
        series,
        alerts,
        String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0),
        ms(Percentiles.of(atOnce).p50()),
        ms(Percentiles.of(atOnce).max()),
        ms(Percentiles.of(frozen).p50()),
        ms(Percentiles.of(frozen).max()),
        ms(Percentiles.of(written).p50()));
  }

  private static long write(FrozenEngine state) {
    long began = System.nanoTime();
    try (state) {
      state.writeTo(new DataOutputStream(new Counting()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return System.nanoTime() - began;
  }

  private static String ms(long nanos) {
    return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }

  /// Takes everything and keeps nothing.
  private static final class Counting extends OutputStream {
    private long bytes;

    @Override
    public void write(int value) {
      bytes++;
    }

    @Override
    public void write(byte[] from, int at, int count) {
      bytes += count;
    }
  }
}
