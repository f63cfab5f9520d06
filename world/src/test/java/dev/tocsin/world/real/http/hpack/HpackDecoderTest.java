package dev.tocsin.world.real.http.hpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The examples of RFC 7541, appendix C, and what is no HPACK.
class HpackDecoderTest {
  private final HpackDecoder decoder = new HpackDecoder();

  private List<String> read(String hex) throws IOException {
    byte[] block = HexFormat.of().parseHex(hex.replace(" ", ""));
    List<String> headers = new ArrayList<>();
    decoder.read(block, 0, block.length, (name, value) -> headers.add(name + ": " + value));
    return headers;
  }

  private void refuses(String hex, String why) {
    assertThatThrownBy(() -> read(hex))
        .isInstanceOf(HpackException.class)
        .hasMessageContaining(why);
  }

  @Test
  void literals() throws IOException {
    assertThat(read("400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572"))
        .containsExactly("custom-key: custom-header");
    assertThat(read("040c 2f73 616d 706c 652f 7061 7468")).containsExactly(":path: /sample/path");
    assertThat(read("1008 7061 7373 776f 7264 0673 6563 7265 74"))
        .containsExactly("password: secret");
    assertThat(read("82")).containsExactly(":method: GET");
  }

  @Test
  void requestsThatReferToEachOther() throws IOException {
    assertThat(read("8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d"))
        .containsExactly(
            ":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com");
    assertThat(read("8286 84be 5808 6e6f 2d63 6163 6865"))
        .containsExactly(
            ":method: GET",
            ":scheme: http",
            ":path: /",
            ":authority: www.example.com",
            "cache-control: no-cache");
    assertThat(read("8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65"))
        .containsExactly(
            ":method: GET",
            ":scheme: https",
            ":path: /index.html",
            ":authority: www.example.com",
            "custom-key: custom-value");
  }

  @Test
  void requestsInHuffmanCode() throws IOException {
    assertThat(read("8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff"))
        .contains(":authority: www.example.com");
    assertThat(read("8286 84be 5886 a8eb 1064 9cbf")).contains("cache-control: no-cache");
    assertThat(read("8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf"))
        .contains("custom-key: custom-value");
  }

  @Test
  void answersWithATableThatIsTooSmall() throws IOException {
    // Of 256 bytes, as C.5 has it.
    assertThat(
            read(
                "3fe101 4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230"
                    + "3133 2032 303a 3133 3a32 3120 474d 546e 1768 7474 7073 3a2f 2f77 7777 2e65"
                    + "7861 6d70 6c65 2e63 6f6d"))
        .hasSize(4);
    assertThat(read("4803 3330 37c1 c0bf"))
        .containsExactly(
            ":status: 307",
            "cache-control: private",
            "date: Mon, 21 Oct 2013 20:13:21 GMT",
            "location: https://www.example.com");
    // The oldest one is gone.
    refuses("c2", "does not exist");
  }

  @Test
  void everyByteHasACode() throws IOException {
    // 0x00 to 0x1f and so on come out of the lengths alone: the longest ones are the proof.
    assertThat(read("00 84 ff ff ff f3 00")).containsExactly("\r\n".substring(1, 2) + ": ");
  }

  @Test
  void whatIsNoHpackIsRefused() {
    refuses("80", "header 0");
    refuses("be", "does not exist");
    refuses("40", "cut off");
    refuses("0005 61", "cut off");
    refuses("ff ff ff ff ff 7f", "too large");
    refuses("ff 80 80 80 80 80 00", "too large");
    refuses("82 20", "within a block");
    refuses("3f e2 1f", "at most 4096");
    // The code for the end, and padding that is none.
    refuses("00 84 ff ff ff ff 00", "means nothing");
    refuses("00 81 18 00", "cut off");
  }

  @Test
  void randomBytesAreReadOrRefused() {
    for (int seed = 0; seed < 20_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] block = new byte[random.nextInt(1, 60)];
      random.nextBytes(block);
      HpackDecoder fresh = new HpackDecoder();
      try {
        fresh.read(block, 0, block.length, (_, _) -> {});
      } catch (HpackException _) {
        // Nothing else is thrown.
      } catch (IOException | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }
}
