package dev.tocsin.system.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Documents rot at the file name: every path they name has to exist.
class DocumentsTest {
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)[^)]*\\)");

  /// Looks like a path of this tree: a known folder first, or a file of the root.
  private static final Pattern TREE =
      Pattern.compile(
          "(?:\\./)?((?:model|yaml|promql|rules|store|engine|world|pipeline|collect|deliver|apps|proof"
              + "|docs|deploy|\\.ci|\\.mvn)/[A-Za-z0-9_./-]*|[A-Z][A-Za-z]*(?:\\.zh-CN)?\\.md"
              + "|pom\\.xml|tocsin|mvnw)");

  private static List<Path> documents() throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path folder : List.of(Modules.root(), Modules.root().resolve("docs"))) {
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(all::add);
      }
    }
    return all;
  }

  @Test
  void everyPathThatADocumentNamesExists() throws IOException {
    List<String> missing = new ArrayList<>();
    int named = 0;
    for (Path document : documents()) {
      String text = Files.readString(document);
      for (String path : paths(text)) {
        named++;
        if (!Files.exists(Modules.root().resolve(path))) {
          missing.add(Modules.root().relativize(document) + " names " + path);
        }
      }
      for (String link : links(text)) {
        named++;
        Path parent = document.resolveSibling(link).normalize();
        if (!Files.exists(parent)) {
          missing.add(Modules.root().relativize(document) + " links to " + link);
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(named).as("paths looked at").isGreaterThan(20);
  }

  private static List<String> paths(String text) {
    List<String> all = new ArrayList<>();
    Matcher code = CODE.matcher(text);
    while (code.find()) {
      Matcher tree = TREE.matcher(code.group(1));
      if (tree.matches()) {
        all.add(tree.group(1));
      }
    }
    return all;
  }

  private static List<String> links(String text) {
    List<String> all = new ArrayList<>();
    Matcher link = LINK.matcher(text);
    while (link.find()) {
      if (!link.group(1).contains("://")) {
        all.add(link.group(1));
      }
    }
    return all;
  }

  @Test
  void everyDocumentOfTheRootIsThere() {
    for (String name :
        List.of(
            "README.md",
            "README.zh-CN.md",
            "ARCHITECTURE.md",
            "CONTRIBUTING.md",
            "STYLE.md",
            "CHANGELOG.md",
            "LICENSE")) {
      assertThat(Modules.root().resolve(name)).exists();
    }
  }

  @Test
  void aDocumentHasOneTitle() throws IOException {
    for (Path document : documents()) {
      String prose = Files.readString(document).replaceAll("(?s)```.*?```", "");
      assertThat(prose.lines().filter(line -> line.startsWith("# ")))
          .as(document.getFileName() + " has one title")
          .hasSize(1);
    }
  }
}
