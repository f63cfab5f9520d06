package dev.tocsin.world.real.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BlockingCallsTest {
  private static final long LONG_NANOS = 20_000_000_000L;
  private final BlockingCalls calls = new BlockingCalls("test");
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void close() {
    end.countDown();
    calls.close();
  }

  private void hang(String subject) {
    assertThatThrownBy(
            () ->
                calls.call(
                    subject,
                    1_000_000,
                    () -> {
                      end.await();
                      return 1;
                    }))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(subject + ": no answer within 1 ms");
  }

  @Test
  void theResultComesBack() throws IOException {
    assertThat(calls.call("/mnt/data", LONG_NANOS, () -> 42)).isEqualTo(42);
    assertThat(calls.call("/mnt/data", LONG_NANOS, () -> 43)).isEqualTo(43);
  }

  @Test
  void anIoExceptionComesBackAsItIs() {
    assertThatThrownBy(
            () ->
                calls.call(
                    "x",
                    LONG_NANOS,
                    () -> {
                      throw new FileNotFoundException("gone");
                    }))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage("gone");
  }

  @Test
  void aCallThatHangsCostsOneThreadHoweverOftenItIsAskedFor() throws IOException {
    hang("/mnt/nfs");
    assertThatThrownBy(() -> calls.call("/mnt/nfs", LONG_NANOS, () -> 1))
        .hasMessageContaining("an earlier attempt still waits");
    assertThat(calls.call("/mnt/data", LONG_NANOS, () -> 7)).isEqualTo(7);
  }

  @Test
  void beyondTheBoundCallsFailAtOnce() {
    for (int i = 0; i < 16; i++) {
      hang("/mnt/" + i);
    }
    assertThatThrownBy(() -> calls.call("/", LONG_NANOS, () -> 1))
        .hasMessageContaining("16 other calls");
  }
}
