package dev.tocsin.system.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.bench.differential.DifferentialRun;
import dev.tocsin.bench.peer.PeerProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The short form of `proof/bench/run promql-diff`: generated queries are answered as by a real
/// Prometheus 3. It is named by `TOCSIN_PROMETHEUS` (environment, or the property
/// `tocsin.prometheus`).
class PromqlDifferenceTest {
  private static final int QUERIES = 600;
  private static final long SEED = 20_261_124;

  @Test
  void generatedQueriesAreAnsweredAsByPrometheus() throws Exception {
    Path program = prometheus();
    Given.theLauncherIsBuilt();
    List<String> said = new ArrayList<>();
    DifferentialRun run = new DifferentialRun(SEED, said::add);
    run.run(program, QUERIES, -1, Instant.now().toEpochMilli());
    assertThat(run.compared()).isGreaterThan(QUERIES);
    assertThat(run.withResult()).isGreaterThan(QUERIES / 2);
    assertThat(run.different()).as("seed %d: %s", SEED, String.join("\n", said)).isZero();
  }

  private static Path prometheus() {
    String named =
        System.getProperty(
            "tocsin.prometheus", System.getenv().getOrDefault("TOCSIN_PROMETHEUS", ""));
    assumeTrue(!named.isEmpty(), "TOCSIN_PROMETHEUS does not name a Prometheus 3");
    Path program = Path.of(named);
    assumeTrue(Files.isExecutable(program), named + " is no program");
    String version = PeerProgram.version(program);
    assumeTrue(version.contains(" version 3."), version + " is no Prometheus 3");
    return program;
  }
}
