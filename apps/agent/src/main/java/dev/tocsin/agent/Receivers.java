package dev.tocsin.agent;

import dev.tocsin.agent.api.Router;
import dev.tocsin.agent.config.OtlpConfig;
import dev.tocsin.collect.otlp.OtlpGrpcHandler;
import dev.tocsin.collect.otlp.OtlpHandler;
import dev.tocsin.collect.otlp.OtlpIntake;
import dev.tocsin.collect.otlp.OtlpLimits;
import dev.tocsin.collect.otlp.OtlpOptions;
import dev.tocsin.collect.otlp.OtlpRefusal;
import dev.tocsin.collect.otlp.PromotedAttributes;
import dev.tocsin.collect.otlp.TranslationStrategy;
import dev.tocsin.collect.remotewrite.RemoteWriteHandler;
import dev.tocsin.collect.remotewrite.RemoteWriteLimits;
import dev.tocsin.collect.series.ByteBudget;
import dev.tocsin.collect.text.TextImportHandler;
import dev.tocsin.collect.text.TextLimits;
import dev.tocsin.model.limit.Limits;
import dev.tocsin.model.tenant.Tenant;
import java.util.List;

/// Who takes what is sent to this agent. All of them share one budget for the bodies they hold.
final class Receivers {
  private final RemoteWriteHandler remoteWrite;
  private final TextImportHandler text;
  private final OtlpHandler otlpHttp;
  private final OtlpGrpcHandler otlpGrpc;

  Receivers(Parts parts, OtlpConfig otlp, Capacity capacity) {
    ByteBudget bodies = new ByteBudget(capacity.bodiesBytesMax());
    int decodedBytesMax = capacity.decodedBytesMax();
    int samplesMax = Limits.TRANSACTION_SAMPLES_MAX;
    remoteWrite =
        new RemoteWriteHandler(
            parts.intake(),
            parts.durability(),
            Tenant.DEFAULT,
            new RemoteWriteLimits(
                Limits.BODY_BYTES_MAX,
                decodedBytesMax,
                samplesMax,
                capacity.bodiesBytesMax(),
                capacity.decoders()),
            bodies);
    text =
        new TextImportHandler(
            parts.intake(),
            parts.durability(),
            Tenant.DEFAULT,
            new TextLimits(Limits.BODY_BYTES_MAX, decodedBytesMax, samplesMax, 2),
            bodies);
    OtlpIntake intake =
        new OtlpIntake(
            parts.intake(),
            parts.durability(),
            Tenant.DEFAULT,
            options(otlp),
            new OtlpLimits(Limits.BODY_BYTES_MAX, decodedBytesMax, samplesMax, 1),
            bodies);
    otlpHttp = new OtlpHandler(intake);
    otlpGrpc = new OtlpGrpcHandler(intake);
  }

  private static OtlpOptions options(OtlpConfig config) {
    TranslationStrategy strategy =
        switch (config.strategy()) {
          case UNDERSCORE_ESCAPING_WITH_SUFFIXES ->
              TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES;
          case UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES ->
              TranslationStrategy.UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES;
          case NO_UTF8_ESCAPING_WITH_SUFFIXES -> TranslationStrategy.NO_UTF8_ESCAPING_WITH_SUFFIXES;
          case NO_TRANSLATION -> TranslationStrategy.NO_TRANSLATION;
        };
    return new OtlpOptions(
        strategy,
        config.promotesAll()
            ? PromotedAttributes.allBut(config.promoted())
            : PromotedAttributes.of(config.promoted()),
        config.keepsIdentifying(),
        config.scopeMetadata(),
        config.sanitizesUnderscore(),
        config.preservesUnderscores());
  }

  /// Whose counts are shown.
  RemoteWriteHandler remoteWrite() {
    return remoteWrite;
  }

  /// All of them, on the agent's own address.
  void addTo(Router router) {
    router.add("POST", "/api/v1/write", remoteWrite);
    router.add("POST PUT", "/api/v1/import/prometheus", text);
    addOtlp(router, "");
    addOtlp(router, "/api/v1/otlp");
  }

  private void addOtlp(Router router, String prefix) {
    router.add("POST", prefix + "/v1/metrics", otlpHttp);
    for (String other : List.of("logs", "traces")) {
      router.add("POST", prefix + "/v1/" + other, new OtlpRefusal());
    }
  }

  /// OTLP over HTTP alone, on an address of its own.
  Router otlpHttp() {
    Router router = new Router();
    addOtlp(router, "");
    return router;
  }

  OtlpGrpcHandler otlpGrpc() {
    return otlpGrpc;
  }
}
