package dev.tocsin.bench.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.bench.fuzz.check.OwnLanguage;
import dev.tocsin.bench.fuzz.query.Corpus;
import dev.tocsin.bench.fuzz.query.QueryGenerator;
import dev.tocsin.bench.peer.PeerProgram;
import dev.tocsin.bench.peer.ProjectTree;
import dev.tocsin.promql.parse.ParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Queries print as a real Prometheus prints them.
class PrintDifferenceTest {
  private static final long SEED = 11;
  private static final int QUERIES = 3000;
  private static final OwnLanguage OWN = new OwnLanguage();

  /// What versions before 3.14 print otherwise: numbers, with an exponent; labels of matching that
  /// need quotes; `ignoring ()` before grouping, which they leave out; lone numbers in parentheses
  /// within durations, which lose them. And what only we print otherwise: an offset in parentheses
  /// before an operator.
  private static final Pattern OTHERWISE =
      Pattern.compile(
          "\\de[-+]?\\d|0\\.0000|(?<!@ )(?<!@)(?<!\\d)\\d{7}"
              + "|(on|ignoring|group_left|group_right) ?\\([^)]*\""
              + "|ignoring *\\( *\\) *group_"
              + "|\\(-*[0-9a-z]+\\)"
              + "|offset -?\\(.*\\) @");

  @TempDir private Path folder;

  @BeforeEach
  void aPrometheusIsThere() {
    assumeTrue(FormatQueryPeer.program().isPresent(), () -> PeerProgram.PROMETHEUS.howToInstall());
  }

  /// Our pretty form, and Prometheus's beside it where it differs.
  private static void compare(FormatQueryPeer peer, List<String> queries, int atLeast)
      throws IOException {
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (String query : queries) {
      Optional<String> theirs = peer.format(query);
      if (theirs.isEmpty()) {
        continue;
      }
      compared++;
      String ours;
      try {
        ours = OWN.printPretty(OWN.parse(query));
      } catch (ParseException e) {
        ours = String.valueOf(e.getMessage());
      }
      if (!ours.equals(theirs.get())) {
        differences.add(query + "\nPrometheus: " + theirs.get() + "\nours: " + ours);
      }
    }
    String name =
        peer.version() + ", " + compared + " of " + queries.size() + " queries, seed " + SEED;
    assertThat(differences).as(name).isEmpty();
    assertThat(compared).as(name).isGreaterThan(atLeast);
  }

  @Test
  void grownQueries() throws IOException {
    QueryGenerator generator = new QueryGenerator(new SplittableRandom(SEED));
    List<String> queries = new ArrayList<>();
    while (queries.size() < QUERIES) {
      String query = generator.query();
      if (!OTHERWISE.matcher(query).find()) {
        queries.add(query);
      }
    }
    try (FormatQueryPeer peer =
        FormatQueryPeer.start(FormatQueryPeer.program().orElseThrow(), folder, List.of())) {
      compare(peer, queries, QUERIES / 10);
    }
  }

  private static List<String> corpus() {
    String given = System.getenv("TOCSIN_CONFORMANCE");
    Path data =
        given == null ? ProjectTree.root().resolve("../shared/conformance") : Path.of(given);
    assumeTrue(Files.isDirectory(data), () -> "no folder " + data.normalize());
    return Corpus.read(data).stream()
        .filter(query -> !OTHERWISE.matcher(query).find())
        .distinct()
        .toList();
  }

  @Test
  void queriesThatPeopleWrote() throws IOException {
    List<String> queries = corpus();
    List<String> known = new ArrayList<>();
    Path program = FormatQueryPeer.program().orElseThrow();
    Path first = Files.createDirectory(folder.resolve("first"));
    try (FormatQueryPeer peer = FormatQueryPeer.start(program, first, List.of())) {
      compare(peer, queries, 1000);
      for (String query : queries) {
        if (peer.format(query).isPresent()) {
          known.add(query);
        }
      }
    }
    Path second = Files.createDirectory(folder.resolve("second"));
    try (FormatQueryPeer peer = FormatQueryPeer.start(program, second, known)) {
      assertThat(peer.rules())
          .isEqualTo(known.stream().map(query -> OWN.print(OWN.parse(query))).toList());
    }
  }
}
