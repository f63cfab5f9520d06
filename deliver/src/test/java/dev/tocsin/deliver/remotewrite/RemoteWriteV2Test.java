package dev.tocsin.deliver.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.deliver.send.SampleFormat.Body;
import dev.tocsin.deliver.send.SampleFormat.Unwritten;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RemoteWriteV2Test {
  private static final String SAMPLES = "x-prometheus-remote-write-samples-written";
  private static final String HISTOGRAMS = "x-prometheus-remote-write-histograms-written";

  private final RemoteWriteV2 format = new RemoteWriteV2();

  /// Ten samples, three of them histograms.
  private Unwritten unwritten(Map<String, String> headers) {
    return format.unwritten(new Body(new byte[0], 10, 3, 0), headers, new byte[0]);
  }

  @Test
  void whatTheHeadersSayIsWritten() {
    assertThat(unwritten(Map.of(SAMPLES, "7", HISTOGRAMS, "3"))).isEqualTo(Unwritten.NONE);
    assertThat(unwritten(Map.of(SAMPLES, " 5 ", HISTOGRAMS, "1")).samples()).isEqualTo(4);
    assertThat(unwritten(Map.of(SAMPLES, "7")).samples()).isEqualTo(3);
    assertThat(unwritten(Map.of(SAMPLES, "many", HISTOGRAMS, "99")).samples()).isEqualTo(7);
    assertThat(unwritten(Map.of(SAMPLES, "-1", HISTOGRAMS, "3")).samples()).isEqualTo(7);
  }

  @Test
  void withoutThemNothingIs() {
    Unwritten all = unwritten(Map.of());
    assertThat(all.samples()).isEqualTo(10);
    assertThat(all.reason()).contains("1.0 only");
  }
}
