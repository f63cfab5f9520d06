package dev.tocsin.bench.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.bench.http.Probe;
import dev.tocsin.bench.json.Json;
import dev.tocsin.bench.peer.PeerProgram;
import dev.tocsin.bench.peer.PrometheusPeer;
import dev.tocsin.model.labels.Labels;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteRequestTest {
  @Test
  void theBytesAreThoseOfTheSpecification() {
    List<TimedSample> samples =
        List.of(new TimedSample(Labels.of("__name__", "up", "a", "é"), 300, 1.0));
    // Field 1 of 39 bytes: two labels (field 1), and a sample (field 2) of a double and a varint.
    String message =
        "0a27"
            + ("0a0e" + "0a085f5f6e616d655f5f" + "12027570")
            + ("0a07" + "0a0161" + "1202c3a9")
            + ("120c" + "09000000000000f03f" + "10ac02");
    byte[] plain = WriteRequest.message(samples);
    assertThat(HexFormat.of().formatHex(plain)).isEqualTo(message);
    assertThat(HexFormat.of().formatHex(Snappy.encode(plain))).isEqualTo("29" + "f42800" + message);
  }

  @Test
  void theBytesOf2AreThoseOfTheSpecification() {
    List<TimedSample> samples =
        List.of(
            new TimedSample(Labels.of("__name__", "up", "a", "é"), 300, 1.0),
            new TimedSample(Labels.of("__name__", "up"), 301, 1.0));
    // Five symbols (field 4), the first one empty; two series (field 5): references, a sample.
    String message =
        ("2200" + "22085f5f6e616d655f5f" + "22027570" + "220161" + "2202c3a9")
            + ("2a14" + "0a0401020304" + "120c" + "09000000000000f03f" + "10ac02")
            + ("2a12" + "0a020102" + "120c" + "09000000000000f03f" + "10ad02");
    assertThat(HexFormat.of().formatHex(WriteRequestV2.message(samples))).isEqualTo(message);
  }

  @Test
  void longInputIsSeveralLiterals() {
    byte[] encoded = Snappy.encode(new byte[70_000]);
    assertThat(encoded).hasSize(3 + 3 + 65_536 + 3 + 70_000 - 65_536);
    assertThat(encoded).startsWith(0xf0, 0xa2, 0x04, 0xf4, 0xff, 0xff, 0);
  }

  @Test
  void prometheusTakesThem(@TempDir Path folder) throws Exception {
    assumeTrue(PeerProgram.PROMETHEUS.isInstalled(), PeerProgram.PROMETHEUS.howToInstall());
    try (PrometheusPeer prometheus = PrometheusPeer.start(folder, "global: {}\n");
        RemoteWriteSender sender = RemoteWriteSender.open(prometheus.writeAddress())) {
      long timeMs = Instant.now().toEpochMilli();
      List<TimedSample> many = new ArrayList<>();
      for (int i = 0; i < 3_000; i++) {
        many.add(new TimedSample(Labels.of("__name__", "sent", "i", "" + i), timeMs, i));
      }
      assertThat(sender.send(many).status()).isEqualTo(204);
      String path = "/api/v1/query?query=sum(sent)";
      Json result = Json.parse(Probe.get(prometheus.address(), path).text()).get("data");
      assertThat(result.get("result").list().getFirst().get("value").list().get(1).text())
          .isEqualTo("4498500");
    }
  }
}
