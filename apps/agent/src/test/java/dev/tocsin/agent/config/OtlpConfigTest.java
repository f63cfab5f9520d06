package dev.tocsin.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.agent.config.OtlpConfig.Strategy;
import dev.tocsin.model.problem.Problem;
import dev.tocsin.model.problem.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;

class OtlpConfigTest {
  private static AgentConfig fine(String text) {
    Problems problems = new Problems();
    AgentConfig config = ConfigReader.read("tocsin.yml", text, problems);
    assertThat(problems.list()).isEmpty();
    return config;
  }

  private static List<String> mistakes(String text) {
    Problems problems = new Problems();
    ConfigReader.read("tocsin.yml", text, problems);
    return problems.list().stream().map(Problem::toString).toList();
  }

  @Test
  void theSectionIsPrometheuss() {
    OtlpConfig config =
        fine("""
                otlp:
                  translation_strategy: NoUTF8EscapingWithSuffixes
                  promote_resource_attributes: [host.name, ' k8s.pod.name ']
                  keep_identifying_resource_attributes: true
                  promote_scope_metadata: false
                  label_name_underscore_sanitization: false
                  label_name_preserve_multiple_underscores: false
                  convert_histograms_to_nhcb: false
                """)
            .otlp();
    assertThat(config)
        .isEqualTo(
            new OtlpConfig(
                Strategy.NO_UTF8_ESCAPING_WITH_SUFFIXES,
                false,
                List.of("host.name", "k8s.pod.name"),
                true,
                false,
                false,
                false));
    assertThat(fine("global: {}\n").otlp()).isEqualTo(OtlpConfig.DEFAULT);
    String all = "otlp: {promote_all_resource_attributes: true, ignore_resource_attributes: [a]}\n";
    assertThat(fine(all).otlp().promotesAll()).isTrue();
    assertThat(fine(all).otlp().promoted()).containsExactly("a");
  }

  @Test
  void mistakesHaveTheirPlaces() {
    String text =
        """
        otlp:
          translation_strategy: NoTranslations
          promote_all_resource_attributes: true
          promote_resource_attributes: [a, '', a]
          convert_histograms_to_nhcb: true
          unknown: 1
        """;
    assertThat(mistakes(text))
        .anyMatch(m -> m.contains("tocsin.yml:2:25") && m.contains("NoTranslation"))
        .anyMatch(m -> m.contains("tocsin.yml:4:36") && m.contains("empty"))
        .anyMatch(m -> m.contains("tocsin.yml:4:40") && m.contains("twice"))
        .anyMatch(m -> m.contains("together with promote_all_resource_attributes"))
        .anyMatch(m -> m.contains("tocsin.yml:5:31") && m.contains("not supported"))
        .anyMatch(m -> m.contains("tocsin.yml:6:3") && m.contains("unknown key"))
        .hasSize(6);
    assertThat(mistakes("otlp: {ignore_resource_attributes: [a]}\n"))
        .singleElement()
        .asString()
        .contains("promote_all_resource_attributes: true");
  }

  @Test
  void protocolsListenWhereTheyAreNamed() {
    ReceiveConfig none = fine("receive: {otlp: {}}\n").receive();
    assertThat(none.otlpGrpc()).isEmpty();
    assertThat(none.otlpHttp()).isEmpty();
    ReceiveConfig known =
        fine("receive:\n  otlp:\n    protocols:\n      grpc:\n      http:\n").receive();
    assertThat(known.otlpGrpc()).hasToString("Optional[127.0.0.1:4317]");
    assertThat(known.otlpHttp()).hasToString("Optional[127.0.0.1:4318]");
    ReceiveConfig own =
        fine("receive: {otlp: {protocols: {grpc: {endpoint: '[::1]:14317'}}}}\n").receive();
    assertThat(own.otlpGrpc()).contains(new ListenAddress("::1", 14317));
    assertThat(own.otlpGrpc().orElseThrow().isLoopback()).isTrue();
    assertThat(own.otlpHttp()).isEmpty();
  }

  @Test
  void anEndpointIsHostAndPort() {
    for (String wrong : List.of("4317", "a:b", "a:65536", "a b:1", "::1:4317", "x:", "a:-1")) {
      String text = "receive: {otlp: {protocols: {grpc: {endpoint: '" + wrong + "'}}}}\n";
      assertThat(mistakes(text)).as(wrong).singleElement().asString().contains("is not host:port");
    }
    assertThat(ListenAddress.parse(":4317")).contains(new ListenAddress("0.0.0.0", 4317));
    assertThat(new ListenAddress("0.0.0.0", 4317).isLoopback()).isFalse();
  }
}
