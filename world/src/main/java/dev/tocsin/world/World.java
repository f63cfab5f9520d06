package dev.tocsin.world;

import dev.tocsin.world.chance.Chance;
import dev.tocsin.world.disk.Disk;
import dev.tocsin.world.host.Host;
import dev.tocsin.world.net.HttpCalling;
import dev.tocsin.world.net.HttpServing;
import dev.tocsin.world.schedule.Scheduler;
import dev.tocsin.world.time.Clock;

/// All of the outside that a program gets.
public record World(
    Clock clock,
    Disk disk,
    HttpServing serving,
    HttpCalling calling,
    Scheduler scheduler,
    Chance chance,
    Host host) {}
