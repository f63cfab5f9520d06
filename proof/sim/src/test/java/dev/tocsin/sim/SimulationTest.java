package dev.tocsin.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.sim.disk.DiskOp;
import dev.tocsin.sim.net.NetFaults;
import dev.tocsin.sim.net.SimPeer;
import dev.tocsin.sim.net.SimRequest;
import dev.tocsin.world.World;
import dev.tocsin.world.disk.DiskFile;
import dev.tocsin.world.net.HttpCalling.HttpCall;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpServing.ListenConfig;
import dev.tocsin.world.schedule.Worker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SimulationTest {
  private static final long SECOND = 1_000_000_000L;

  @AfterEach
  void forgetTheSeed() {
    System.clearProperty("tocsin.seed");
  }

  /// A program with all that a program has: requests that wait for a worker that writes to the disk
  /// and calls out, on a bad network and a bad disk, through a crash.
  private static void everything(SimWorld world) throws IOException {
    world.net().faults(NetFaults.BAD);
    world
        .net()
        .peer("hook:80", _ -> SimPeer.PeerAnswer.status(world.chance().oneIn(3) ? 500 : 200));
    for (int life = 0; life < 2; life++) {
      world.disk().failAtRandom(DiskOp.FORCE, 10);
      start(world.world());
      for (int i = 0; i < 30; i++) {
        world.net().request(9000, SimRequest.post("/w", "a/b", new byte[i]), _ -> {});
      }
      world.scheduler().runFor(world.chance().between(0, SECOND));
      world.crash();
    }
    world.scheduler().runUntilQuiet();
  }

  private record Waiting(byte[] body, CompletableFuture<Boolean> written) {}

  private static void start(World world) throws IOException {
    world.disk().createDirectories(Path.of("/data"));
    DiskFile file = world.disk().open(Path.of("/data/log"));
    ArrayBlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(100);
    var running =
        world
            .scheduler()
            .start(
                new Worker() {
                  @Override
                  public String name() {
                    return "writer";
                  }

                  @Override
                  public int step() {
                    Waiting next = queue.poll();
                    if (next == null) {
                      return 0;
                    }
                    next.written.complete(write(world, file, next.body));
                    return 1;
                  }
                });
    world
        .serving()
        .listen(
            ListenConfig.of("127.0.0.1", 9000),
            request -> {
              Waiting waiting = new Waiting(request.body(1000), new CompletableFuture<>());
              queue.add(waiting);
              running.wake();
              return HttpReply.empty(waiting.written.join() ? 204 : 503);
            });
  }

  private static boolean write(World world, DiskFile file, byte[] body) {
    HttpCall call = new HttpCall("POST", "http://hook/a", Map.of(), body, 1000);
    world.calling().call(call, _ -> {});
    try {
      file.write(ByteBuffer.wrap(body), file.size());
      file.force();
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static long fingerprint(long seed) throws IOException {
    try (SimWorld world = new SimWorld(seed)) {
      everything(world);
      assertThat(world.log().count()).isGreaterThan(300);
      return world.log().fingerprint();
    }
  }

  @Test
  void aSeedAlwaysGivesTheSameEvents() throws IOException {
    for (long seed = 1; seed <= 20; seed++) {
      assertThat(fingerprint(seed)).as("seed %d", seed).isEqualTo(fingerprint(seed));
    }
  }

  @Test
  void differentSeedsGiveDifferentEvents() throws IOException {
    Set<Long> seen = new HashSet<>();
    for (long seed = 1; seed <= 20; seed++) {
      seen.add(fingerprint(seed));
    }
    assertThat(seen).hasSize(20);
  }

  @Test
  void aFailureSaysHowToSeeItAgain() {
    assertThatThrownBy(
            () ->
                Simulation.runMany(
                    10,
                    world -> {
                      world.log().add("test", "about to fail");
                      assertThat(world.seed()).isLessThan(4);
                    }))
        .isInstanceOf(SimFailure.class)
        .hasMessageContaining("seed 4: ")
        .hasMessageContaining("Again: ./mvnw -pl proof/")
        .hasMessageContaining(" -am test -Dtest=SimulationTest")
        .hasMessageContaining(" -Dtocsin.seed=4")
        .hasMessageContaining("test: about to fail");
  }

  @Test
  void theSeedThatIsAskedForRunsAlone() {
    System.setProperty("tocsin.seed", "77");
    List<Long> seeds = new ArrayList<>();
    Simulation.runMany(10, world -> seeds.add(world.seed()));
    Simulation.run(5, world -> seeds.add(world.seed()));
    assertThat(seeds).containsExactly(77L, 77L);
  }

  @Test
  void aCrashInAStepReachesTheScenario() {
    Simulation.run(
        1,
        world -> {
          start(world.world());
          world.disk().crashAfter(1);
          world.net().request(9000, SimRequest.post("/w", "a/b", new byte[9]), _ -> {});
          assertThatThrownBy(() -> world.scheduler().runUntilQuiet())
              .isInstanceOf(dev.tocsin.sim.turn.SimCrash.class);
          world.crash();
          start(world.world());
          world.scheduler().runUntilQuiet();
        });
  }
}
