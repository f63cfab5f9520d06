package dev.tocsin.agent;

import dev.tocsin.agent.config.HostConfig;
import dev.tocsin.collect.host.HostSource;
import dev.tocsin.pipeline.intake.Intake;
import dev.tocsin.world.World;

/// Every source the configuration asks for.
final class Sources {
  private Sources() {}

  static HostSource host(HostConfig config, World world, Intake intake) {
    throw new UnsupportedOperationException();
  }
}
