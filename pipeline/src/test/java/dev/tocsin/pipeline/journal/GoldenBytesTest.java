package dev.tocsin.pipeline.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.histogram.Buckets;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.input.RuleSettings;
import dev.tocsin.model.input.RuleSettings.Mode;
import dev.tocsin.model.input.RuleSettings.NoData;
import dev.tocsin.model.input.RuleSettings.Policy;
import dev.tocsin.model.input.Settle;
import dev.tocsin.model.input.Settle.ForSources;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.journal.segment.FileName;
import dev.tocsin.pipeline.ring.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The bytes of the format, versions 1 to 5. They never change: what is on a disk somewhere must
/// stay readable.
class GoldenBytesTest {
  private static final long NOW = 1_700_000_000_000L;

  private static final RuleSettings SETTINGS =
      new RuleSettings(
          Mode.STREAM,
          List.of("promql-experimental-functions"),
          List.of(new NoData("Down", "{a=\"b\"}", Policy.BLIND)));

  private static final RuleSettings STRICT = RuleSettings.DEFAULT.withMode(Mode.STRICT);

  private static final RuleSettings WITH_SETTLE =
      SETTINGS.withSettle(
          new Settle(20, List.of("job", "dc"), List.of(new ForSources("{dc=\"x\"}", 5000))));

  private static Slab floats() {
    Slab slab = new Slab();
    slab.add(0, NOW - 5, 1.5);
    slab.add(300, NOW - 5, StaleMarker.VALUE);
    return slab;
  }

  private static Slab mixed() {
    Slab slab = new Slab();
    slab.add(0, NOW - 5, 1.5);
    slab.addHistogram(
        300,
        NOW - 5,
        EncodedHistogram.of(
            new FloatHistogram(
                ResetHint.NOT_RESET,
                -1,
                0.5,
                2,
                6.25,
                7,
                new Buckets(new int[] {-2, 1}, new int[] {1, 1}, new double[] {1, 2.25}),
                new Buckets(new int[] {0}, new int[] {1}, new double[] {1}),
                new double[0])));
    return slab;
  }

  private static List<Entry> entries(Slab slab, RuleSettings settings) {
    return entries(slab, false, settings);
  }

  private static List<Entry> entries(Slab slab, boolean partial, RuleSettings settings) {
    SeriesDefinition up = new SeriesDefinition(0, Tenant.DEFAULT, Labels.of("__name__", "up"));
    SeriesDefinition temperature =
        new SeriesDefinition(300, Tenant.DEFAULT, Labels.of("room", "ğ"));
    RuleSet rules =
        new RuleSet(
            List.of(new RuleSet.RuleText("r.yml", "groups: []")),
            Labels.of("a", "b"),
            "http://h/",
            15_000,
            1,
            settings);
    return List.of(
        new Entry(
            1,
            NOW,
            new Input.Transaction(
                Tenant.DEFAULT, 7, partial, List.of(up, temperature), List.of(slab))),
        new Entry(2, NOW + 1, new Input.Tick()),
        new Entry(3, NOW + 1, new Input.Reload(rules)),
        new Entry(4, NOW + 2, new Input.Delivered("id", "pager", NOW, true)),
        new Entry(5, NOW + 3, new Input.Restarted()));
  }

  @Test
  void aSegment() throws IOException {
    assertThat(written(floats(), false)).isEqualTo(HEADER_5 + FLOATS + TICK + RULES_4 + REST);
    assertThat(written(mixed(), false)).isEqualTo(HEADER_5 + MIXED + TICK + RULES_4 + REST);
    assertThat(written(floats(), true)).isEqualTo(HEADER_5 + PARTIAL + TICK + RULES_4 + REST);
  }

  private static String written(Slab slab, boolean partial) throws IOException {
    Rig rig = Rig.fresh(new FaultyDisk());
    List<Entry> entries = entries(slab, partial, WITH_SETTLE);
    for (Entry entry : entries) {
      rig.run(List.of(entry));
    }
    rig.journal.writer().stopped();
    assertThat(Rig.recover(rig.disk.copy()).entries()).isEqualTo(Rig.texts(entries));
    return HexFormat.of().formatHex(rig.disk.bytes(FileName.segment(Rig.DIR, 1)));
  }

  @Test
  void versionOneIsReadAndGoneOnBehind() throws IOException {
    goesOnBehind(HEADER_1 + FLOATS + TICK + RULES + REST, floats(), STRICT);
  }

