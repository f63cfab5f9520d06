package dev.tocsin.model.labels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsTest {
  private final Labels labels = Labels.of("job", "node", "__name__", "up", "cpu", "0", "empty", "");

  @Test
  void areSortedAndAnEmptyValueIsAbsent() {
    assertThat(labels.size()).isEqualTo(3);
    assertThat(labels.name(0)).isEqualTo("__name__");
    assertThat(labels.has("empty")).isFalse();
    assertThat(labels.get("empty")).isEmpty();
  }

  @Test
  void orderOfDefinitionDoesNotMatter() {
    Labels other = Labels.of("cpu", "0", "__name__", "up", "job", "node");
    assertThat(labels).isEqualTo(other).hasSameHashCodeAs(other).isEqualByComparingTo(other);
  }

  @Test
  void canBeNarrowed() {
    assertThat(labels.only(List.of("job"))).isEqualTo(Labels.of("job", "node"));
    assertThat(labels.withoutMetricName()).isEqualTo(Labels.of("job", "node", "cpu", "0"));
  }

  @Test
  void printAsPrometheusPrintsASeries() {
    assertThat(labels).hasToString("up{cpu=\"0\", job=\"node\"}");
    assertThat(Labels.empty()).hasToString("{}");
    assertThat(Labels.of("__name__", "up")).hasToString("up");
    assertThat(Labels.of("a", "x\"\n\u0001")).hasToString("{a=\"x\\\"\\n\\x01\"}");
    assertThat(Labels.of("__name__", "a.b", "c.d", "e"))
        .hasToString("{__name__=\"a.b\", \"c.d\"=\"e\"}");
  }
}
