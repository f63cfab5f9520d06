package dev.tocsin.agent.config;

import dev.tocsin.deliver.alertmanager.AlertmanagerConfig;
import dev.tocsin.deliver.destination.SecretUrl;
import dev.tocsin.deliver.relabel.RelabelConfig;
import dev.tocsin.yaml.Fields;
import dev.tocsin.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the section `alerting`: static Alertmanagers and `alert_relabel_configs`.
final class AlertingReader {
  private static final String[] DISCOVERIES = {
    "azure_sd_configs", "consul_sd_configs", "digitalocean_sd_configs", "dns_sd_configs",
    "docker_sd_configs", "dockerswarm_sd_configs", "ec2_sd_configs", "eureka_sd_configs",
    "file_sd_configs", "gce_sd_configs", "hetzner_sd_configs", "http_sd_configs",
    "ionos_sd_configs", "kubernetes_sd_configs", "kuma_sd_configs", "lightsail_sd_configs",
    "linode_sd_configs", "marathon_sd_configs", "nerve_sd_configs", "nomad_sd_configs",
    "openstack_sd_configs", "ovhcloud_sd_configs", "puppetdb_sd_configs", "scaleway_sd_configs",
    "serverset_sd_configs", "triton_sd_configs", "uyuni_sd_configs", "vultr_sd_configs"
  };
  private static final String[] CONNECTION = {
    "basic_auth",
    "authorization",
    "oauth2",
    "sigv4",
    "azuread",
    "tls_config",
    "proxy_url",
    "no_proxy",
    "proxy_from_environment",
    "proxy_connect_header",
    "follow_redirects",
    "enable_http2",
    "http_headers",
    "relabel_configs",
    "alert_relabel_configs"
  };

  private AlertingReader() {}

  static List<AlertmanagerConfig> read(Fields fields) {
    List<RelabelConfig> relabel = new ArrayList<>();
    fields.mappings("alert_relabel_configs").forEach(rule -> relabel.add(RelabelReader.read(rule)));
    List<AlertmanagerConfig> all = new ArrayList<>();
    fields.mappings("alertmanagers").forEach(entry -> all.add(alertmanager(entry, relabel)));
    fields.done();
    return all;
  }

  private static AlertmanagerConfig alertmanager(Fields fields, List<RelabelConfig> relabel) {
    String scheme = fields.word("scheme", "http", List.of("http", "https"));
    String prefix = fields.string("path_prefix", "/");
    long timeoutMs = GlobalConfig.positive(fields, "timeout", AlertmanagerConfig.TIMEOUT_MS);
    fields.word("api_version", "v2", List.of("v2"));
    List<String> targets = new ArrayList<>();
    for (Fields group : fields.mappings("static_configs")) {
      targets(group, scheme, targets);
    }
    Unsupported.report(fields, DISCOVERIES);
    Unsupported.report(fields, CONNECTION);
    fields.done();
    return new AlertmanagerConfig(scheme, prefix, timeoutMs, targets, relabel);
  }

  private static void targets(Fields group, String scheme, List<String> targets) {
    int index = 0;
    for (Node.Scalar target : group.texts("targets")) {
      String where = group.path("targets") + "[" + index++ + "]";
      Optional<String> mistake = mistake(scheme, target.text());
      mistake.ifPresent(
          text -> group.problem(target, where, text, "write host:port, as alertmanager:9093"));
      if (mistake.isEmpty()) {
        targets.add(target.text());
      }
    }
    Unsupported.report(group, "labels");
    group.done();
  }

  private static Optional<String> mistake(String scheme, String target) {
    if (target.contains("/")) {
      return Optional.of("\"" + target + "\" is not a valid hostname");
    }
    return SecretUrl.mistake(scheme + "://" + target).map(why -> "\"" + target + "\" " + why);
  }
}