  @Test
  void versionTwoIsReadAndGoneOnBehind() throws IOException {
    goesOnBehind(HEADER_2 + MIXED + TICK + RULES + REST, mixed(), STRICT);
  }

  @Test
  void versionThreeIsReadAndGoneOnBehind() throws IOException {
    goesOnBehind(HEADER_3 + MIXED + TICK + RULES_3 + REST, mixed(), SETTINGS);
  }

  @Test
  void versionFourIsReadAndGoneOnBehind() throws IOException {
    goesOnBehind(HEADER_4 + MIXED + TICK + RULES_4 + REST, mixed(), WITH_SETTLE);
  }

  @Test
  void seriesThatAreForgotten() throws IOException {
    Rig rig = Rig.fresh(new FaultyDisk());
    List<Entry> entries =
        List.of(new Entry(1, NOW, new Input.Expire(List.of(0, 300, 1 << 30), NOW - 9)));
    rig.run(entries);
    rig.journal.writer().stopped();
    assertThat(Rig.recover(rig.disk.copy()).entries()).isEqualTo(Rig.texts(entries));
    String bytes = HexFormat.of().formatHex(rig.disk.bytes(FileName.segment(Rig.DIR, 1)));
    assertThat(bytes).startsWith(HEADER_5 + EXPIRE);
  }

  private static void goesOnBehind(String bytes, Slab slab, RuleSettings settings)
      throws IOException {
    FaultyDisk disk = new FaultyDisk();
    List<Entry> before = entries(slab, settings);
    disk.plant(FileName.segment(Rig.DIR, 1), HexFormat.of().parseHex(bytes));
    Rig.Found found = Rig.recover(disk);
    assertThat(found.entries()).isEqualTo(Rig.texts(before));
    Rig rig = new Rig(disk, Rig.SMALL, found.report().start());
    Entry next =
        new Entry(
            6, NOW + 4, new Input.Transaction(Tenant.DEFAULT, 8, List.of(), List.of(mixed())));
    rig.run(List.of(next));
    List<Entry> all = new ArrayList<>(before);
    all.add(next);
    assertThat(Rig.recover(disk).entries()).isEqualTo(Rig.texts(all));
  }

  @Test
  void aCheckpoint() throws IOException {
    Rig rig = Rig.fresh(new FaultyDisk());
    rig.journal.checkpoints().write(258, NOW, out -> out.writeUTF("state"));
    Path file = FileName.checkpoint(Rig.DIR, 258);
    assertThat(file.getFileName()).hasToString("00000000000000000258.checkpoint");
    assertThat(HexFormat.of().formatHex(rig.disk.bytes(file))).isEqualTo(CHECKPOINT);
  }

  /// A segment after a failure has its own flag in the header, and defines again what it uses.
  @Test
  void aSegmentAfterAGapThatDefinesAgain() throws IOException {
    Rig rig = Rig.fresh(new FaultyDisk());
    rig.run(List.of(entries(floats(), false, WITH_SETTLE).getFirst()));
    rig.disk.fail(FaultyDisk.Op.FORCE, "no");
    rig.run(List.of(new Entry(2, NOW + 1, new Input.Tick())));
    rig.disk.heal();
    rig.clock.advanceMs(5001);
    rig.run();
    Input.Transaction again =
        new Input.Transaction(Tenant.DEFAULT, 7, false, List.of(), List.of(floats()));
    rig.run(List.of(new Entry(3, NOW + 2, again)));
    rig.checkpoint(2);
    rig.journal.writer().stopped();
    assertThat(HexFormat.of().formatHex(rig.disk.bytes(FileName.segment(Rig.DIR, 3))))
        .isEqualTo(AFTER_GAP);
  }

  private static final String AFTER_GAP =
      "544f4353494e4a0a0005000100000000000000030000018bcfe5680138366980"
          + "00000032045e28cf010000000000000200000000000000030000018bcfe56802"
          + "0764656661756c7400000000000000070200"
          + "000000493cbc4144020400000000000200000000000000030000018bcfe56802"
          + "000764656661756c7401085f5f6e616d655f5f027570ac020764656661756c74"
          + "0104726f6f6d02c49f"
          + "00000050e0fc1274030100000000000200000000000000030000018bcfe56802"
          + "00000000000000000000018bcfe567fb3ff80000000000000000012c00000000"
          + "0000018bcfe567fb7ff0000000000002"
          + "000000203e894e01080000000000000000000000000000030000018bcfe56801";

