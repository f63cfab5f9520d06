package dev.tocsin.world.real;

import dev.tocsin.world.World;
import dev.tocsin.world.real.disk.RealDisk;
import dev.tocsin.world.real.http.RealCalling;
import dev.tocsin.world.real.http.RealServing;
import dev.tocsin.world.real.schedule.Alarms;
import dev.tocsin.world.real.schedule.RealScheduler;

/// Makes the real world. Nothing starts before it is used; what runs in the background does not
/// keep the process alive, only workers do.
public final class RealWorld {
  private RealWorld() {}

  public static World open() {
    RealClock clock = new RealClock();
    RealDisk disk = new RealDisk();
    Alarms alarms = new Alarms();
    return new World(
        clock,
        disk,
        new RealServing(clock, alarms),
        new RealCalling(clock, alarms),
        new RealScheduler(clock, alarms),
        new RealChance(),
        new RealHost(disk));
  }
}
