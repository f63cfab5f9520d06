package dev.tocsin.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopViewTest {
  private static final String BEFORE =
      """
      # HELP tocsin_build_info Which build this is.
      tocsin_build_info{version="0.1.0"} 1
      tocsin_samples_received_total 1000
      tocsin_samples_applied_total{durability="durable"} 900
      tocsin_samples_applied_total{durability="undurable"} 0
      tocsin_samples_refused_total{reason="out_of_order"} 10
      tocsin_samples_refused_total{reason="busy"} 5
      tocsin_engine_turns_total 100
      tocsin_engine_busy_seconds_total 1
      tocsin_journal_forces_total 50
      tocsin_journal_force_seconds_total 0.5
      tocsin_http_requests_total{code="204",path="/api/v1/write"} 10
      tocsin_http_requests_total{code="429",path="/api/v1/write"} 1
      tocsin_notifications_waiting{destination="people/webhook 0"} 3
      tocsin_notification_failures_total{destination="people/webhook 0"} 1
      """;

  private static final String AFTER =
      """
      tocsin_build_info{version="0.1.0"} 1
      tocsin_samples_received_total 21000
      tocsin_samples_applied_total{durability="durable"} 18900
      tocsin_samples_applied_total{durability="undurable"} 0
      tocsin_samples_refused_total{reason="out_of_order"} 30
      tocsin_samples_refused_total{reason="busy"} 5
      tocsin_samples_in_flight 2065
      tocsin_ring_fill_ratio 0.25
      tocsin_pace_ratio 1
      tocsin_engine_turns_total 200
      tocsin_engine_busy_seconds_total 1.5
      tocsin_engine_turn_seconds_max 0.02
      tocsin_journal_samples_total 18900
      tocsin_journal_forces_total 60
      tocsin_journal_force_seconds_total 0.52
      tocsin_journal_force_seconds_max 0.3
      tocsin_http_requests_total{code="204",path="/api/v1/write"} 28
      tocsin_http_requests_total{code="429",path="/api/v1/write"} 3
      tocsin_alerts{state="firing"} 2
      tocsin_notifications_waiting{destination="people/webhook 0"} 4
      tocsin_notification_failures_total{destination="people/webhook 0"} 1
      """;

  private static TopView view(String change, String by) {
    return new TopView(
        Scrape.parse(0, BEFORE), Scrape.parse(2_000_000_000L, AFTER.replace(change, by)));
  }

  @Test
  void showsWhatWentThroughEveryStage() {
    String text = String.join("\n", view("", "").lines("http://a:1"));
    assertThat(text)
        .contains("http://a:1   over the last 2.0 s")
        .contains("slow         nothing")
        .containsPattern("received +10,000 ")
        .containsPattern("ring +\\[#{5}\\.{15}\\] +25 %  2065 in flight")
        .containsPattern("engine +9,000 +\\[#{5}\\.{15}\\] +25 %  50 inputs/s, 5.00 ms each")
        .containsPattern("journal +9,450 .*5 forces/s, 2.00 ms each, longest so far 300.00 ms")
        .containsPattern("/api/v1/write +10.0 +1.0")
        .containsPattern("refused samples: out_of_order +10.0/s")
        .doesNotContain("busy")
        .contains("2 firing")
        .containsPattern("people/webhook 0 .* 4 waiting");
  }

  @Test
  void saysWhereItIsSlow() {
    assertThat(view("ring_fill_ratio 0.25", "ring_fill_ratio 0.9").verdict())
        .startsWith("the readers");
    assertThat(view("busy_seconds_total 1.5", "busy_seconds_total 2.9").verdict())
        .startsWith("the engine");
    assertThat(view("tocsin_pace", "tocsin_journal_staging_fill_ratio 0.8\ntocsin_pace").verdict())
        .startsWith("the journal: its staging");
    assertThat(view("tocsin_pace", "tocsin_journal_failures_total 1\ntocsin_pace").verdict())
        .startsWith("the journal: its disk");
    assertThat(
            view("failures_total{destination=\"people/webhook 0\"} 1", "failures_total 9")
                .verdict())
        .startsWith("a receiver");
  }

  @Test
  void anAgentThatStartedAnewBeginsAtZero() {
    assertThat(view("received_total 21000", "received_total 500").lines("a"))
        .anyMatch(line -> line.matches("received +250 .*"));
  }

  @Test
  void whatIsNoAgentIsKnown() {
    assertThat(Scrape.parse(0, "up 1\n").isOfAnAgent()).isFalse();
    assertThat(Scrape.parse(0, "<html> a b\n").isOfAnAgent()).isFalse();
    assertThat(Scrape.parse(0, BEFORE).isOfAnAgent()).isTrue();
  }
}
