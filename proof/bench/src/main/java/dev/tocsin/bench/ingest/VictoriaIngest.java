package dev.tocsin.bench.ingest;

import dev.tocsin.bench.peer.PeerProgram;
import dev.tocsin.bench.peer.VictoriaDatabase;
import dev.tocsin.bench.process.ProcessFigures;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// A single-node VictoriaMetrics.
public record VictoriaIngest() implements IngestSubject {
  @Override
  public String name() {
    return "VictoriaMetrics";
  }

  @Override
  public List<String> description() {
    return List.of(
        PeerProgram.VICTORIA_METRICS.version()
            + ", flags: `"
            + String.join(" ", VictoriaDatabase.flags())
            + "`. A write is answered when it is in memory.");
  }

  @Override
  public Running start(Path folder) {
    return new Started(VictoriaDatabase.start(folder));
  }

  private record Started(VictoriaDatabase peer) implements Running {
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
      String inserted = "vm_rows_inserted_total";
      return (long) Asked.metric(peer.address(), inserted, "type=\"promremotewrite\"");
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
