package dev.tocsin.agent;

import dev.tocsin.agent.config.AgentConfig;
import dev.tocsin.agent.config.SendTarget;
import dev.tocsin.deliver.otlp.OtlpMetrics;
import dev.tocsin.deliver.remotewrite.RemoteWriteV1;
import dev.tocsin.deliver.remotewrite.RemoteWriteV2;
import dev.tocsin.deliver.send.SampleFormat;
import dev.tocsin.deliver.send.SendConfig;
import dev.tocsin.deliver.send.Sender;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.pipeline.journal.Journal;
import dev.tocsin.pipeline.journal.cursor.Holds;
import dev.tocsin.pipeline.journal.cursor.PositionFile;
import dev.tocsin.world.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Everybody whom all samples are sent on to, as the configuration says.
final class Senders {
  /// Bytes of the disk; with less left nothing of the journal is kept for senders.
  private static final long FREE_BYTES_MIN = 256L << 20;

  private Senders() {}

  /// @param data the data folder
  /// @param recoverySeq the first input that a recovery reads
  static List<Sender> open(
      AgentConfig config,
      World world,
      Path data,
      Journal journal,
      SeriesNames names,
      long recoverySeq,
      Consumer<String> print)
      throws IOException {
    List<Sender> all = new ArrayList<>();
    if (config.sendTargets().isEmpty()) {
      return all;
    }
    Holds.Limits limits = new Holds.Limits(config.journal().sendersBytesMax(), FREE_BYTES_MIN);
    Holds holds = new Holds(journal.segments(), world.disk(), data, limits, recoverySeq);
    Path folder = data.resolve("send");
    world.disk().createDirectories(folder);
    for (SendTarget one : config.sendTargets()) {
      SendConfig send = one.send().withExternal(config.global().external());
      PositionFile file = new PositionFile(world.disk(), folder.resolve(send.name() + ".position"));
      all.add(
          Sender.open(
              send, format(one.protocol()), world, names, journal::durableSeq, holds, file, print));
    }
    return all;
  }

  private static SampleFormat format(SendTarget.Protocol protocol) {
    return switch (protocol) {
      case REMOTE_WRITE_1 -> new RemoteWriteV1();
      case REMOTE_WRITE_2 -> new RemoteWriteV2();
      case OTLP -> new OtlpMetrics();
    };
  }
}
