package dev.tocsin.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.agent.config.SendTarget.Protocol;
import dev.tocsin.deliver.relabel.RelabelAction;
import dev.tocsin.deliver.send.QueueConfig;
import dev.tocsin.model.problem.Problems;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SendReaderTest {
  private final Problems problems = new Problems();

  private List<SendTarget> read(String text) {
    return ConfigReader.read("tocsin.yml", text, problems).sendTargets();
  }

  private List<String> mistakes(String text) {
    var _ = read(text);
    return problems.list().stream().map(Object::toString).toList();
  }

  @Test
  void anAddressIsEnough() {
    List<SendTarget> all = read("remote_write: [{url: 'http://a:9/w'}, {url: 'https://b/w'}]\n");
    assertThat(problems.list()).isEmpty();
    assertThat(all).hasSize(2);
    SendTarget one = all.getFirst();
    assertThat(one.protocol()).isEqualTo(Protocol.REMOTE_WRITE_1);
    assertThat(one.send().url().reveal()).isEqualTo("http://a:9/w");
    assertThat(one.send().timeoutMs()).isEqualTo(30_000);
    assertThat(one.send().queue()).isEqualTo(QueueConfig.DEFAULT);
    assertThat(one.send().histograms()).isFalse();
    assertThat(one.send().newestFirst()).isFalse();
    assertThat(one.send().name()).hasSize(6).isNotEqualTo(all.get(1).send().name());
  }

  @Test
  void everythingIsRead() {
    String text =
        """
        remote_write:
          - url: http://a:9/w
            name: far.away-1
            remote_timeout: 3s
            headers: {X-Scope-OrgID: '7'}
            basic_auth: {username: me, password: secret}
            protobuf_message: io.prometheus.write.v2.Request
            send_native_histograms: true
            send_exemplars: false
            follow_redirects: false
            enable_http2: false
            newest_first: true
            metadata_config: {send: false}
            write_relabel_configs:
              - {source_labels: [a], regex: b, action: drop}
            queue_config:
              capacity: 5000
              min_shards: 2
              max_shards: 20
              max_samples_per_send: 500
              batch_send_deadline: 2s
              min_backoff: 1s
              max_backoff: 10s
              retry_on_http_429: false
              sample_age_limit: 1h
          - url: http://b:9/w
            authorization: {credentials: token}
        """;
    List<SendTarget> all = read(text);
    assertThat(problems.list()).isEmpty();
    var send = all.getFirst().send();
    assertThat(all.getFirst().protocol()).isEqualTo(Protocol.REMOTE_WRITE_2);
    assertThat(send.name()).isEqualTo("far.away-1");
    assertThat(send.timeoutMs()).isEqualTo(3000);
    assertThat(send.headers())
        .isEqualTo(Map.of("X-Scope-OrgID", "7", "Authorization", "Basic bWU6c2VjcmV0"));
    assertThat(send.histograms()).isTrue();
    assertThat(send.newestFirst()).isTrue();
    assertThat(send.relabel())
        .extracting(rule -> rule.action())
        .containsExactly(RelabelAction.DROP);
    assertThat(send.queue())
        .isEqualTo(new QueueConfig(5000, 2, 20, 500, 2000, 1000, 10_000, false, 3_600_000));
    assertThat(all.get(1).send().headers()).isEqualTo(Map.of("Authorization", "Bearer token"));
    assertThat(all.toString()).doesNotContain("token", "bWU6", "/w");
  }

  @Test
  void mistakesAreToldWithTheirPlacesAndWithoutSecrets() {
    String text =
        """
        remote_write:
          - {}
          - {url: 'ftp://a/hidden'}
          - {url: 'http://a/w', tls_config: {ca_file: a}, sigv4: {}}
          - {url: 'http://a/v', name: 'a/b', urll: 1}
          - {url: 'http://a/u', headers: {Content-Type: a, 'b c': d}}
          - {url: 'http://a/t', basic_auth: {password_file: a}, authorization: {type: Basic}}
          - {url: 'http://a/s', queue_config: {capacity: 0, min_shards: 9, max_shards: 3}}
          - {url: 'http://a/r', send_exemplars: true, protobuf_message: v3}
          - {url: 'http://a/q', name: one}
          - {url: 'http://a/p', name: one}
        """;
    assertThat(mistakes(text))
        .satisfiesExactlyInAnyOrder(
            m -> assertThat(m).startsWith("tocsin.yml:2:5").contains("[0].url: must be given"),
            m -> assertThat(m).startsWith("tocsin.yml:3:11").contains("unsupported scheme"),
            m -> assertThat(m).startsWith("tocsin.yml:4:37").contains("[2].tls_config: is not su"),
            m -> assertThat(m).startsWith("tocsin.yml:4:58").contains("[2].sigv4: is not su"),
            m -> assertThat(m).startsWith("tocsin.yml:5:31").contains("[3].name: must be 1 to 64"),
            m -> assertThat(m).startsWith("tocsin.yml:5:38").contains("unknown key"),
            m -> assertThat(m).startsWith("tocsin.yml:6:49").contains("is set by the sender"),
            m -> assertThat(m).startsWith("tocsin.yml:6:59").contains("is not a header"),
            m -> assertThat(m).startsWith("tocsin.yml:7:53").contains("password_file: is not su"),
            m -> assertThat(m).startsWith("tocsin.yml:7:72").contains("use basic_auth instead"),
            m -> assertThat(m).startsWith("tocsin.yml:7:5").contains("at most one of"),
            m -> assertThat(m).startsWith("tocsin.yml:8:50").contains("\"0\" is not a whole"),
            m -> assertThat(m).startsWith("tocsin.yml:8:39").contains("not be above max_shards"),
            m -> assertThat(m).startsWith("tocsin.yml:9:41").contains("send_exemplars: is not su"),
            m -> assertThat(m).startsWith("tocsin.yml:9:65").contains("\"v3\" must be one of"),
            m -> assertThat(m).startsWith("tocsin.yml:11:5").contains("\"one\" is there twice"))
        .noneMatch(m -> m.contains("hidden"));
  }

  @Test
  void otlpIsReadAlike() {
    List<SendTarget> all =
        read(
            """
            remote_write: [{url: 'http://a:4318/v1/metrics'}]
            otlp_write:
              - {url: 'http://a:4318/v1/metrics', headers: {a: b}, send_native_histograms: true}
            """);
    assertThat(problems.list()).isEmpty();
    assertThat(all.get(1).protocol()).isEqualTo(Protocol.OTLP);
    assertThat(all.get(1).send().headers()).isEqualTo(Map.of("a", "b"));
    assertThat(all.get(1).send().name()).isNotEqualTo(all.get(0).send().name());
    assertThat(mistakes("otlp_write: [{url: 'http://a', protobuf_message: x}]\n"))
        .satisfiesExactly(m -> assertThat(m).contains("protobuf_message: unknown key"));
  }
}
