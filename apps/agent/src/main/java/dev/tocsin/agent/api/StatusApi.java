package dev.tocsin.agent.api;

import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;

/// `status/buildinfo`.
public final class StatusApi {
  /// The version of the sources this was built from.
  public static final String VERSION = "0.1.0";

  private StatusApi() {}

  /// The members of Prometheus's answer; Grafana asks for them to know what it talks to.
  public static HttpReply buildInfo(HttpRequest request) {
    return ApiReply.success(
        json ->
            json.beginObject()
                .field("version", VERSION)
                .field("revision", "")
                .field("branch", "")
                .field("buildUser", "")
                .field("buildDate", "")
                .field("goVersion", "")
                .field("application", "tocsin")
                .endObject());
  }
}
