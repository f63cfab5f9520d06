package dev.tocsin.agent;

import dev.tocsin.agent.api.Router;
import dev.tocsin.world.net.HttpReply;

/// `/-/reload` and `/-/quit`: what an operator does to a running agent. Answers as Prometheus does;
/// the answer to a reload also says what people should know.
final class Lifecycle {
  private Lifecycle() {}

  /// @param quit asks for the end of the process; returns at once
  static void add(Router router, boolean enabled, Reloads reloads, Runnable quit) {
    HttpReply closed = HttpReply.text(403, "Lifecycle API is not enabled.\n");
    router.add("POST PUT", "/-/reload", _ -> enabled ? answer(reloads.reload()) : closed);
    router.add(
        "POST PUT",
        "/-/quit",
        _ -> {
          if (!enabled) {
            return closed;
          }
          quit.run();
          return HttpReply.text(200, "Requesting termination... Goodbye!\n");
        });
  }

  private static HttpReply answer(Reloads.Result result) {
    if (result.isFine()) {
      return HttpReply.text(200, String.join("\n", result.notes()) + "\n");
    }
    String problems = String.join("\n", result.problems());
    return HttpReply.text(500, "failed to reload config:\n" + problems + "\n");
  }
}
