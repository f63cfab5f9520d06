package dev.tocsin.deliver.send;

import static dev.tocsin.deliver.send.SendingLife.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.deliver.relabel.RelabelAction;
import dev.tocsin.deliver.relabel.RelabelConfig;
import dev.tocsin.deliver.send.Received.Sample;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.pipeline.journal.cursor.Holds;
import dev.tocsin.sim.Simulation;
import dev.tocsin.sim.net.NetFaults;
import dev.tocsin.world.net.HttpReply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// In virtual time, with a journal on a simulated disk and a receiver on a simulated network.
@Timeout(120)
class SenderTest {
  private static final String[] SERIES =
      IntStream.range(0, 50).mapToObj(i -> "s" + i).toArray(String[]::new);

  private static SendConfig config() {
    return SendingLife.config(SendingLife.queue());
  }

  private static void assertOrder(Received receiver) {
    receiver
        .bySeries()
        .forEach(
            (series, samples) ->
                assertThat(samples).extracting(Sample::value).as(series).isSorted());
  }

  private static void assertNoneMissing(List<Sample> samples, List<Sample> among) {
    Set<Sample> missing = new LinkedHashSet<>(samples);
    missing.removeAll(new HashSet<>(among));
    assertThat(missing.stream().limit(5).toList())
        .as("%s of %s are missing; some", missing.size(), samples.size())
        .isEmpty();
  }

  @Test
  void allIsSentOnceInOrder() {
    Simulation.runMany(
        3,
        world -> {
          SendingLife life = SendingLife.of(world, config());
          life.start();
          life.putFor(20 * SECOND, SECOND / 10, SERIES);
          world.scheduler().runFor(5 * SECOND);
          assertThat(life.put).hasSize(10_000);
          assertThat(life.receiver.accepted.equals(life.put))
              .as("%s accepted of %s", life.receiver.accepted.size(), life.put.size())
              .isTrue();
          assertThat(life.receiver.sizes).allMatch(size -> size <= 1_000);
          SenderStats stats = life.sender().stats();
          assertThat(stats.sent()).isEqualTo(10_000);
          assertThat(stats.waiting()).isZero();
          assertThat(stats.behindMs()).isZero();
          assertThat(stats.newestSentMs()).isEqualTo(life.put.getLast().timeMs());
          assertThat(life.log).isEmpty();
        });
  }

  @Test
  void aReceiverThatIsAwayForAnHourMissesNothing() {
    Simulation.run(
        7,
        world -> {
          SendingLife life = SendingLife.of(world, config());
          life.start();
          life.putFor(10 * SECOND, SECOND, SERIES);
          world.net().removePeer(SendingLife.PLACE);
          for (int minute = 0; minute < 60; minute++) {
            life.putFor(60 * SECOND, 5 * SECOND, SERIES);
            life.checkpoint();
          }
          assertThat(life.sender().stats().behindMs()).isGreaterThan(3_500_000);
          assertThat(life.sender().stats().failing()).contains("connection refused");
          assertThat(life.journal().stats().segments()).isGreaterThan(2);
          world.net().peer(SendingLife.PLACE, life.receiver);
          life.putFor(60 * SECOND, SECOND, SERIES);
          world.scheduler().runFor(10 * SECOND);
          assertThat(life.receiver.accepted.equals(life.put))
              .as("%s accepted of %s", life.receiver.accepted.size(), life.put.size())
              .isTrue();
          assertThat(life.sender().stats().behindMs()).isZero();
          assertThat(life.sender().stats().passed().all()).isZero();
        });
  }

  @Test
  void noCrashTakesWhatIsDurable() {
    Simulation.runMany(
        15,
        world -> {
          world.net().faults(NetFaults.BAD);
          SendingLife life = SendingLife.of(world, config());
          for (int crash = 0; crash < 6; crash++) {
            life.start();
            life.putFor(world.chance().between(1, 12) * SECOND, SECOND / 20, SERIES);
            List<Sample> durable = life.durable();
            if (world.chance().oneIn(2)) {
              world.crash();
            } else {
              world.kill();
            }
            assertNoneMissing(durable, life.put);
          }
          life.start();
          List<Sample> all = List.copyOf(life.put);
          world.scheduler().runFor(300 * SECOND);
          assertNoneMissing(all, life.receiver.accepted);
          // Sent again is what was not known to be accepted, from there on in order.
          for (List<Sample> samples : life.receiver.bySeries().values()) {
            List<Sample> once = new ArrayList<>(new LinkedHashSet<>(samples));
            assertThat(once).extracting(Sample::value).isSorted();
          }
          assertThat(life.sender().stats().passed().all()).isZero();
        });
  }

