package dev.tocsin.system.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Reads the sources as text: what no compiler looks at.
class TidyTest {
  /// Lines of a source file; the reader should see what room it is.
  private static final int LINES_MAX = 500;

  /// Written so that this file does not find itself.
  private static final Pattern LEFT_OVER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

  private static List<Path> sources() throws IOException {
    List<Path> all = new ArrayList<>();
    for (String folder :
        Stream.concat(
                Modules.ALL.stream().map(Modules::folder), Stream.of("proof/bench", "proof/system"))
            .toList()) {
      Path src = Modules.root().resolve(folder).resolve("src");
      if (Files.isDirectory(src)) {
        try (Stream<Path> files = Files.walk(src)) {
          files.filter(file -> file.toString().endsWith(".java")).forEach(all::add);
        }
      }
    }
    return all;
  }

  @Test
  void noFileIsTooLong() throws IOException {
    List<String> long_ = new ArrayList<>();
    for (Path file : sources()) {
      long lines = Files.readString(file).lines().count();
      if (lines > LINES_MAX) {
        long_.add(Modules.root().relativize(file) + ": " + lines);
      }
    }
    assertThat(long_).isEmpty();
  }

  @Test
  void nothingIsLeftOver() throws IOException {
    List<String> found = new ArrayList<>();
    List<Path> all = sources();
    for (Path file : all) {
      if (LEFT_OVER.matcher(Files.readString(file)).find()) {
        found.add(Modules.root().relativize(file).toString());
      }
    }
    assertThat(found).isEmpty();
    assertThat(all).hasSizeGreaterThan(250);
  }
}
