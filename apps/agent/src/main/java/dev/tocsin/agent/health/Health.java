package dev.tocsin.agent.health;

import dev.tocsin.agent.health.Dependency.Cure;
import dev.tocsin.model.json.JsonWriter;
import dev.tocsin.world.net.HttpReply;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Answers the probes from what each dependency says at that moment.
public final class Health {
  private final List<Supplier<Dependency>> dependencies = new ArrayList<>();

  /// Called while the agent is put together.
  public Health add(Supplier<Dependency> dependency) {
    dependencies.add(dependency);
    return this;
  }

  public List<Dependency> now() {
    return dependencies.stream().map(Supplier::get).toList();
  }

  /// `/healthz` and `/-/ready`: 503 where anything is missing, with the reasons.
  public HttpReply ready() {
    return reply(now());
  }

  /// `/-/healthy`: 503 only for what a restart would cure.
  public HttpReply alive() {
    return reply(now().stream().filter(one -> one.cure() == Cure.RESTART).toList());
  }

  private static HttpReply reply(List<Dependency> all) {
    boolean fine = all.stream().allMatch(Dependency::isFine);
    JsonWriter json = new JsonWriter().beginObject().field("status", fine ? "ok" : "unavailable");
    json.name("dependencies").beginArray();
    for (Dependency one : all) {
      json.beginObject().field("name", one.name()).field("ok", one.isFine());
      if (!one.isFine()) {
        json.field("reason", one.reason());
      }
      json.endObject();
    }
    return HttpReply.json(fine ? 200 : 503, json.endArray().endObject() + "\n");
  }
}