  @Test
  void aStopAndAStartSendNothingTwice() {
    Simulation.run(
        3,
        world -> {
          SendingLife life = SendingLife.of(world, config());
          for (int run = 0; run < 4; run++) {
            life.start();
            life.putFor(5 * SECOND, SECOND / 10, SERIES);
            world.scheduler().runFor(3 * SECOND);
            life.stop();
          }
          assertThat(life.receiver.accepted.equals(life.put))
              .as("%s accepted of %s", life.receiver.accepted.size(), life.put.size())
              .isTrue();
        });
  }

  @Test
  void tooManyRequestsMeansLater() {
    Simulation.run(
        4,
        world -> {
          SendingLife life = SendingLife.of(world, config());
          life.receiver.answer = _ -> new HttpReply(429, Map.of("Retry-After", "20"), new byte[0]);
          life.start();
          life.putFor(15 * SECOND, SECOND, SERIES);
          assertThat(life.receiver.requests).isEqualTo(1);
          life.receiver.answer = _ -> HttpReply.empty(200);
          world.scheduler().runFor(30 * SECOND);
          assertThat(life.receiver.accepted.equals(life.put))
              .as("%s accepted of %s", life.receiver.accepted.size(), life.put.size())
              .isTrue();
          assertThat(life.sender().stats().retried()).isPositive();
        });
  }

  @Test
  void tooManyRequestsIsARefusalWhereThatIsAskedFor() {
    Simulation.run(
        4,
        world -> {
          QueueConfig q = new QueueConfig(2_000, 1, 1, 1_000, 1_000, 30, 5_000, false, 0);
          SendingLife life = SendingLife.of(world, SendingLife.config(q));
          life.receiver.answer = _ -> HttpReply.empty(429);
          life.start();
          life.putFor(3 * SECOND, SECOND, SERIES);
          world.scheduler().runFor(3 * SECOND);
          assertThat(life.sender().stats().dropped())
              .as(life.sender().stats() + " " + life.log + life.receiver.requests)
              .isEqualTo(Map.of(Dropped.REFUSED, 150L));
        });
  }

  @Test
  void whatIsRefusedIsCountedAndToldAndKeepsNothingElseBack() {
    Simulation.run(
        5,
        world -> {
          QueueConfig q = new QueueConfig(2_000, 8, 8, 100, 500, 30, 5_000, true, 0);
          SendingLife life = SendingLife.of(world, SendingLife.config(q));
          String bad = SendingLife.shown("s7");
          life.receiver.answer =
              samples ->
                  samples.stream().anyMatch(one -> one.series().equals(bad))
                      ? HttpReply.text(400, "label \"s7\" is too long\n")
                      : HttpReply.empty(200);
          life.start();
          life.putFor(100 * SECOND, SECOND, SERIES);
          world.scheduler().runFor(5 * SECOND);
          SenderStats stats = life.sender().stats();
          long refused = stats.dropped().getOrDefault(Dropped.REFUSED, 0L);
          assertThat(refused).isGreaterThanOrEqualTo(100).isLessThan(2_500);
          assertThat(stats.sent() + refused).isEqualTo(life.put.size());
          assertThat(life.receiver.accepted).hasSize((int) stats.sent());
          assertThat(life.receiver.bySeries()).doesNotContainKey(bad).hasSizeGreaterThan(25);
          assertThat(life.receiver.bySeries().values()).allMatch(one -> one.size() == 100);
          assertThat(life.log)
              .hasSize(2)
              .allMatch(line -> line.contains("400: label \"s7\" is too long"));
        });
  }

  @Test
  void moreShardsComeWhenItFallsBehindAndTheOrderHolds() {
    Simulation.run(
        6,
        world -> {
          world.net().faults(new NetFaults(200_000_000, 300_000_000, 0, 0, 0));
          QueueConfig q = new QueueConfig(500, 1, 8, 100, 1_000, 30, 5_000, true, 0);
          SendingLife life = SendingLife.of(world, SendingLife.config(q));
          life.start();
          life.putFor(120 * SECOND, SECOND / 10, SERIES);
          assertThat(life.sender().stats().shards()).isGreaterThanOrEqualTo(2);
          world.scheduler().runFor(200 * SECOND);
          assertThat(life.sender().stats().waiting()).isZero();
          assertNoneMissing(life.put, life.receiver.accepted);
          assertThat(life.receiver.accepted).hasSameSizeAs(life.put);
          assertOrder(life.receiver);
          world.scheduler().runFor(2_000 * SECOND);
          assertThat(life.sender().stats().shards()).isEqualTo(1);
        });
  }

