package dev.tocsin.agent.config;

import dev.tocsin.agent.config.AgentConfig.NotifyConfig;
import dev.tocsin.deliver.destination.SecretUrl;
import dev.tocsin.deliver.webhook.RouteConfig;
import dev.tocsin.deliver.webhook.WebhookConfig;
import dev.tocsin.model.text.Suggestion;
import dev.tocsin.yaml.Fields;
import dev.tocsin.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the section `notify`, in the syntax of `alertmanager.yml`: one route that tells each alert
/// alone, and receivers with webhooks.
final class NotifyReader {
  private static final String ONE_BY_ONE = "...";
  private static final String[] OTHER_SECTIONS = {
    "global", "templates", "inhibit_rules", "mute_time_intervals", "time_intervals"
  };
  private static final String[] OTHER_ROUTE_KEYS = {
    "routes",
    "match",
    "match_re",
    "matchers",
    "continue",
    "mute_time_intervals",
    "active_time_intervals"
  };
  private static final String[] OTHER_RECEIVERS = {
    "discord_configs",
    "email_configs",
    "incidentio_configs",
    "jira_configs",
    "mattermost_configs",
    "msteams_configs",
    "msteamsv2_configs",
    "opsgenie_configs",
    "pagerduty_configs",
    "pushover_configs",
    "rocketchat_configs",
    "slack_configs",
    "sns_configs",
    "telegram_configs",
    "victorops_configs",
    "webex_configs",
    "wechat_configs"
  };

  private final Fields fields;

  private NotifyReader(Fields fields) {
    this.fields = fields;
  }

  static NotifyConfig read(Fields fields) {
    return new NotifyReader(fields).read();
  }

  private NotifyConfig read() {
    Map<String, List<WebhookConfig>> receivers = receivers();
    Optional<Fields> route = fields.mapping("route");
    if (route.isEmpty()) {
      String hint = "add route: with receiver: and group_by: ['...']";
      fields.problem(fields.place(), fields.path("route"), "must be given", hint);
    }
    RouteConfig config = route.map(r -> route(r, receivers)).orElse(RouteConfig.to(""));
    Unsupported.report(fields, OTHER_SECTIONS);
    fields.done();
    return new NotifyConfig(config, receivers);
  }

  private RouteConfig route(Fields route, Map<String, List<WebhookConfig>> receivers) {
    Node place = route.place();
    Optional<Node.Scalar> name = route.scalar("receiver");
    String receiver = name.map(Node.Scalar::text).orElse("");
    if (receiver.isEmpty()) {
      route.problem(place, route.path("receiver"), "must be given and not be empty", "");
    } else if (!receivers.containsKey(receiver)) {
      String hint = Suggestion.didYouMean(receiver, receivers.keySet());
      String message = "\"" + receiver + "\" is not among the receivers";
      route.problem(name.<Node>map(n -> n).orElse(place), route.path("receiver"), message, hint);
    }
    groupBy(route);
    long waitMs = route.durationMs("group_wait", RouteConfig.GROUP_WAIT_MS);
    long intervalMs = GlobalConfig.positive(route, "group_interval", RouteConfig.GROUP_INTERVAL_MS);
    long repeatMs = GlobalConfig.positive(route, "repeat_interval", RouteConfig.REPEAT_INTERVAL_MS);
    Unsupported.report(route, OTHER_ROUTE_KEYS);
    route.done();
    return new RouteConfig(receiver, List.of(ONE_BY_ONE), waitMs, intervalMs, repeatMs);
  }

  private static void groupBy(Fields route) {
    Node place = route.place();
    List<Node.Scalar> labels = route.texts("group_by");
    boolean oneByOne = labels.size() == 1 && labels.getFirst().text().equals(ONE_BY_ONE);
    if (!oneByOne) {
      Node at = labels.isEmpty() ? place : labels.getFirst();
      String message = "grouping is not supported by this version: each alert is told alone";
      route.problem(at, route.path("group_by"), message, "write group_by: ['...']");
    }
  }

  private Map<String, List<WebhookConfig>> receivers() {
    Map<String, List<WebhookConfig>> receivers = new LinkedHashMap<>();
    for (Fields receiver : fields.mappings("receivers")) {
      String name = receiver.required("name");
      List<WebhookConfig> webhooks = new ArrayList<>();
      receiver.mappings("webhook_configs").forEach(w -> webhook(w).ifPresent(webhooks::add));
      Unsupported.report(receiver, OTHER_RECEIVERS);
      receiver.done();
      if (receivers.put(name, List.copyOf(webhooks)) != null) {
        String message = "the receiver \"" + name + "\" is there twice";
        receiver.problem(receiver.place(), receiver.path("name"), message, "");
      }
    }
    return receivers;
  }

  private static Optional<WebhookConfig> webhook(Fields fields) {
    Node place = fields.place();
    boolean sendResolved = fields.bool("send_resolved", true);
    long timeoutMs = fields.durationMs("timeout", WebhookConfig.TIMEOUT_MS);
    int maxAlerts = (int) fields.integer("max_alerts", 0, 0, Integer.MAX_VALUE);
    Unsupported.report(fields, "http_config", "url_file", "payload");
    Optional<Node.Scalar> url = fields.scalar("url");
    fields.done();
    // The address may hold a token: errors name it, and never repeat it.
    Optional<String> mistake =
        url.isEmpty() ? Optional.of("must be given") : SecretUrl.mistake(url.get().text());
    if (mistake.isPresent()) {
      Node at = url.<Node>map(n -> n).orElse(place);
      String hint = "write an address as http://host:port/path";
      fields.problem(at, fields.path("url"), mistake.get(), hint);
      return Optional.empty();
    }
    long boundedMs = timeoutMs <= 0 ? WebhookConfig.TIMEOUT_MS : timeoutMs;
    SecretUrl address = SecretUrl.of(url.orElseThrow().text());
    return Optional.of(
        new WebhookConfig(address, sendResolved, maxAlerts, boundedMs, java.util.Map.of()));
  }
}
