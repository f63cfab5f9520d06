package dev.tocsin.bench.footprint;

import dev.tocsin.bench.peer.ProjectTree;
import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.process.WorkFolder;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// Tocsin's default job: no file, data in a temporary folder.
public final class TocsinFootprint implements FootprintSubject {
  private final boolean launcher;

  /// @param launcher whether the start is timed from `./tocsin`, not from java
  public TocsinFootprint(boolean launcher) {
    this.launcher = launcher;
  }

  @Override
  public String name() {
    return launcher ? "Tocsin, from ./tocsin" : "Tocsin, from java";
  }

  @Override
  public List<String> description() {
    return launcher
        ? List.of()
        : List.of(
            "Tocsin of this checkout, MALLOC_ARENA_MAX=1, JVM "
                + Runtime.version()
                + ", shipped options: `"
                + String.join(" ", ProjectTree.agentFlags())
                + "`");
  }

  private TocsinAgent start(WorkFolder folder) {
    TocsinAgent.Setup setup = TocsinAgent.Setup.in(folder.path());
    return (launcher ? setup : setup.directly()).start().untilReady();
  }

  @Override
  public long startNanos() {
    try (WorkFolder folder = WorkFolder.make("footprint");
        TocsinAgent agent = start(folder)) {
      return System.nanoTime() - agent.run().startedNanos();
    }
  }

  @Override
  public Measured run(Duration idle, int requests) throws IOException {
    try (WorkFolder folder = WorkFolder.make("footprint");
        TocsinAgent agent = start(folder)) {
      URI address = agent.address();
      return FootprintSubject.measure(
          idle, requests, agent.run()::figures, address.resolve("/metrics"), address.resolve("/"));
    }
  }
}