  private static final String HEADER_1 =
      "544f4353494e4a0a0001000000000000000000010000018bcfe56800971d32c3";

  private static final String HEADER_3 =
      "544f4353494e4a0a0003000000000000000000010000018bcfe56800e087ddfc";

  private static final String HEADER_4 =
      "544f4353494e4a0a0004000000000000000000010000018bcfe56800c113a05a";

  private static final String HEADER_5 =
      "544f4353494e4a0a0005000000000000000000010000018bcfe568007828ecbd";

  private static final String EXPIRE =
      "000000310e5069cd0a0100000000000100000000000000010000018bcfe56800"
          + "0000018bcfe567f70300ac028080808004";

  private static final String HEADER_2 =
      "544f4353494e4a0a0002000000000000000000010000018bcfe5680059bc911b";

  /// The frames; each begins on a line of its own, and has 32 bytes a line.
  private static final String FLOATS =
      "000000324cc92822010000000000000100000000000000010000018bcfe56800"
          + "0764656661756c7400000000000000070202"
          + "00000049174f7fe2020000000000000100000000000000010000018bcfe56800"
          + "000764656661756c7401085f5f6e616d655f5f027570ac020764656661756c74"
          + "0104726f6f6d02c49f"
          + "00000050be721696030100000000000100000000000000010000018bcfe56800"
          + "00000000000000000000018bcfe567fb3ff80000000000000000012c00000000"
          + "0000018bcfe567fb7ff0000000000002";

  private static final String MIXED =
      "000000324cc92822010000000000000100000000000000010000018bcfe56800"
          + "0764656661756c7400000000000000070202"
          + "00000049174f7fe2020000000000000100000000000000010000018bcfe56800"
          + "000764656661756c7401085f5f6e616d655f5f027570ac020764656661756c74"
          + "0104726f6f6d02c49f"
          + "0000007b6a4ce70e090100000000000100000000000000010000018bcfe56800"
          + "00000000000000000000018bcfe567fb3ff80000000000000000012c0000002b"
          + "0000018bcfe567fb401c000000000000010201003fe000000000000003004019"
          + "000000000000080203010201020040020000000000000100010200";

  private static final String PARTIAL =
      "0000003361dce753010000000000000100000000000000010000018bcfe56800"
          + "0764656661756c740000000000000007020201"
          + "00000049174f7fe2020000000000000100000000000000010000018bcfe56800"
          + "000764656661756c7401085f5f6e616d655f5f027570ac020764656661756c74"
          + "0104726f6f6d02c49f"
          + "00000050be721696030100000000000100000000000000010000018bcfe56800"
          + "00000000000000000000018bcfe567fb3ff80000000000000000012c00000000"
          + "0000018bcfe567fb7ff0000000000002";

  private static final String TICK =
      "00000020c244eab1040100000000000100000000000000020000018bcfe56801";

  private static final String RULES =
      "00000051a053595e050100000000000100000000000000030000018bcfe56801"
          + "0105722e796d6c0a67726f7570733a205b5d010161016209687474703a2f2f68"
          + "2f0000000000003a980000000000000001";

  private static final String RULES_3 =
      "000000805e927959050100000000000100000000000000030000018bcfe56801"
          + "0105722e796d6c0a67726f7570733a205b5d010161016209687474703a2f2f68"
          + "2f0000000000003a98000000000000000101011d70726f6d716c2d6578706572"
          + "696d656e74616c2d66756e6374696f6e730104446f776e077b613d2262227d02";

  private static final String RULES_4 =
      "000000a2fcc6d4e2050100000000000100000000000000030000018bcfe56801"
          + "0105722e796d6c0a67726f7570733a205b5d010161016209687474703a2f2f68"
          + "2f0000000000003a98000000000000000101011d70726f6d716c2d6578706572"
          + "696d656e74616c2d66756e6374696f6e730104446f776e077b613d2262227d02"
          + "000000000000001402036a6f6202646301087b64633d2278227d000000000000"
          + "1388";

  private static final String REST =
      "00000032b83f86f7060100000000000100000000000000040000018bcfe56802"
          + "0269640570616765720000018bcfe5680001"
          + "000000202f23653f070100000000000100000000000000050000018bcfe56803"
          + "00000020ffbcd550080000000000000000000000000000050000018bcfe56800";

  private static final String CHECKPOINT =
      "544f4353494e430a00000001ff4fbb0700000000000001020000018bcfe568000000000000000007"
          + "00057374617465";
}
