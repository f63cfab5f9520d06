package dev.tocsin.bench.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// A report as Markdown: printed while it grows, kept as a record at the end.
public final class Report {
  private final StringBuilder text = new StringBuilder();
  private final PrintStream out;
  private final String name;

  public Report(String name, PrintStream out) {
    this.name = name;
    this.out = out;
  }

  public Report line(String line) {
    text.append(line).append('\n');
    out.println(line);
    return this;
  }

  public Report table(Table table) {
    return line("").line(table.toString());
  }

  /// Writes the record and returns its file: one of its own, also where another run ends in the
  /// same second.
  ///
  /// @param folder made where it is missing
  public Path keep(Path folder) throws IOException {
    Files.createDirectories(folder);
    String time =
        DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss")
            .withZone(ZoneOffset.UTC)
            .format(Instant.now());
    String stem = name + "-" + time;
    for (int run = 1; ; run++) {
      Path file = folder.resolve(stem + (run == 1 ? "" : "-" + run) + ".md");
      try {
        return Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
      } catch (FileAlreadyExistsException _) {
        // The next number.
      }
    }
  }
}
