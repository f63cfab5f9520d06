package dev.tocsin.bench.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bench.memory.ClusterSeries;
import dev.tocsin.bench.remotewrite.TimedSample;
import dev.tocsin.bench.remotewrite.WriteRequest;
import dev.tocsin.collect.remotewrite.snappy.SnappyBlock;
import dev.tocsin.collect.remotewrite.wire.MalformedException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IngestBodyTest {
  private static final URI ADDRESS = URI.create("http://127.0.0.1:9640/api/v1/write");
  private static final int FROM = 4_000;
  private static final int COUNT = 2_000;

  @Test
  void whatIsWrittenOverIsWhatWouldHaveBeenCompressed() throws MalformedException {
    IngestBody body = new IngestBody(FROM, COUNT, ADDRESS);
    for (long round : new long[] {0, 1, 77_777}) {
      long timeMs = 1_764_000_000_123L + round * 1000;
      assertThat(decoded(body.next(timeMs, round))).isEqualTo(expected(timeMs, round));
    }
  }

  @Test
  void itIsAboutAsSmallAsSendersMakeIt() {
    IngestBody body = new IngestBody(FROM, COUNT, ADDRESS);
    assertThat(body.plainBytes() / COUNT).isBetween(295, 310);
    assertThat(body.bodyBytes() / COUNT).isBetween(15, 60);
  }

  private static byte[] expected(long timeMs, long round) {
    List<TimedSample> samples = new ArrayList<>();
    for (int i = FROM; i < FROM + COUNT; i++) {
      samples.add(
          new TimedSample(new ClusterSeries(false).labels(i), timeMs, IngestBody.value(i, round)));
    }
    return WriteRequest.message(samples);
  }

  private static byte[] decoded(byte[] request) throws MalformedException {
    String text = new String(request, StandardCharsets.ISO_8859_1);
    int head = text.indexOf("\r\n\r\n") + 4;
    assertThat(text.substring(0, head))
        .startsWith("POST /api/v1/write HTTP/1.1\r\n")
        .contains("Content-Length: " + (request.length - head) + "\r\n");
    byte[] block = Arrays.copyOfRange(request, head, request.length);
    int declared = (int) SnappyBlock.declaredLength(block, block.length);
    byte[] plain = new byte[declared];
    SnappyBlock.decode(block, block.length, plain, declared);
    return plain;
  }
}
