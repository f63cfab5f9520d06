package dev.tocsin.world.real.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {
  private static WireInput wire(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return new WireInput(new ByteArrayInputStream(bytes), new ByteBudget(1 << 20));
  }

  private static String all(BodyReader body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[3];
    int got;
    while ((got = body.read(buffer, 0, buffer.length)) >= 0) {
      assertThat(got).isPositive();
      out.write(buffer, 0, got);
    }
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private static String chunked(String text) throws IOException {
    return all(new BodyReader(wire(text), Framing.CHUNKED));
  }

  @Test
  void aBodyOfKnownLengthLeavesTheNextRequestAlone() throws IOException {
    WireInput wire = wire("hellonext");
    BodyReader body = new BodyReader(wire, 5);
    assertThat(all(body)).isEqualTo("hello");
    assertThat(body.isFinished()).isTrue();
    assertThat(wire.read()).isEqualTo('n');
  }

  @Test
  void chunksAreJoinedAndTheTrailerIsThrownAway() throws IOException {
    WireInput wire = wire("3\r\nabc\r\n0A ;x=\"y\"\r\n0123456789\r\n0\r\nX: y\r\nZ: a\r\n\r\nnext");
    BodyReader body = new BodyReader(wire, Framing.CHUNKED);
    assertThat(all(body)).isEqualTo("abc0123456789");
    assertThat(body.isFinished()).isTrue();
    assertThat(wire.read()).isEqualTo('n');
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\r\n",
        "\r\n",
        "-1\r\nabc",
        "+3\r\nabc",
        "0x3\r\nabc\r\n",
        "3\nabc\r\n0\r\n\r\n",
        "3\r\nabcd\r\n0\r\n\r\n",
        "3\r\nabc\n0\r\n\r\n",
        "3;a\nb\r\nabc\r\n0\r\n\r\n",
        "123456789\r\n",
        "3\rXabc\r\n",
        "0\r\nX: y\n\r\n",
        "0\r\nX: y\rZ\r\n\r\n"
      })
  void chunksThatAreNotExactAreRefused(String text) {
    assertThatThrownBy(() -> chunked(text)).isInstanceOf(WireException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3", "3\r\n", "3\r\nab", "3\r\nabc", "3\r\nabc\r\n", "0\r\n"})
  void chunksThatEndEarlyAreNoBody(String text) {
    assertThatThrownBy(() -> chunked(text)).isInstanceOf(EOFException.class);
  }

  @Test
  void endlessExtensionsAndTrailersAreRefused() {
    assertThatThrownBy(() -> chunked("3;" + "a".repeat(300) + "\r\nabc"))
        .isInstanceOf(WireException.class);
    assertThatThrownBy(() -> chunked("0\r\n" + "X: y\r\n".repeat(3000) + "\r\n"))
        .isInstanceOf(WireException.class);
  }

  @Test
  void aBodyThatEndsEarlyIsNoBody() {
    assertThatThrownBy(() -> all(new BodyReader(wire("hell"), 5))).isInstanceOf(EOFException.class);
  }

  @Test
  void untilTheEndIsUntilTheEnd() throws IOException {
    BodyReader body = new BodyReader(wire("hello"), Framing.UNTIL_CLOSE);
    assertThat(all(body)).isEqualTo("hello");
    assertThat(body.isFinished()).isTrue();
  }

  @Test
  void discardingStopsWhereItIsTooMuch() throws IOException {
    assertThat(new BodyReader(wire("a".repeat(100)), 100).discard(100)).isTrue();
    assertThat(new BodyReader(wire("a".repeat(100_000)), 100_000).discard(5000)).isFalse();
  }

  @Test
  void whatALargeHeadBorrowedIsGivenBack() throws IOException {
    ByteBudget budget = new ByteBudget(1 << 20);
    String head = "GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(5000) + "\r\n\r\n";
    byte[] bytes = (head + "rest").getBytes(StandardCharsets.ISO_8859_1);
    WireInput wire = new WireInput(new ByteArrayInputStream(bytes), budget);
    HeadReader.read(wire, 16 << 10);
    assertThat(budget.taken()).isEqualTo((8 << 10) - WireInput.FIRST_BYTES);
    wire.shrink();
    assertThat(budget.taken()).isZero();
    assertThat(wire.read()).isEqualTo('r');
  }
}
