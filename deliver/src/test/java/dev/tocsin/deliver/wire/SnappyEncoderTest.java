package dev.tocsin.deliver.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.snappy.SnappyDecompressor;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SnappyEncoderTest {
  private final SnappyEncoder encoder = new SnappyEncoder();

  private static byte[] decoded(byte[] block) {
    SnappyDecompressor decompressor = new SnappyDecompressor();
    byte[] out = new byte[SnappyDecompressor.getUncompressedLength(block, 0)];
    int length = decompressor.decompress(block, 0, block.length, out, 0, out.length);
    return Arrays.copyOf(out, length);
  }

  @Test
  void anotherDecompressorReadsItBack() {
    for (long seed = 0; seed < 400; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] content = new byte[random.nextInt(seed < 350 ? 3000 : 400_000)];
      int alphabet = 1 + random.nextInt(255);
      int i = 0;
      while (i < content.length) {
        if (i > 8 && random.nextInt(3) == 0) {
          int from = random.nextInt(i);
          int length = Math.min(content.length - i, 1 + random.nextInt(500));
          for (int k = 0; k < length; k++) {
            content[i + k] = content[from + k];
          }
          i += length;
        } else {
          content[i++] = (byte) random.nextInt(alphabet);
        }
      }
      assertThat(decoded(encoder.encode(content, content.length)))
          .as("seed %d", seed)
          .isEqualTo(content);
    }
  }

  @Test
  void textThatRepeatsBecomesSmall() {
    byte[] content =
        "__name__node_cpu_seconds_total"
            .repeat(5000)
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThat(encoder.encode(content, content.length).length).isLessThan(content.length / 15);
  }

  @Test
  void nothingIsOneByte() {
    assertThat(encoder.encode(new byte[0], 0)).containsExactly(0);
  }
}
