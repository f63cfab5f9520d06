package dev.tocsin.bench.ingest;

import dev.tocsin.bench.peer.PeerProgram;
import dev.tocsin.bench.peer.VmagentPeer;
import dev.tocsin.bench.process.ProcessFigures;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// A vmagent, which stores nothing: it forwards to a sink in this process.
public record VmagentIngest() implements IngestSubject {
  @Override
  public String name() {
    return "vmagent (forwards only)";
  }

  @Override
  public List<String> description() {
    return List.of(
        PeerProgram.VMAGENT.version()
            + ", flags: `"
            + String.join(" ", VmagentPeer.flags())
            + "`. It forwards to a sink in the measuring process that reads and discards.");
  }

  @Override
  public Running start(Path folder) {
    DiscardingSink sink = DiscardingSink.open();
    return new Started(VmagentPeer.start(folder, sink.address()), sink);
  }

  private record Started(VmagentPeer peer, DiscardingSink sink) implements Running {
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
      String inserted = "vmagent_rows_inserted_total";
      return (long) Asked.metric(peer.address(), inserted, "type=\"promremotewrite\"");
    }

    @Override
    public Stored stored(int series, long lastMs) {
      return new Stored(samples(), -1, Double.NaN);
    }

    @Override
    public String note() {
      return "%.1f MiB forwarded, %.1f MiB not yet"
          .formatted(
              sink.bytes() / 1048576.0,
              Asked.metric(peer.address(), "vmagent_remotewrite_pending_data_bytes", "")
                  / 1048576.0);
    }

    @Override
    public void close() {
      peer.close();
      sink.close();
    }
  }
}
