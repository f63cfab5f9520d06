package dev.tocsin.sim;

import dev.tocsin.sim.chance.SimChance;
import dev.tocsin.sim.disk.SimDisk;
import dev.tocsin.sim.host.SimHost;
import dev.tocsin.sim.log.EventLog;
import dev.tocsin.sim.net.SimNet;
import dev.tocsin.sim.schedule.SimScheduler;
import dev.tocsin.sim.time.SimClock;
import dev.tocsin.world.World;

/// Everything outside the program, made of one seed. A program gets [#world]; a scenario makes time
/// pass, sends requests, breaks things, crashes the program and starts it again in the same world.
///
/// Used by one thread; the tasks of the program take turns with it.
public final class SimWorld implements AutoCloseable {
  private final long seed;
  private final SimChance scenarioChance;
  private final SimClock clock = new SimClock();
  private final SimScheduler scheduler;
  private final SimDisk disk;
  private final SimNet net;
  private final SimHost host = new SimHost();
  private final World world;

  public SimWorld(long seed) {
    this.seed = seed;
    SimChance chance = new SimChance(seed);
    this.scenarioChance = chance.stream("scenario");
    this.scheduler = new SimScheduler(clock, chance.stream("scheduler"));
    this.disk = new SimDisk(clock, chance.stream("disk"), scheduler.log());
    this.net = new SimNet(scheduler, clock, chance.stream("net"));
    this.world =
        new World(
            clock.behind(scheduler),
            disk,
            net.serving(),
            net.calling(),
            scheduler,
            chance.stream("program").behind(scheduler),
            host);
  }

  /// For the program. Not to be closed by it between two lives.
  public World world() {
    return world;
  }

  public long seed() {
    return seed;
  }

  /// A stream for the scenario's own decisions.
  public SimChance chance() {
    return scenarioChance;
  }

  public SimClock clock() {
    return clock;
  }

  public SimScheduler scheduler() {
    return scheduler;
  }

  public SimDisk disk() {
    return disk;
  }

  public SimNet net() {
    return net;
  }

  public SimHost host() {
    return host;
  }

  public EventLog log() {
    return scheduler.log();
  }

  /// The machine lost its power: workers, tasks, listeners and whatever was not forced are gone.
  /// Peers and clients outside live on.
  public void crash() {
    scheduler.crash();
    net.crash();
    disk.crash();
  }

  /// The process was killed: as [#crash], but the disk forgets nothing.
  public void kill() {
    scheduler.crash();
    net.crash();
    disk.processEnded();
  }

  /// Ends what still runs.
  @Override
  public void close() {
    scheduler.close();
  }
}
