package dev.tocsin.bench.ingest;

import dev.tocsin.bench.peer.PeerProgram;
import dev.tocsin.bench.peer.PrometheusPeer;
import dev.tocsin.bench.process.ProcessFigures;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// Prometheus as a receiver of remote write, without rules and targets.
public record PrometheusIngest() implements IngestSubject {
  @Override
  public String name() {
    return "Prometheus";
  }

  @Override
  public List<String> description() {
    return List.of(
        PeerProgram.PROMETHEUS.version()
            + ", flags: `"
            + String.join(" ", PrometheusPeer.flags())
            + "`. A write is answered before fsync.");
  }

  @Override
  public Running start(Path folder) {
    return new Started(PrometheusPeer.start(folder, "global: {}\n"));
  }

  private record Started(PrometheusPeer peer) implements Running {
    @Override
    public URI writeAddress() {
      return peer.writeAddress();
    }

    @Override
    public ProcessFigures figures() {
      return peer.run().figures();
    }

    @Override
    public long samples() {
      return (long) Asked.metric(peer.address(), "prometheus_tsdb_head_samples_appended_total", "");
    }

    @Override
    public Stored stored(int series, long lastMs) {
      return Asked.stored(peer.address(), samples(), series, lastMs);
    }

    @Override
    public void close() {
      peer.close();
    }
  }
}
