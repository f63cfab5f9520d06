package dev.tocsin.system.simulation;

import static dev.tocsin.system.simulation.SimulatedAgent.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bench.remotewrite.TimedSample;
import dev.tocsin.sim.SimWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An agent whose journal is damaged in the middle starts, says so, and has all the rest.
class DamagedJournalTest {
  private static final int ROOMS = 50;
  private static final int ROUNDS = 40;

  private final SimWorld world = new SimWorld(7);
  private final SimulatedAgent agent = SimulatedAgent.small(world);

  @BeforeEach
  void write() {
    agent.start();
    for (int round = 0; round < ROUNDS; round++) {
      List<TimedSample> samples = new ArrayList<>();
      for (int room = 0; room < ROOMS; room++) {
        samples.add(sample("r" + room, world.clock().wallMillis(), round));
      }
      assertThat(agent.write(samples).status()).isEqualTo(204);
      world.scheduler().runFor(5 * SimulatedAgent.MS);
    }
    world.crash();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private List<Path> segments() throws IOException {
    return world.disk().list(SimulatedAgent.JOURNAL).stream()
        .filter(file -> file.toString().endsWith(".journal"))
        .toList();
  }

  private void damage(Path file, int at) throws IOException {
    byte[] bytes = world.disk().readAll(file, 1 << 20);
    bytes[at] ^= 1;
    world.disk().plant(file, bytes);
  }

  private void mustTell(int parts) {
    assertThat(agent.metric("tocsin_journal_damaged_parts")).isEqualTo(parts);
    assertThat(agent.metric("tocsin_journal_lost_entries")).isPositive();
    assertThat(agent.printed().toString()).contains("left out: ");
    assertThat(agent.get("/healthz", "").status()).isEqualTo(200);
  }

  @Test
  void aDamagedFrameTakesOneRequestOnly() throws IOException {
    assertThat(segments()).hasSizeGreaterThan(2);
    damage(segments().get(1), 9000);
    agent.start();
    mustTell(1);
    for (int room = 0; room < ROOMS; room++) {
      assertThat(agent.values("r" + room)).hasSize(ROUNDS - 1).contains(0.0, ROUNDS - 1.0);
    }
  }

  /// The first request defines all series; that can be read in later segments.
  @Test
  void theRequestThatDefinedTheSeriesTakesOnlyItself() throws IOException {
    damage(segments().getFirst(), 2000);
    agent.start();
    mustTell(1);
    for (int room = 0; room < ROOMS; room++) {
      assertThat(agent.values("r" + room)).hasSize(ROUNDS - 1).contains(1.0, ROUNDS - 1.0);
    }
  }

  @Test
  void aLostSegmentTakesItsRequestsOnly() throws IOException {
    world.disk().delete(segments().get(1));
    agent.start();
    mustTell(1);
    for (int room = 0; room < ROOMS; room++) {
      assertThat(agent.values("r" + room)).hasSizeGreaterThan(15).contains(0.0, ROUNDS - 1.0);
    }
  }

  @Test
  void theCheckpointAfterItMakesTheNextStartAUsualOne() throws IOException {
    damage(segments().get(1), 9000);
    agent.start();
    for (int i = 0; i < 3; i++) {
      world.scheduler().runFor(10_000 * SimulatedAgent.MS);
      assertThat(agent.write(List.of(sample("r0", world.clock().wallMillis(), 99 + i))).status())
          .isEqualTo(204);
    }
    world.crash();
    agent.printed().clear();
    agent.start();
    assertThat(agent.metric("tocsin_journal_damaged_parts")).isZero();
    assertThat(agent.printed().toString()).doesNotContain("left out: ");
    assertThat(agent.values("r0")).hasSize(ROUNDS + 2).contains(0.0, 101.0);
  }
}
