package dev.tocsin.agent;

import dev.tocsin.agent.health.Dependency;
import dev.tocsin.agent.health.Dependency.Cure;
import dev.tocsin.agent.health.Health;
import dev.tocsin.agent.health.Remembered;
import dev.tocsin.deliver.destination.DestinationHealth;
import dev.tocsin.deliver.destination.DestinationHealth.Reachable;
import dev.tocsin.deliver.send.Sender;
import dev.tocsin.deliver.send.SenderStats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// What an agent needs, and how each is asked.
final class Dependencies {
  /// From here on the ring counts as full, as sources are slowed down since long.
  private static final double RING_FULL = 0.99;

  /// How long what the data directory said is good for: it costs a forced write.
  private static final long DISK_GOOD_NANOS = 5_000_000_000L;

  /// From here on a sender counts as behind, milliseconds.
  private static final long SENDER_BEHIND_MS = 60_000;

  private Dependencies() {}

  static Health of(Agent agent) {
    Health health = new Health();
    health.add(() -> workers(agent));
    health.add(new Remembered(() -> dataDirectory(agent), agent.world().clock(), DISK_GOOD_NANOS));
    health.add(() -> journal(agent));
    health.add(() -> ring(agent));
    health.add(() -> rules(agent));
    health.add(() -> of("rule sources", Cure.OUTSIDE, agent.parts().ruleSources().problem()));
    int destinations = agent.parts().outbox().health().size();
    for (int i = 0; i < destinations; i++) {
      int index = i;
      health.add(() -> receiver(agent.parts().outbox().health().get(index)));
    }
    agent.parts().senders().forEach(sender -> health.add(() -> sender(sender)));
    return health;
  }

  private static Dependency of(String name, Cure cure, String reason) {
    return new Dependency(name, cure, reason);
  }

  private static Dependency workers(Agent agent) {
    return of("threads", Cure.RESTART, agent.deadWorker());
  }

  /// Writes a small file: whether a directory can be written is known only by writing.
  private static Dependency dataDirectory(Agent agent) {
    Path probe = agent.options().data().resolve("probe");
    try {
      agent.world().disk().replace(probe, "probe\n".getBytes(StandardCharsets.UTF_8));
      return Dependency.fine("data directory", Cure.OUTSIDE);
    } catch (IOException e) {
      String reason = "cannot be written: " + e.getMessage();
      return of("data directory", Cure.OUTSIDE, reason);
    }
  }

  private static Dependency journal(Agent agent) {
    return of("journal", Cure.OUTSIDE, agent.parts().durability().failure());
  }

  private static Dependency ring(Agent agent) {
    boolean full = agent.parts().ring().fill() >= RING_FULL;
    return of("ring", Cure.OUTSIDE, full ? "is full: more comes in than can be taken" : "");
  }

  private static Dependency rules(Agent agent) {
    List<String> lines = agent.parts().engine().reloadProblem().lines().toList();
    return of("rules", Cure.OUTSIDE, lines.isEmpty() ? "" : "refused: " + lines.getFirst());
  }

  private static Dependency sender(Sender sender) {
    SenderStats stats = sender.stats();
    boolean late = stats.behindMs() > SENDER_BEHIND_MS;
    String why = stats.failing().isEmpty() ? "" : ": " + stats.failing();
    String reason = late ? "is " + stats.behindMs() / 1000 + " s behind" + why : "";
    return of("sending to " + sender.config().name(), Cure.OUTSIDE, reason);
  }

  private static Dependency receiver(DestinationHealth health) {
    boolean down = health.reachable() == Reachable.NO;
    String reason = down ? "cannot be reached: " + health.lastFailure() : "";
    return of("receiver " + health.name(), Cure.OUTSIDE, reason);
  }
}
