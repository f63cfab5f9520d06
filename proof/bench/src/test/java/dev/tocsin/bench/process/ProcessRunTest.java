package dev.tocsin.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ProcessRunTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private static ProcessRun shell(String script) {
    return ProcessRun.start(Path.of("."), Map.of("GIVEN", "yes"), List.of("sh", "-c", script));
  }

  @Test
  void linesAndTheExitCodeAreKept() {
    ProcessRun run = shell("echo a; echo b >&2; echo \"port 77 $GIVEN\"; exit 3");
    assertThat(run.awaitLine(Pattern.compile("port (\\d+)"), SOON).group(1)).isEqualTo("77");
    assertThat(run.awaitExit(SOON)).isEqualTo(3);
    assertThat(run.out()).containsExactly("a", "port 77 yes");
    assertThat(run.err()).containsExactly("b");
  }

  @Test
  void aLineThatCannotComeAnyMoreIsNotWaitedFor() {
    try (ProcessRun run = shell("echo broken >&2; exit 1")) {
      assertThatThrownBy(() -> run.awaitLine(Pattern.compile("ready"), Duration.ofMinutes(5)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("ended with 1")
          .hasMessageContaining("broken");
    }
  }

  @Test
  void figuresAreTheKernels() {
    try (ProcessRun run = shell("echo on; read x < /dev/zero")) {
      assertThat(run.awaitLine(Pattern.compile("on"), SOON).group()).isEqualTo("on");
      ProcessFigures figures = run.figures();
      assertThat(figures.residentKib()).isBetween(100L, 100_000L);
      assertThat(figures.residentMaxKib()).isGreaterThanOrEqualTo(figures.residentKib());
      assertThat(figures.threads()).isEqualTo(1);
    }
  }

  @Test
  void killEndsWhatDoesNotListen() {
    ProcessRun run = shell("trap '' TERM; echo on; while :; do :; done");
    assertThat(run.awaitLine(Pattern.compile("on"), SOON).group()).isEqualTo("on");
    run.terminate();
    assertThat(run.isAlive()).isTrue();
    run.kill();
    assertThat(run.isAlive()).isFalse();
  }
}
