package dev.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalReplayCommandTest {
  private static final String RECORDED =
      """
      groups:
        - name: rooms
          rules:
            - {alert: RoomHot, expr: room_celsius > 30}
      """;

  /// Another threshold, and another interval.
  private static final String OTHER =
      """
      groups:
        - name: other
          interval: 7s
          rules:
            - {alert: RoomWarm, expr: room_celsius > 25, for: 10s}
            - {alert: RoomBoils, expr: room_celsius > 100}
      """;

  private final CommandLine commands = new CommandLine();

  @TempDir private Path folder;
  private Path rules = Path.of("");

  @BeforeEach
  void rules() throws IOException {
    rules = Files.writeString(folder.resolve("other.yml"), OTHER);
  }

  private int run(String... arguments) {
    return commands.run(arguments);
  }

  private String out() {
    return commands.out();
  }

  private String err() {
    return commands.err();
  }

  /// Two minutes of two rooms, a sample a second; one of them is hot for half a minute.
  private List<AlertEvent> record() throws IOException {
    try (Recording recording = Recording.in(folder)) {
      recording.rules(RECORDED);
      samples(recording, 0, 120);
      return recording.decided;
    }
  }

  private static void samples(Recording recording, int from, int to) {
    for (int second = from; second < to; second++) {
      boolean hot = second % 100 >= 30 && second % 100 < 60;
      recording.sample(1000L * second + 1, "cellar", 12);
      recording.sample(1000L * second + 2, "attic", hot ? 31 + second / 100.0 : 20);
    }
  }

  /// Every file of the journal and its bytes.
  private Map<String, List<Byte>> files() throws IOException {
    Map<String, List<Byte>> all = new TreeMap<>();
    try (Stream<Path> paths = Files.list(folder.resolve("journal"))) {
      for (Path path : paths.toList()) {
        List<Byte> bytes = new ArrayList<>();
        for (byte one : Files.readAllBytes(path)) {
          bytes.add(one);
        }
        all.put(path.toString(), bytes);
      }
    }
    return all;
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> paths = Files.list(folder.resolve("journal"))) {
      return paths.filter(path -> path.toString().endsWith(".journal")).sorted().toList();
    }
  }

  @Test
  void theRecordedRulesDecideAgainWhatTheyDecided() throws IOException {
    List<AlertEvent> decided = record();
    assertThat(run("journal", "replay", folder.toString())).isZero();
    AlertEvent fired = decided.getFirst();
    AlertEvent resolved = decided.getLast();
    assertThat(out())
        .startsWith("From the first entry, 2026-11-25T00:00:00.000Z.\n")
        .contains(
            JsonWriter.rfc3339(fired.firedAtMs())
                + "  FIRING    RoomHot{room=\"attic\"}  value 31.3  by a sample, ")
        .contains("resolved  RoomHot{room=\"attic\"}  value")
        .contains("240 samples")
        .contains("RoomHot (group rooms): fired 1 (1 before its slot), resolved 1\n")
        .endsWith("0 other alert rules: nothing.\n");
    assertThat(fired.firedAtMs()).isEqualTo(Recording.BEGIN_MS + 30_002);
    assertThat(out()).contains(JsonWriter.rfc3339(resolved.resolvedAtMs()));
    assertThat(err()).contains("times as fast as time");
  }

  @Test
  void otherRulesRunAtTheirOwnSlots() throws IOException {
    record();
    assertThat(run("journal", "replay", folder.toString(), "--rules", rules.toString())).isZero();
    assertThat(out())
        .contains("FIRING    RoomWarm{room=\"attic\"}")
        .contains("RoomWarm (group other): fired 1")
        .doesNotContain("RoomHot")
        .endsWith("1 other alert rule: nothing.\n");
  }

  @Test
  void strictWaitsForTheSlot() throws IOException {
    record();
    assertThat(run("journal", "replay", "--mode=strict", folder.toString())).isZero();
    assertThat(out())
        .contains("RoomHot (group rooms): fired 1 (0 before its slot), resolved 1\n")
        .contains("at its slot");
  }

  @Test
  void theSameBytesGiveTheSameText() throws IOException {
    record();
    String[] arguments = {"journal", "replay", folder.toString(), "--rules", rules.toString()};
    run(arguments);
    String first = out();
    run(arguments);
    assertThat(out()).isEqualTo(first).contains("RoomWarm");
  }

  @Test
  void theJournalStaysAsItWas() throws IOException {
    record();
    Map<String, List<Byte>> before = files();
    run("journal", "replay", folder.toString(), "--rules", rules.toString());
    run("journal", "inspect", folder.toString());
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void aJournalThatIsBeingWrittenCanBeReplayed() throws IOException {
    try (Recording recording = Recording.in(folder)) {
      recording.rules(RECORDED);
      samples(recording, 0, 40);
      assertThat(run("journal", "replay", folder.toString())).isZero();
      assertThat(out()).contains("RoomHot (group rooms): fired 1");
    }
  }

  @Test
  void nothingIsToldOutsideOfTheTimeAskedFor() throws IOException {
    record();
    String folderText = folder.toString();
    assertThat(run("journal", "replay", folderText, "--from", "2026-11-25T00:00:45Z")).isZero();
    assertThat(out()).doesNotContain("FIRING").contains("resolved  RoomHot");
    assertThat(run("journal", "replay", folderText, "--to", "1795564845.5")).isZero();
    assertThat(out()).contains("FIRING").doesNotContain("resolved  RoomHot");
  }

  @Test
  void whatIsLeftOfAJournalIsReplayedAndSaidSo() throws IOException {
    try (Recording recording = Recording.in(folder)) {
      recording.rules(RECORDED);
      samples(recording, 0, 100);
      recording.checkpoint();
      samples(recording, 100, 170);
    }
    Files.delete(segments().getFirst());
    assertThat(run("journal", "replay", folder.toString())).isZero();
    assertThat(out()).containsPattern("^From entry [0-9]+, .*: what was before is gone\\.\n");
    assertThat(out()).contains("RoomHot (group rooms): fired 1").doesNotContain("not known");
  }

  @Test
  void damageInTheMiddleIsToldAndPassed() throws IOException {
    record();
    Path damaged = segments().get(1);
    byte[] bytes = Files.readAllBytes(damaged);
    for (int i = 5000; i < 5100; i++) {
      bytes[i] ^= 0x55;
    }
    Files.write(damaged, bytes);
    assertThat(run("journal", "replay", folder.toString())).isZero();
    assertThat(err()).contains(damaged + ":").contains("left out: entr");
    assertThat(out()).contains("RoomHot (group rooms): fired 1");
    assertThat(run("journal", "verify", folder.toString())).isEqualTo(1);
    assertThat(err()).contains(damaged + ":");
  }

  @Test
  void noSlotsRunWhileTheAgentWasDown() throws IOException {
    try (Recording recording = Recording.in(folder)) {
      recording.rules(RECORDED);
      samples(recording, 0, 40);
      recording.sample(600_000, "attic", 20);
    }
    run("journal", "replay", folder.toString(), "--mode", "strict");
    String awake = out();
    Path down = Files.createDirectory(folder.resolve("down"));
    try (Recording recording = Recording.in(down)) {
      recording.rules(RECORDED);
      samples(recording, 0, 40);
      recording.restarted(600_000);
      recording.sample(600_500, "attic", 20);
      recording.sample(640_000, "attic", 20);
    }
    run("journal", "replay", down.toString(), "--mode", "strict");
    assertThat(awake).contains("resolved  RoomHot{room=\"attic\"}");
    assertThat(out()).containsPattern("2026-11-25T00:10:[0-9.]+Z  resolved  RoomHot");
  }

  @Test
  void aSoundJournalIsFoundSound() throws IOException {
    record();
    assertThat(run("journal", "verify", folder.resolve("journal").toString())).isZero();
    assertThat(out()).contains("240 samples, 0 checkpoints: no damage.").doesNotContain("segment ");
    assertThat(run("journal", "inspect", folder.toString())).isZero();
    assertThat(out()).contains("segment     00000000000000000001.journal  entries 1 to ");
  }

  @Test
  void whatCannotBeReplayedIsSaidSo() throws IOException {
    assertThat(run("journal", "replay", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(err()).contains("none: no such folder");
    assertThat(run("journal", "replay", folder.toString())).isEqualTo(2);
    assertThat(err()).contains("holds no journal");
    record();
    Files.writeString(rules, "groups: [{name: g, rules: [{alert: A, expr: 'up =='}]}]\n");
    String file = rules.toString();
    assertThat(run("journal", "replay", folder.toString(), "--rules", file)).isEqualTo(2);
    assertThat(err()).contains("other.yml:1:");
    assertThat(out()).isEmpty();
    assertThat(run("journal", "replay", folder.toString(), "--to", "noon")).isEqualTo(2);
    assertThat(err()).contains("--to \"noon\" is no time");
    assertThat(run("journal", "replay", folder.toString(), "--speed", "2")).isEqualTo(2);
  }
}
