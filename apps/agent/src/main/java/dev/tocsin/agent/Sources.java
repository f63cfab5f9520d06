package dev.tocsin.agent;

import dev.tocsin.agent.api.TargetsApi.Health;
import dev.tocsin.agent.api.TargetsApi.Target;
import dev.tocsin.agent.config.HostConfig;
import dev.tocsin.collect.host.HostSource;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.intake.Intake;
import dev.tocsin.store.Store;
import dev.tocsin.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every source the configuration asks for, and how each is shown.
final class Sources {
  private Sources() {}

  static Optional<HostSource> host(HostConfig config, World world, Intake intake) {
    if (!config.enabled()) {
      return Optional.empty();
    }
    dev.tocsin.collect.host.HostConfig all = dev.tocsin.collect.host.HostConfig.DEFAULT;
    return Optional.of(
        new HostSource(
            world,
            intake,
            new dev.tocsin.collect.host.HostConfig(
                Tenant.DEFAULT,
                config.job(),
                config.instance(),
                all.proc(),
                all.sys(),
                config.intervalMs(),
                all.mountTimeoutMs(),
                all.excluded())));
  }

  /// The sources as scrape targets, with what the store knows of their last collection.
  static List<Target> targets(Agent agent) {
    return agent.parts().host().map(source -> List.of(host(agent, source))).orElse(List.of());
  }

  private static Target host(Agent agent, HostSource source) {
    HostConfig config = agent.loaded().config().host();
    String name = agent.world().host().name();
    Labels labels =
        Labels.of(
            "job",
            config.job(),
            "instance",
            config.instance().isEmpty() ? name : config.instance());
    Store store = agent.parts().engine().store();
    int up = store.find(Tenant.DEFAULT, labels.toBuilder().set(Labels.METRIC_NAME, "up").build());
    int took =
        store.find(
            Tenant.DEFAULT,
            labels.toBuilder().set(Labels.METRIC_NAME, "scrape_duration_seconds").build());
    boolean known = up >= 0 && store.lastTimeMs(up) != Long.MIN_VALUE;
    Map<String, String> failures = source.stats().failures();
    return new Target(
        config.job(),
        labels,
        "host:" + name,
        failures.isEmpty() ? "" : failures.toString(),
        known ? store.lastTimeMs(up) : 0,
        took >= 0 ? store.lastValue(took) : 0,
        !known ? Health.UNKNOWN : store.lastValue(up) == 1 ? Health.UP : Health.DOWN,
        config.intervalMs());
  }
}
