package dev.tocsin.bench.latency;

import dev.tocsin.bench.peer.AlertmanagerPeer;
import dev.tocsin.bench.peer.PeerProgram;
import dev.tocsin.bench.peer.VictoriaDatabase;
import dev.tocsin.bench.peer.VictoriaPeer;
import dev.tocsin.bench.process.ProcessFigures;
import dev.tocsin.bench.webhook.WebhookReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// VictoriaMetrics with vmalert and Alertmanager, set to be as quick as they can.
///
/// @param ruleInterval of the measured group, as it is written in the rule file
public record VictoriaSubject(String ruleInterval) implements Subject {
  public static boolean isInstalled() {
    return PeerProgram.VICTORIA_METRICS.isInstalled()
        && PeerProgram.VMALERT.isInstalled()
        && PeerProgram.ALERTMANAGER.isInstalled();
  }

  @Override
  public String name() {
    return "VictoriaMetrics + vmalert + Alertmanager";
  }

  @Override
  public List<String> description() {
    return List.of(
        PeerProgram.VICTORIA_METRICS.version()
            + ", flags: `"
            + String.join(" ", VictoriaDatabase.flags())
            + "`; "
            + PeerProgram.VMALERT.version()
            + ", flags: `"
            + String.join(" ", VictoriaPeer.rulesFlags())
            + "`. The same rule file; the measured group has `interval: "
            + ruleInterval
            + "`. Alertmanager as beside Prometheus.");
  }

  @Override
  public Running start(Path folder, LatencyOptions options, WebhookReceiver receiver) {
    try {
      Files.writeString(folder.resolve("rules.yml"), options.rules(ruleInterval));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    AlertmanagerPeer alertmanager =
        AlertmanagerPeer.start(folder, AlertmanagerPeer.oneByOne(receiver.url(), false));
    return new Started(
        VictoriaPeer.start(folder, "rules.yml", alertmanager.address()), alertmanager);
  }

  private record Started(VictoriaPeer victoria, AlertmanagerPeer alertmanager) implements Running {
    @Override
    public URI writeAddress() {
      return victoria.writeAddress();
    }

    @Override
    public URI alertsAddress() {
      return victoria.rulesAddress();
    }

    @Override
    public ProcessFigures figures() {
      return victoria
          .databaseRun()
          .figures()
          .plus(victoria.rulesRun().figures())
          .plus(alertmanager.run().figures());
    }

    @Override
    public void close() {
      victoria.close();
      alertmanager.close();
    }
  }
}
