package dev.tocsin.agent.config;

import dev.tocsin.yaml.Fields;

/// The section `host`: this machine as a source.
///
/// @param intervalMs between two collections
/// @param job the label `job` of every host series
/// @param instance the label `instance`; empty: the host's name
public record HostConfig(boolean enabled, long intervalMs, String job, String instance) {
  public static final HostConfig DEFAULT = new HostConfig(true, 1000, "node", "");

  static HostConfig read(Fields fields) {
    boolean enabled = fields.bool("enabled", true);
    long intervalMs = GlobalConfig.positive(fields, "interval", DEFAULT.intervalMs);
    String job = fields.string("job", DEFAULT.job);
    String instance = fields.string("instance", DEFAULT.instance);
    fields.done();
    return new HostConfig(enabled, Math.max(100, intervalMs), job, instance);
  }
}
