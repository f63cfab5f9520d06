package dev.tocsin.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.model.input.Settle;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.promql.parse.PromqlParser;
import dev.tocsin.rules.file.AlertRule;
import dev.tocsin.rules.state.StateReader;
import dev.tocsin.rules.state.StateWriter;
import dev.tocsin.store.Store;
import dev.tocsin.store.StoreLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// With room for 2 sources and 5 series that wait.
class SettlingTest {
  private final Store store = new Store(new StoreLimits(100, 1 << 20));
  private final Settling settling = settling(Settle.NONE.with(20));
  private final List<String> shown = new ArrayList<>();

  private Settling settling(Settle settle) {
    Settling made = new Settling(store, Tenant.DEFAULT, 2, 5);
    made.configure(settle, (_, _) -> {});
    return made;
  }

  private int series(String job, int number) {
    return store.intern(
        Tenant.DEFAULT, Labels.of(Labels.METRIC_NAME, "m", "job", job, "n", "" + number));
  }

  private void arrives(String job, int number, long timeMs, long nowMs) {
    settling.arrived(series(job, number), timeMs, 7, nowMs, this::show);
  }

  private void show(int id, long timeMs) {
    Labels labels = store.labels(id);
    shown.add(labels.get("job") + labels.get("n") + "@" + timeMs);
  }

  @Test
  void whereThereIsNoRoomToWaitAScrapeSettlesAtOnce() {
    for (int i = 0; i < 5; i++) {
      arrives("a", i, 100, 100);
    }
    assertThat(shown).isEmpty();
    arrives("b", 0, 100, 101);
    assertThat(shown).as("no room for b").containsExactly("b0@100");
    arrives("a", 5, 100, 102);
    assertThat(shown)
        .as("no room for more of a")
        .containsExactly("b0@100", "a0@100", "a1@100", "a2@100", "a3@100", "a4@100", "a5@100");
    arrives("b", 1, 100, 103);
    assertThat(shown).as("b has settled, however much room there is").endsWith("b1@100");
    settling.settleDue(103, this::show);
    assertThat(settling.stats()).isEqualTo(new SettleStats(0, 0, 2, 0, 1, 0, 2));
  }

  @Test
  void sourcesThatThereIsNoRoomForDoNotWait() {
    arrives("a", 0, 100, 100);
    arrives("b", 0, 100, 100);
    arrives("c", 0, 100, 100);
    arrives("c", 0, 200, 200);
    assertThat(shown).containsExactly("c0@100", "c0@200");
    settling.settleDue(100, this::show);
    assertThat(settling.stats().overflow()).isEqualTo(1);
    assertThat(settling.stats().sources()).isEqualTo(2);
  }

  @Test
  void eachSettlesAtItsTime() {
    arrives("a", 0, 100, 100);
    arrives("b", 0, 100, 105);
    arrives("a", 1, 100, 110);
    assertThat(settling.deadlineMs()).isEqualTo(120);
    settling.settleDue(119, this::show);
    assertThat(shown).isEmpty();
    settling.settleDue(120, this::show);
    assertThat(shown).containsExactly("a0@100", "a1@100");
    assertThat(settling.deadlineMs()).isEqualTo(125);
    settling.settleDue(125, this::show);
    assertThat(settling.deadlineMs()).isEqualTo(Long.MAX_VALUE);
    assertThat(settling.stats().elapsed()).isEqualTo(2);
  }

  @Test
  void aNewerOneWaitsItsOwnTime() {
    arrives("a", 0, 100, 100);
    arrives("a", 0, 110, 110);
    assertThat(shown).containsExactly("a0@100");
    settling.settleDue(120, this::show);
    assertThat(shown).hasSize(1);
    assertThat(settling.deadlineMs()).isEqualTo(130);
    settling.settleDue(130, this::show);
    assertThat(shown).containsExactly("a0@100", "a0@110");
  }

  @Test
  void whatASlotSawIsHiddenNoMoreFromItsRule() {
    Watch watch = watch();
    arrives("a", 0, 100, 100);
    int id = series("a", 0);
    assertThat(settling.untilMs(id, watch)).isEqualTo(99);
    watch.saw(6, 1000);
    assertThat(settling.untilMs(id, watch)).as("it came later").isEqualTo(99);
    watch.saw(7, 99);
    assertThat(settling.untilMs(id, watch)).as("it was too new for the query").isEqualTo(99);
    watch.saw(7, 100);
    assertThat(settling.untilMs(id, watch)).isEqualTo(Long.MAX_VALUE);
    assertThat(settling.untilMs(series("a", 1), watch)).isEqualTo(Long.MAX_VALUE);
  }

  private static Watch watch() {
    AlertRule rule =
        new AlertRule("A", PromqlParser.parse("m > 1"), "m > 1", 0, 0, List.of(), List.of());
    return new Watch(rule, 0, 0, 300_000);
  }

  @Test
  void whatWaitsIsWrittenAndReadBack() throws IOException {
    arrives("a", 0, 100, 100);
    arrives("a", 1, 100, 103);
    arrives("b", 0, 50, 104);
    settling.settleDue(120, this::show);
    arrives("a", 1, 130, 130);
    byte[] bytes = bytes(settling);
    Settling copy = settling(Settle.NONE.with(20));
    copy.read(reader(bytes));
    assertThat(bytes(copy)).isEqualTo(bytes);
    assertThat(copy.deadlineMs()).isEqualTo(settling.deadlineMs()).isEqualTo(124);
    shown.clear();
    copy.settleDue(150, this::show);
    assertThat(shown).containsExactly("b0@50", "a1@130");
    copy.arrived(series("a", 0), 130, 9, 160, this::show);
    assertThat(shown).as("late").endsWith("a0@130");
  }

  @Test
  void whatIsNoCheckpointIsRefused() throws IOException {
    arrives("a", 0, 100, 100);
    byte[] bytes = bytes(settling);
    Settling copy = settling(Settle.NONE.with(20));
    bytes[7] = 77; // the first series
    assertThatThrownBy(() -> copy.read(reader(bytes)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("series 77 of 1");
  }

  private static byte[] bytes(Settling one) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    one.write(new StateWriter(new DataOutputStream(bytes)));
    return bytes.toByteArray();
  }

  private static StateReader reader(byte[] bytes) {
    return new StateReader(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
