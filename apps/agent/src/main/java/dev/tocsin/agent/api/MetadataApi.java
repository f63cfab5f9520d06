package dev.tocsin.agent.api;

import dev.tocsin.agent.api.ApiException.Kind;
import dev.tocsin.collect.host.MetricInfo;
import dev.tocsin.collect.host.MetricVisitor;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// `metadata`: type and help of the metrics of this machine. Of others nothing is known.
public final class MetadataApi {
  private final Consumer<MetricVisitor> metrics;

  /// @param metrics shows a visitor all there are, sorted by name
  public MetadataApi(Consumer<MetricVisitor> metrics) {
    this.metrics = metrics;
  }

  public HttpReply metadata(HttpRequest request) throws IOException {
    Form form = Form.of(request);
    int limit = number(form, "limit");
    int _ = number(form, "limit_per_metric"); // of each metric there is one
    List<MetricInfo> known = new ArrayList<>();
    metrics.accept(
        new MetricVisitor() {
          @Override
          public void metric(MetricInfo info) {
            known.add(info);
          }

          @Override
          public void sample(Labels labels, double value) {}
        });
    String only = form.get("metric");
    return ApiReply.success(
        json -> {
          json.beginObject();
          known.stream()
              .filter(info -> only.isEmpty() || info.name().equals(only))
              .limit(limit < 0 ? Long.MAX_VALUE : limit)
              .forEach(
                  info -> {
                    boolean untyped = info.type() == MetricInfo.Type.UNTYPED;
                    json.name(info.name()).beginArray().beginObject();
                    json.field("type", untyped ? "unknown" : info.type().word());
                    json.field("unit", "").field("help", info.help()).endObject().endArray();
                  });
          json.endObject();
        });
  }

  /// -1 where it is absent.
  private static int number(Form form, String name) {
    if (form.get(name).isEmpty()) {
      return -1;
    }
    OptionalInt number = ApiNumber.whole(form.get(name));
    if (number.isEmpty()) {
      throw new ApiException(Kind.BAD_DATA, name + " must be a number");
    }
    return number.getAsInt();
  }
}
