package dev.tocsin.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sim.SimWorld;
import dev.tocsin.sim.disk.DiskOp;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Checkpoints that are written while inputs go on. In a simulated world, through crashes.
class CheckpointsTest {
  private static final long MS = 1_000_000;

  @Test
  void afterACrashTheEngineIsWhatItWas() throws IOException {
    int behind = 0;
    int written = 0;
    int replayed = 0;
    int compared = 0;
    for (long seed = 1; seed <= 12; seed++) {
      try (SimWorld world = new SimWorld(seed)) {
        CheckpointedLife life = CheckpointedLife.first(world);
        for (int lives = 0; lives < 5; lives++) {
          live(world, life);
          behind += life.behind();
          written += life.written();
          if (world.chance().oneIn(2)) {
            world.crash();
          } else {
            world.kill();
          }
          life = life.next(); // checks the state that it finds
          replayed += life.replayed();
          compared += life.isCompared() ? 1 : 0;
        }
      }
    }
    assertThat(compared).as("of 60 lives").isGreaterThan(40);
    assertThat(behind).as("checkpoints older than the engine by then").isGreaterThan(60);
    assertThat(written).as("checkpoints in all").isGreaterThan(60);
    assertThat(replayed).as("inputs after them").isGreaterThan(60);
  }

  private static void live(SimWorld world, CheckpointedLife life) {
    long inputs = world.chance().between(50, 150);
    for (long i = 0; i < inputs; i++) {
      life.write((int) world.chance().between(1, 40));
      if (world.chance().oneIn(2)) {
        world.scheduler().runFor(world.chance().between(0, 20 * MS));
      }
    }
  }

  @Test
  void afterAStopNothingIsReplayed() throws IOException {
    try (SimWorld world = new SimWorld(3)) {
      CheckpointedLife life = CheckpointedLife.first(world);
      live(world, life);
      world.scheduler().runFor(1000 * MS);
      life.stop();
      assertThat(life.next().replayed()).isZero();
    }
  }

  @Test
  void whatIsFrozenWhenItStopsGivesWayToTheLastCheckpoint() throws IOException {
    try (SimWorld world = new SimWorld(4)) {
      CheckpointedLife life = CheckpointedLife.first(world);
      live(world, life);
      world.scheduler().runFor(1000 * MS);
      life.stopWriting();
      live(world, life);
      world.scheduler().runFor(1000 * MS);
      assertThat(life.isFrozen()).isTrue();
      life.stop();
      assertThat(life.isFrozen()).isFalse();
      assertThat(life.next().replayed()).isZero();
    }
  }

  @Test
  void aFailureIsToldOnceAndItIsTriedAgain() throws IOException {
    try (SimWorld world = new SimWorld(5)) {
      CheckpointedLife life = CheckpointedLife.first(world);
      world.disk().fail(DiskOp.FORCE, ".checkpoint.tmp", "the disk is bad", 2);
      live(world, life);
      life.tickFor(6_000);
      assertThat(life.printed())
          .singleElement()
          .asString()
          .startsWith("The checkpoint cannot be written: ")
          .endsWith("the disk is bad; trying again.");
      assertThat(life.written()).isZero();
      life.tickFor(12_000);
      assertThat(life.printed()).hasSize(1);
      assertThat(life.written()).isPositive();
    }
  }
}
