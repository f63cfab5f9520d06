package dev.tocsin.system.simulation;

import static dev.tocsin.system.simulation.SimulatedAgent.MS;
import static dev.tocsin.system.simulation.SimulatedAgent.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bench.remotewrite.TimedSample;
import dev.tocsin.sim.SimWorld;
import dev.tocsin.sim.disk.DiskOp;
import dev.tocsin.world.net.HttpReply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// No space for a segment, or a force that fails: senders are pushed back, it is told, and it is
/// over by itself when the disk works again. Nothing acknowledged is lost.
class FullDiskTest {
  private static final int ROOMS = 100;

  private final SimWorld world = new SimWorld(11);
  private final SimulatedAgent agent = SimulatedAgent.small(world);
  private final List<Double> acknowledged = new ArrayList<>();
  private int round;

  @BeforeEach
  void start() {
    agent.start();
    for (int i = 0; i < 5; i++) {
      assertThat(write().status()).isEqualTo(204);
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  /// A sample for each room, some time later than before.
  private HttpReply write() {
    world.scheduler().runFor(20 * MS);
    List<TimedSample> samples = new ArrayList<>();
    for (int room = 0; room < ROOMS; room++) {
      samples.add(sample("r" + room, world.clock().wallMillis(), round));
    }
    HttpReply reply = agent.write(samples);
    if (reply.status() == 204) {
      acknowledged.add((double) round);
    }
    round++;
    return reply;
  }

  private void writeUntil(int status) {
    for (int i = 0; write().status() != status; i++) {
      assertThat(i).as("never answered " + status).isLessThan(500);
    }
  }

  private void mustBePushedBack(String reason) {
    HttpReply reply = write();
    assertThat(reply.status()).isEqualTo(503);
    assertThat(Integer.parseInt(reply.headers().get("Retry-After"))).isPositive();
    assertThat(agent.metric("tocsin_journal_up")).isZero();
    HttpReply health = agent.get("/healthz", "");
    assertThat(health.status()).isEqualTo(503);
    assertThat(SimulatedAgent.text(health)).contains("\"journal\"").contains(reason);
    assertThat(agent.get("/-/healthy", "").status()).as("a restart cures nothing").isEqualTo(200);
    assertThat(agent.printed().toString()).contains("The journal has failed: ").contains(reason);
    assertThat(agent.values("r0")).as("rules see it all the same").contains(round - 1.0);
  }

  /// No request comes meanwhile: an agent that says it is not ready may not get any.
  private void mustBeOverByItself() {
    world.scheduler().runFor(12_000 * MS); // tried every 5 s; a checkpoint follows
    assertThat(write().status()).isEqualTo(204);
    assertThat(agent.metric("tocsin_journal_up")).isEqualTo(1);
    assertThat(agent.printed().toString()).contains("The journal works again.");
    writeUntil(204);
    world.crash();
    agent.start();
    for (int room = 0; room < ROOMS; room += 9) {
      assertThat(agent.values("r" + room)).containsAll(acknowledged);
    }
    assertThat(agent.metric("tocsin_journal_damaged_parts")).isZero();
  }

  @Test
  void noSpaceForASegmentPushesBackUntilThereIsSomeAgain() {
    world.disk().limitTo(60_000);
    writeUntil(503);
    mustBePushedBack("No space left");
    world.scheduler().runFor(20_000 * MS);
    mustBePushedBack("No space left");
    world.disk().limitTo(1L << 30);
    mustBeOverByItself();
  }

  @Test
  void aCheckpointThatFailsIsTriedAgain() {
    world.disk().fail(DiskOp.FORCE, ".journal", "input/output error", 1);
    writeUntil(503);
    world.disk().fail(DiskOp.WRITE, ".checkpoint", "input/output error", 1);
    mustBeOverByItself();
    assertThat(agent.printed().toString()).contains("The checkpoint cannot be written");
  }

  @Test
  void aForceThatFailsIsNotTriedAgainOnThatSegment() {
    world.disk().fail(DiskOp.FORCE, ".journal", "input/output error", 1);
    writeUntil(503);
    mustBePushedBack("input/output error");
    mustBeOverByItself();
  }
}
