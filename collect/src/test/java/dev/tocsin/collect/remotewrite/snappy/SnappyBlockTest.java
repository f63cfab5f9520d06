package dev.tocsin.collect.remotewrite.snappy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.collect.remotewrite.wire.MalformedException;
import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SnappyBlockTest {
  private static byte[] decoded(byte[] block) throws MalformedException {
    long declared = SnappyBlock.declaredLength(block, block.length);
    assertThat(SnappyBlock.canHold(block.length, declared)).isTrue();
    byte[] out = new byte[(int) declared];
    SnappyBlock.decode(block, block.length, out, (int) declared);
    return out;
  }

  private static byte[] compressed(byte[] content) {
    SnappyCompressor compressor = new SnappyCompressor();
    byte[] out = new byte[compressor.maxCompressedLength(content.length)];
    int length = compressor.compress(content, 0, content.length, out, 0, out.length);
    return Arrays.copyOf(out, length);
  }

  private static byte[] block(int... bytes) {
    byte[] block = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      block[i] = (byte) bytes[i];
    }
    return block;
  }

  @Test
  void readsBackWhatAnotherCompressorWrote() throws MalformedException {
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] content = new byte[random.nextInt(seed < 250 ? 3000 : 200_000)];
      int alphabet = 1 + random.nextInt(255);
      int i = 0;
      while (i < content.length) {
        if (i > 8 && random.nextInt(3) == 0) {
          int from = random.nextInt(i);
          int length = Math.min(content.length - i, 1 + random.nextInt(120));
          for (int k = 0; k < length; k++) {
            content[i + k] = content[from + k];
          }
          i += length;
        } else {
          content[i++] = (byte) random.nextInt(alphabet);
        }
      }
      assertThat(decoded(compressed(content))).as("seed %d", seed).isEqualTo(content);
    }
  }

  @Test
  void readsEveryKindOfElement() throws MalformedException {
    byte[] head = "abcd".getBytes(US_ASCII);
    assertThat(decoded(block(4, 3 << 2, 'a', 'b', 'c', 'd'))).isEqualTo(head);
    assertThat(decoded(block(8, 3 << 2, 'a', 'b', 'c', 'd', 1, 4)))
        .asString()
        .isEqualTo("abcdabcd");
    assertThat(decoded(block(5, 3 << 2, 'a', 'b', 'c', 'd', 2, 3, 0)))
        .asString()
        .isEqualTo("abcdb");
    assertThat(decoded(block(5, 3 << 2, 'a', 'b', 'c', 'd', 3, 2, 0, 0, 0)))
        .asString()
        .isEqualTo("abcdc");
    assertThat(decoded(block(9, 0, 'x', 1 | (4 << 2), 1))).asString().isEqualTo("xxxxxxxxx");
    for (int extra = 1; extra <= 4; extra++) {
      byte[] block = new byte[2 + extra + 3];
      block[0] = 3;
      block[1] = (byte) ((59 + extra) << 2);
      block[2] = 2;
      System.arraycopy("xyz".getBytes(US_ASCII), 0, block, 2 + extra, 3);
      assertThat(decoded(block)).asString().isEqualTo("xyz");
    }
  }

  @Test
  void anEmptyContentIsOneByte() throws MalformedException {
    assertThat(decoded(block(0))).isEmpty();
  }

  @Test
  void saysWhereItIsBroken() {
    assertThatThrownBy(() -> decoded(block())).hasMessage("snappy: no length at offset 0");
    assertThatThrownBy(() -> decoded(block(0x80))).hasMessage("snappy: no length at offset 0");
    assertThatThrownBy(() -> decoded(block(0xff, 0xff, 0xff, 0xff, 0x1f)))
        .hasMessage("snappy: a length of more than 32 bits at offset 0");
    assertThatThrownBy(() -> decoded(block(0xff, 0xff, 0xff, 0xff, 0xff, 0)))
        .hasMessage("snappy: a length of more than 32 bits at offset 0");
    assertThatThrownBy(() -> decoded(block(4, 3 << 2, 'a', 'b', 'c')))
        .hasMessage("snappy: a literal of 4 bytes does not fit at offset 2");
    assertThatThrownBy(() -> decoded(block(3, 3 << 2, 'a', 'b', 'c', 'd')))
        .hasMessage("snappy: a literal of 4 bytes does not fit at offset 2");
    assertThatThrownBy(() -> decoded(block(4, 60 << 2)))
        .hasMessage("snappy: a literal without its length at offset 1");
    assertThatThrownBy(() -> decoded(block(4, 63 << 2, 255, 255, 255, 255)))
        .hasMessage("snappy: a literal of 4294967296 bytes does not fit at offset 6");
    assertThatThrownBy(() -> decoded(block(5, 0, 'a', 1, 0)))
        .hasMessage("snappy: a copy of 4 bytes from 0 back does not fit at offset 3");
    assertThatThrownBy(() -> decoded(block(5, 0, 'a', 1, 2)))
        .hasMessage("snappy: a copy of 4 bytes from 2 back does not fit at offset 3");
    assertThatThrownBy(() -> decoded(block(4, 0, 'a', 1, 1)))
        .hasMessage("snappy: a copy of 4 bytes from 1 back does not fit at offset 3");
    assertThatThrownBy(() -> decoded(block(5, 0, 'a', 2, 1)))
        .hasMessage("snappy: a copy that does not end at offset 3");
    assertThatThrownBy(() -> decoded(block(2, 0, 'a')))
        .hasMessage("snappy: 1 bytes where 2 were declared at offset 3");
  }

  @Test
  void neverWritesBeyondItsLengthAndAgreesWithTheOtherDecoder() {
    int good = 0;
    for (long seed = 0; seed < 20_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] content = new byte[random.nextInt(200)];
      Arrays.setAll(new int[content.length], i -> content[i] = (byte) random.nextInt(4));
      byte[] block = compressed(content);
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        block[random.nextInt(block.length)] = (byte) random.nextInt(256);
      }
      byte[] mine = tried(block);
      byte[] other = triedByOther(block);
      if (mine != null) {
        good++;
        assertThat(other).as("seed %d", seed).isEqualTo(mine);
      }
    }
    assertThat(good).isPositive();
  }

  private static byte @org.jspecify.annotations.Nullable [] tried(byte[] block) {
    try {
      long declared = SnappyBlock.declaredLength(block, block.length);
      if (declared > 4096) {
        return null;
      }
      byte[] out = new byte[(int) declared + 64];
      Arrays.fill(out, (int) declared, out.length, (byte) 0x5a);
      SnappyBlock.decode(block, block.length, out, (int) declared);
      for (int i = (int) declared; i < out.length; i++) {
        assertThat(out[i]).isEqualTo((byte) 0x5a);
      }
      return Arrays.copyOf(out, (int) declared);
    } catch (MalformedException _) {
      return null;
    }
  }

  private static byte @org.jspecify.annotations.Nullable [] triedByOther(byte[] block) {
    try {
      byte[] out = new byte[SnappyDecompressor.getUncompressedLength(block, 0)];
      int length = new SnappyDecompressor().decompress(block, 0, block.length, out, 0, out.length);
      return Arrays.copyOf(out, length);
    } catch (RuntimeException _) {
      return null;
    }
  }
}
