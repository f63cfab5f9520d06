package dev.tocsin.agent;

import dev.tocsin.agent.config.AgentConfig;
import dev.tocsin.agent.config.AgentConfig.NotifyConfig;
import dev.tocsin.deliver.alertmanager.AlertmanagerConfig;
import dev.tocsin.deliver.alertmanager.AlertmanagerDestination;
import dev.tocsin.deliver.console.ConsoleDestination;
import dev.tocsin.deliver.destination.Destination;
import dev.tocsin.deliver.destination.Origin;
import dev.tocsin.deliver.webhook.WebhookConfig;
import dev.tocsin.deliver.webhook.WebhookDestination;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Everybody who is told, as the configuration says; the console always.
final class Destinations {
  private Destinations() {}

  static List<Destination> of(AgentConfig config, Origin origin, Consumer<String> console) {
    List<Destination> all = new ArrayList<>();
    all.add(new ConsoleDestination(console));
    config.notifying().ifPresent(notify -> webhooks(notify, origin, all));
    for (AlertmanagerConfig entry : config.alertmanagers()) {
      all.addAll(AlertmanagerDestination.of(entry, origin));
    }
    return all;
  }

  private static void webhooks(NotifyConfig notify, Origin origin, List<Destination> all) {
    String receiver = notify.route().receiver();
    List<WebhookConfig> webhooks = notify.receivers().getOrDefault(receiver, List.of());
    for (int i = 0; i < webhooks.size(); i++) {
      String name = webhooks.size() == 1 ? receiver : receiver + "/" + (i + 1);
      all.add(new WebhookDestination(name, webhooks.get(i), notify.route(), origin));
    }
  }
}
