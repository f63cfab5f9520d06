package dev.tocsin.world;

import dev.tocsin.world.chance.Chance;
import dev.tocsin.world.disk.Disk;
import dev.tocsin.world.host.Host;
import dev.tocsin.world.net.HttpCalling;
import dev.tocsin.world.net.HttpServing;
import dev.tocsin.world.schedule.Scheduler;
import dev.tocsin.world.time.Clock;

/// All of the outside that a program gets. Closing it ends what runs in the background; workers and
/// listeners are closed by their own handles before.
public record World(
    Clock clock,
    Disk disk,
    HttpServing serving,
    HttpCalling calling,
    Scheduler scheduler,
    Chance chance,
    Host host)
    implements AutoCloseable {
  @Override
  public void close() {
    calling.close();
    scheduler.close();
  }
}
