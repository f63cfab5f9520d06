package dev.tocsin.agent.config;

import dev.tocsin.yaml.Fields;

/// Options that Prometheus and Alertmanager have and this version does not: named in an error,
/// since ignoring one would change what a file means.
final class Unsupported {
  private Unsupported() {}

  static void report(Fields fields, String... keys) {
    for (String key : keys) {
      fields
          .take(key)
          .ifPresent(
              node ->
                  fields.problem(
                      node, fields.path(key), "is not supported by this version", "remove it"));
    }
  }
}
