package dev.tocsin.collect.otlp;

import static dev.tocsin.collect.otlp.OtlpBody.CUMULATIVE;
import static dev.tocsin.collect.otlp.OtlpBody.gauge;
import static dev.tocsin.collect.otlp.OtlpBody.metric;
import static dev.tocsin.collect.otlp.OtlpBody.point;
import static dev.tocsin.collect.otlp.OtlpBody.request;
import static dev.tocsin.collect.otlp.OtlpBody.resource;
import static dev.tocsin.collect.otlp.OtlpBody.sum;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Prometheus's section `otlp`.
class OtlpOptionsTest {
  private static final long NOW = OtlpReceiver.NOW_MS;
  private static final byte[] RESOURCE =
      resource("service.name", "shop", "host.name", "h", "zone", "z");

  private static List<String> came(OtlpOptions options, byte[] body) {
    OtlpReceiver receiver = new OtlpReceiver(options, OtlpLimits.DEFAULT, 64, 100);
    assertThat(OtlpReceiver.said(receiver.post(body))).isEmpty();
    receiver.balanced();
    return receiver.came;
  }

  private static byte[] one(String... attributes) {
    return request(RESOURCE, metric("m", "", gauge(point(NOW, 1, attributes))));
  }

  @Test
  void promotedAttributesBecomeLabelsWhereThePointHasNone() {
    OtlpOptions options = OtlpOptions.DEFAULT.with(PromotedAttributes.of(List.of("host.name")));
    assertThat(came(options, one()))
        .containsExactly(
            "m{host_name=\"h\", job=\"shop\"} 1.0 @ 0",
            "target_info{host_name=\"h\", job=\"shop\", zone=\"z\"} 1.0 @ 0");
    assertThat(came(options, one("host.name", "own")).getFirst())
        .isEqualTo("m{host_name=\"own\", job=\"shop\"} 1.0 @ 0");
    assertThat(came(options, one("host.name", "")).getFirst())
        .isEqualTo("m{host_name=\"h\", job=\"shop\"} 1.0 @ 0");
  }

  @Test
  void allAttributesArePromotedButThoseThatAreIgnored() {
    OtlpOptions options = OtlpOptions.DEFAULT.with(PromotedAttributes.allBut(List.of("zone")));
    assertThat(came(options, one()).getFirst())
        .isEqualTo("m{host_name=\"h\", job=\"shop\", service_name=\"shop\"} 1.0 @ 0");
  }

  @Test
  void targetInfoMayKeepWhatIdentifies() {
    OtlpOptions base = OtlpOptions.DEFAULT;
    OtlpOptions options = new OtlpOptions(base.strategy(), base.promoted(), true, true, true, true);
    assertThat(came(options, one()).getLast())
        .isEqualTo(
            "target_info{host_name=\"h\", job=\"shop\", service_name=\"shop\", zone=\"z\"} 1.0 @ 0");
  }

  @Test
  void everyStrategyHasItsNames() {
    byte[] body =
        request(
            resource("service.name", "shop"),
            metric("http.requests", "s", sum(CUMULATIVE, true, point(NOW, 1, "a.b", "c"))));
    assertThat(came(OtlpOptions.DEFAULT, body))
        .containsExactly("http_requests_seconds_total{a_b=\"c\", job=\"shop\"} 1.0 @ 0");
    assertThat(
            came(
                OtlpOptions.DEFAULT.with(TranslationStrategy.UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES),
                body))
        .containsExactly("http_requests{a_b=\"c\", job=\"shop\"} 1.0 @ 0");
    assertThat(
            came(
                OtlpOptions.DEFAULT.with(TranslationStrategy.NO_UTF8_ESCAPING_WITH_SUFFIXES), body))
        .containsExactly(
            "{__name__=\"http.requests_seconds_total\", \"a.b\"=\"c\", job=\"shop\"} 1.0 @ 0");
    assertThat(came(OtlpOptions.DEFAULT.with(TranslationStrategy.NO_TRANSLATION), body))
        .containsExactly("{__name__=\"http.requests\", \"a.b\"=\"c\", job=\"shop\"} 1.0 @ 0");
  }

  /// The table of prometheus/otlptranslator, label_namer_test.go, in our words.
  @Test
  void underscoresAreKeptOrJoined() {
    String[] keys = {"_a", "__a", "a..b", "a__b", "é.b", "9a", ".a", "__a__"};
    assertThat(names(true, true, keys))
        .containsExactly("key_a", "__a", "a__b", "a__b", "__b", "key_9a", "key_a", "__a__");
    assertThat(names(false, true, keys))
        .containsExactly("_a", "__a", "a__b", "a__b", "__b", "key_9a", "_a", "__a__");
    assertThat(names(true, false, keys))
        .containsExactly("key_a", "key_a", "a_b", "a_b", "key_b", "key_9a", "key_a", "__a__");
    assertThat(names(false, false, keys))
        .containsExactly("_a", "_a", "a_b", "a_b", "_b", "key_9a", "_a", "__a__");
  }

  private static List<String> names(boolean keyFirst, boolean keeps, String... keys) {
    OtlpOptions base = OtlpOptions.DEFAULT;
    LabelNameRule rule =
        new LabelNameRule(
            new OtlpOptions(base.strategy(), base.promoted(), false, true, keyFirst, keeps));
    return List.of(keys).stream().map(key -> name(rule, key)).toList();
  }

  private static String name(LabelNameRule rule, String key) {
    byte[] bytes = key.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Scratch out = new Scratch();
    assertThat(rule.append(bytes, 0, bytes.length, out)).isTrue();
    return new String(out.bytes(), 0, out.length(), java.nio.charset.StandardCharsets.UTF_8);
  }
}
