package dev.tocsin.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  /// Of three at least two end in one second.
  @Test
  void recordsThatEndInTheSameSecondAreAllKept(@TempDir Path folder) throws IOException {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      texts.add(Files.readString(report("run " + i).keep(folder.resolve("results"))));
    }
    try (var files = Files.list(folder.resolve("results"))) {
      assertThat(files).hasSize(3).allMatch(file -> file.getFileName().toString().endsWith(".md"));
    }
    assertThat(texts).containsExactly("run 0\n", "run 1\n", "run 2\n");
  }

  private static Report report(String line) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Report("fuzz-rules", nowhere).line(line);
  }
}