  @Test
  void theNewestComesFirstWhereThatIsAskedFor() {
    Simulation.run(
        8,
        world -> {
          SendConfig c = config();
          SendConfig newest =
              new SendConfig(
                  c.name(),
                  c.url(),
                  c.timeoutMs(),
                  c.headers(),
                  c.external(),
                  c.relabel(),
                  c.queue(),
                  false,
                  true);
          SendingLife life = SendingLife.of(world, newest);
          life.start();
          world.net().removePeer(SendingLife.PLACE);
          for (int minute = 0; minute < 30; minute++) {
            life.putFor(60 * SECOND, SECOND, SERIES);
            life.checkpoint();
          }
          int missed = life.put.size();
          world.net().peer(SendingLife.PLACE, life.receiver);
          world.net().faults(new NetFaults(400_000_000, 500_000_000, 0, 0, 0));
          life.putFor(20 * SECOND, SECOND, SERIES);
          // Once what waited in memory is gone, what is new leaves at once.
          Sample recent = life.put.get(life.put.size() - 8 * SERIES.length);
          assertNoneMissing(List.of(recent), life.receiver.accepted);
          assertThat(life.receiver.accepted.size()).isLessThan(missed / 2);
          assertThat(life.sender().stats().ranges()).isGreaterThan(1);
          world.kill();
          life.start();
          world.scheduler().runFor(300 * SECOND);
          assertNoneMissing(life.put, life.receiver.accepted);
          assertThat(life.receiver.accepted.size()).isLessThan(life.put.size() + 15_000);
          assertThat(life.sender().stats().ranges()).isEqualTo(1);
        });
  }

  @Test
  void aSenderTooFarBehindGoesOnWithWhatIsKept() {
    Simulation.run(
        9,
        world -> {
          SendingLife life = new SendingLife(world, config(), new Holds.Limits(1 << 20, 0));
          life.start();
          world.net().removePeer(SendingLife.PLACE);
          for (int i = 0; i < 20; i++) {
            life.putFor(100 * SECOND, SECOND, SERIES);
            life.checkpoint();
          }
          world.scheduler().runFor(10 * SECOND);
          assertThat(life.journal().segments().heldBytes(1)).isLessThanOrEqualTo(5 << 18);
          assertThat(life.log).hasSize(1).allMatch(line -> line.contains("too far behind"));
          world.net().peer(SendingLife.PLACE, life.receiver);
          world.scheduler().runFor(30 * SECOND);
          long left = life.sender().stats().passed().limited();
          assertThat(left).isPositive();
          assertThat(life.receiver.accepted).hasSize(life.put.size() - (int) left * SERIES.length);
          assertThat(life.receiver.accepted).endsWith(life.put.getLast());
        });
  }

  @Test
  void labelsAreAddedAndRewrittenAsPrometheusDoes() {
    Simulation.run(
        10,
        world -> {
          SendConfig c = config();
          RelabelConfig d = RelabelConfig.DEFAULT;
          RelabelConfig drop =
              new RelabelConfig(
                  List.of("series", "cluster"),
                  ";",
                  "",
                  "s3;eu",
                  0,
                  d.replacement(),
                  RelabelAction.DROP);
          RelabelConfig copy =
              new RelabelConfig(
                  List.of("cluster"), ";", "zone", "(.*)", 0, "$1-1", RelabelAction.REPLACE);
          SendConfig rewriting =
              new SendConfig(
                  c.name(),
                  c.url(),
                  c.timeoutMs(),
                  Map.of("X-Scope-OrgID", "7"),
                  Labels.of("cluster", "eu", "series", "unused"),
                  List.of(drop, copy),
                  c.queue(),
                  false,
                  false);
          SendingLife life = SendingLife.of(world, rewriting);
          life.start();
          life.putFor(5 * SECOND, SECOND, "s1", "s2", "s3");
          world.scheduler().runFor(3 * SECOND);
          assertThat(life.receiver.bySeries().keySet())
              .containsExactly(
                  "__name__=counted cluster=eu series=s1 zone=eu-1",
                  "__name__=counted cluster=eu series=s2 zone=eu-1");
          assertThat(life.sender().stats().dropped()).isEqualTo(Map.of(Dropped.RELABEL, 5L));
          assertThat(life.receiver.headers)
              .allMatch(
                  all ->
                      "7".equals(all.get("x-scope-orgid"))
                          && "snappy".equals(all.get("content-encoding"))
                          && "0.1.0".equals(all.get("x-prometheus-remote-write-version")));
        });
  }
}
