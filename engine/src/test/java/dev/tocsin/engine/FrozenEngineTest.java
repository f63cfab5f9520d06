package dev.tocsin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSettings;
import dev.tocsin.model.input.RuleSettings.Mode;
import dev.tocsin.model.input.Settle;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FrozenEngineTest {
  private static byte[] bytes(FrozenEngine frozen) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (frozen) {
      frozen.writeTo(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  @Test
  void whatComesAfterwardsIsNotWritten() {
    int changed = 0;
    for (long seed = 1; seed <= 16; seed++) {
      Stand stand = new Stand();
      List<byte[]> expected = new ArrayList<>();
      List<FrozenEngine> frozen = new ArrayList<>();
      int at = new SplittableRandom(seed).nextInt(ReplayTest.INPUTS);
      ReplayTest.drive(
          stand,
          seed,
          at,
          () -> {
            expected.add(stand.bytes());
            frozen.add(stand.engine.freeze());
          });
      byte[] written = bytes(frozen.getFirst());
      assertThat(written).as("seed " + seed).isEqualTo(expected.getFirst());
      byte[] now = stand.bytes();
      changed += Arrays.equals(now, written) ? 0 : 1;
    }
    assertThat(changed).as("runs that changed something afterwards").isGreaterThan(12);
  }

  @Test
  void anotherThreadWritesItWhileTheEngineGoesOn() throws ExecutionException, InterruptedException {
    for (long seed = 100; seed < 110; seed++) {
      Stand stand = new Stand();
      List<byte[]> expected = new ArrayList<>();
      List<CompletableFuture<byte[]>> written = new ArrayList<>();
      ReplayTest.drive(
          stand,
          seed,
          ReplayTest.INPUTS / 2,
          () -> {
            expected.add(stand.bytes());
            FrozenEngine frozen = stand.engine.freeze();
            written.add(CompletableFuture.supplyAsync(() -> bytes(frozen)));
          });
      assertThat(written.getFirst().get()).as("seed " + seed).isEqualTo(expected.getFirst());
    }
  }

  @Test
  void whatWaitsToSettleIsWrittenAsItWas() {
    Stand stand = new Stand();
    RuleSettings settings =
        RuleSettings.DEFAULT.withMode(Mode.STREAM).withSettle(Settle.NONE.with(40));
    String file = Stand.group("- {alert: Ratio, expr: a / b > 1}");
    stand.step(new Input.Reload(Stand.rules(Mode.STREAM, file).with(settings)));
    stand.tick(10_000);
    stand.nowMs = 11_000;
    stand.part(11_000, Map.of("a job=x", 3.0));
    byte[] expected = stand.bytes();
    FrozenEngine frozen = stand.engine.freeze();
    stand.nowMs = 11_010;
    stand.part(11_000, Map.of("b job=x", 2.0));
    stand.tick(11_050);
    assertThat(bytes(frozen)).isEqualTo(expected);
    assertThat(stand.bytes()).isNotEqualTo(expected);
  }
}
