package dev.tocsin.bench.ingest;

import dev.tocsin.bench.peer.ProjectTree;
import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.process.ProcessFigures;
import dev.tocsin.bench.process.ThreadTimes;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Tocsin, with the journal and without rules.
///
/// @param javaOptions for the agent's JVM, after the shipped ones; may be empty
public record TocsinIngest(String javaOptions) implements IngestSubject {
  private static final String CONFIG = "host: {enabled: false}\n";

  @Override
  public String name() {
    return "Tocsin";
  }

  @Override
  public List<String> description() {
    return List.of(
        "Tocsin of this checkout, started by `./tocsin agent` with the shipped JVM options: `"
            + String.join(" ", ProjectTree.agentFlags())
            + "`"
            + (javaOptions.isEmpty() ? "" : ", and after them `" + javaOptions + "`")
            + ". The host source is off. A write is answered after fsync of the journal, which keeps"
            + " its usual limit of size.");
  }

  @Override
  public Running start(Path folder) {
    return new Started(
        TocsinAgent.Setup.in(folder).javaOptions(javaOptions).config(CONFIG).start().untilReady());
  }

  private record Started(TocsinAgent agent) implements Running {
    @Override
    public URI writeAddress() {
      return agent.writeAddress();
    }

    @Override
    public ProcessFigures figures() {
      return agent.run().figures();
    }

    @Override
    public Map<String, Duration> threadTimes() {
      return ThreadTimes.of(agent.run().pid());
    }

    @Override
    public long samples() {
      String applied = "tocsin_samples_applied_total";
      return (long) Asked.metric(agent.address(), applied, "durability=\"durable\"");
    }

    @Override
    public Stored stored(int series, long lastMs) {
      return Asked.stored(agent.address(), samples(), series, lastMs);
    }

    @Override
    public String note() {
      double failures = Asked.metric(agent.address(), "tocsin_journal_failures_total", "");
      return failures == 0 ? "" : "the journal failed %.0f times".formatted(failures);
    }

    @Override
    public void close() {
      agent.close();
    }
  }
}
