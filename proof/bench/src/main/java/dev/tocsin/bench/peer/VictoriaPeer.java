package dev.tocsin.bench.peer;

import dev.tocsin.bench.process.FreePort;
import dev.tocsin.bench.process.ProcessRun;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A single-node VictoriaMetrics on a free port, and a vmalert that evaluates rules on it.
public final class VictoriaPeer implements AutoCloseable {
  private static final Duration READY_LIMIT = Duration.ofSeconds(60);

  private final VictoriaDatabase database;
  private final Server rules;

  private VictoriaPeer(VictoriaDatabase database, Server rules) {
    this.database = database;
    this.rules = rules;
  }

  /// Of vmalert: no delay of queries, and alerts are not written back, which would only cost time.
  public static List<String> rulesFlags() {
    return List.of("-rule.evalDelay=0s", "-loggerLevel=WARN");
  }

  /// Starts both in the folder and waits until they are ready.
  ///
  /// @param rules the name of a file in the folder
  public static VictoriaPeer start(Path folder, String rules, URI alertmanager) {
    VictoriaDatabase database = VictoriaDatabase.start(folder);
    try {
      int rulesPort = FreePort.find();
      List<String> second = new java.util.ArrayList<>();
      second.add(PeerProgram.VMALERT.required());
      second.add("-rule=" + folder.resolve(rules));
      second.add("-datasource.url=" + database.address());
      second.add("-notifier.url=" + alertmanager);
      second.add("-httpListenAddr=127.0.0.1:" + rulesPort);
      second.addAll(rulesFlags());
      ProcessRun run = ProcessRun.start(folder, Map.of(), second);
      Server evaluator = new Server(Server.loopback(rulesPort), run);
      return new VictoriaPeer(database, evaluator.untilReady("/health", READY_LIMIT));
    } catch (IllegalStateException e) {
      database.close();
      throw e;
    }
  }

  public URI writeAddress() {
    return database.writeAddress();
  }

  public URI rulesAddress() {
    return rules.address();
  }

  public ProcessRun databaseRun() {
    return database.run();
  }

  public ProcessRun rulesRun() {
    return rules.run();
  }

  @Override
  public void close() {
    rules.close();
    database.close();
  }
}
