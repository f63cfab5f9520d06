package dev.tocsin.collect.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.collect.remotewrite.Receiver;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.pipeline.accounting.Accounts;
import dev.tocsin.world.net.HttpReply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TextFuzzTest {
  private static final long NOW = Receiver.NOW_MS;

  @Test
  void validTextsAreReadAsThePlainReaderReadsThem() {
    compare(0, 4000);
  }

  @Tag("deep")
  @Test
  void manyMoreValidTexts() {
    compare(1_000_000, 200_000);
  }

  private static void compare(long first, int cases) {
    TextRig rig = fresh();
    int samples = 0;
    for (long seed = first; seed < first + cases; seed++) {
      if (rig.receiver.intake.seriesCount() > 40_000) {
        rig = fresh();
      }
      GeneratedText generated = new GeneratedText(seed);
      String text = generated.text();
      List<Receiver.Came> expected =
          labelled(seed, PlainReader.read(text, generated.isOpenMetrics(), NOW));
      rig.came().clear();
      byte[] bytes = text.getBytes(UTF_8);
      TextRequest request =
          (seed % 3 == 0 ? TextRequest.zipped(bytes) : TextRequest.of(bytes))
              .with("content-type", type(generated, seed))
              .asking("extra_label=seed=" + seed);
      HttpReply reply = rig.handle(request);
      assertThat(reply.status())
          .as("seed %d: %s\n%s", seed, Receiver.text(reply), text)
          .isEqualTo(204);
      assertThat(rig.came()).as("seed %d:\n%s", seed, text).isEqualTo(expected);
      samples += expected.size();
    }
    assertThat(samples).as("samples compared").isGreaterThan(3 * cases);
    rig.receiver.balanced();
  }

  private static TextRig fresh() {
    return new TextRig(TextLimits.DEFAULT, 16 << 20, 16, 100_000);
  }

  private static String type(GeneratedText generated, long seed) {
    if (seed % 2 == 0) {
      return "";
    }
    return generated.isOpenMetrics()
        ? "application/openmetrics-text; version=1.0.0"
        : "text/plain; version=0.0.4";
  }

  /// As they are with a label that no other text has.
  private static List<Receiver.Came> labelled(long seed, List<Receiver.Came> all) {
    List<Receiver.Came> labelled = new ArrayList<>();
    Set<Labels> seen = new HashSet<>();
    for (Receiver.Came one : all) {
      Labels labels = one.labels().toBuilder().set("seed", "" + seed).build();
      assertThat(seen.add(labels)).as("seed %d: %s twice", seed, labels).isTrue();
      labelled.add(new Receiver.Came(labels, one.timeMs(), one.bits()));
    }
    return labelled;
  }

  @Test
  void whateverIsChangedInATextNothingBreaks() {
    mutate(0, 6000);
  }

  @Tag("deep")
  @Test
  void manyMoreChangedTexts() {
    mutate(1_000_000, 200_000);
  }

  private static void mutate(long first, int cases) {
    TextRig rig = fresh();
    int refused = 0;
    for (long seed = first; seed < first + cases; seed++) {
      if (rig.receiver.intake.seriesCount() > 40_000) {
        rig = fresh();
      }
      SplittableRandom random = new SplittableRandom(seed);
      byte[] text = new GeneratedText(seed).text().getBytes(UTF_8);
      boolean zipped = random.nextInt(4) == 0;
      byte[] changed = zipped ? TextRequest.gzip(text) : text;
      for (int i = random.nextInt(4); i >= 0 && changed.length > 0; i--) {
        changed = changed(changed, random);
      }
      TextRequest request = TextRequest.of(changed).with("content-encoding", zipped ? "gzip" : "");
      HttpReply reply = rig.handle(request);
      assertThat(reply.status()).as("seed %d: %s", seed, Receiver.text(reply)).isIn(204, 400, 413);
      refused += reply.status() == 204 ? 0 : 1;
      Accounts accounts = rig.receiver.balanced();
      assertThat(accounts.inFlight()).as("seed %d", seed).isZero();
      assertThat(rig.budget.used()).as("seed %d", seed).isZero();
    }
    assertThat(refused).as("of %d", cases).isBetween(cases / 4, cases - cases / 8);
  }

  private static byte[] changed(byte[] bytes, SplittableRandom random) {
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(5)) {
      case 0 -> {
        byte[] flipped = bytes.clone();
        flipped[at] = (byte) random.nextInt(256);
        yield flipped;
      }
      case 1 -> Arrays.copyOf(bytes, at);
      case 2 -> {
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
        System.arraycopy(bytes, at + 1, shorter, at, bytes.length - at - 1);
        yield shorter;
      }
      case 3 -> {
        byte[] telling = "\"\\{}=,# \n\r\t".getBytes(UTF_8);
        byte[] changed = bytes.clone();
        changed[at] = telling[random.nextInt(telling.length)];
        yield changed;
      }
      default -> {
        int length = Math.min(bytes.length - at, 1 + random.nextInt(20));
        byte[] longer = Arrays.copyOf(bytes, bytes.length + length);
        System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
        yield longer;
      }
    };
  }
}
