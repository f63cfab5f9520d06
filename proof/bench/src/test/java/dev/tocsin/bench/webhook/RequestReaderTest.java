package dev.tocsin.bench.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestReaderTest {
  private static final String POST = "POST /alerts HTTP/1.1\r\nHost: here\r\n";
  private static final String LENGTH = POST + "Content-Length: 5\r\n\r\nhello";
  private static final String CHUNKED =
      POST
          + "Transfer-Encoding: chunked\r\n\r\n"
          + "3\r\nhel\r\n"
          + "02;name=\"v\"\r\nlo\r\n"
          + "0\r\nTrailer: t\r\n\r\n";
  private static final String BODILESS = "HEAD /alerts HTTP/1.1\r\nHost: here\r\n\r\n";

  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private RequestReader reader(InputStream in) {
    return new RequestReader(in, told);
  }

  private RequestReader reader(String text) {
    return reader(new ByteArrayInputStream(bytes(text)));
  }

  private static IncomingRequest next(RequestReader reader) throws IOException {
    return Objects.requireNonNull(reader.next(), "a request");
  }

  private static String body(IncomingRequest request) {
    return new String(request.body(), StandardCharsets.UTF_8);
  }

  private static void readAll(RequestReader reader) throws IOException {
    IncomingRequest withLength = next(reader);
    IncomingRequest chunked = next(reader);
    IncomingRequest bodiless = next(reader);
    assertThat(List.of(withLength, chunked, bodiless))
        .extracting(RequestReaderTest::body)
        .containsExactly("hello", "hello", "");
    assertThat(bodiless.method()).isEqualTo("HEAD");
    assertThat(chunked.headers()).containsEntry("host", "here").doesNotContainKey("trailer");
    assertThat(reader.next()).isNull();
  }

  @Test
  void requestsFollowOneAnother() throws Exception {
    readAll(reader(LENGTH + CHUNKED + "\r\n" + BODILESS));
  }

  @Test
  void itDoesNotMatterWhereTheBytesAreCut() throws Exception {
    byte[] all = bytes(LENGTH + CHUNKED + BODILESS);
    for (int cut = 0; cut <= all.length; cut++) {
      // It reads up to the cut, and is given the rest by the next read.
      readAll(
          reader(
              new SequenceInputStream(
                  new ByteArrayInputStream(all, 0, cut),
                  new ByteArrayInputStream(all, cut, all.length - cut))));
    }
  }

  @Test
  void anEndWithinARequestIsNoRequest() {
    for (String request : List.of(LENGTH, CHUNKED, BODILESS)) {
      byte[] all = bytes(request);
      for (int length = 1; length < all.length; length++) {
        byte[] part = Arrays.copyOf(all, length);
        assertThatThrownBy(() -> reader(new ByteArrayInputStream(part)).next())
            .as("%d bytes of %s", length, request)
            .isInstanceOf(EOFException.class);
      }
    }
  }

  @Test
  void theTimeIsTakenWhenTheLastByteHasBeenRead() throws Exception {
    long[] endedNanos = {0};
    InputStream slow =
        new SequenceInputStream(
            new ByteArrayInputStream(bytes(LENGTH.substring(0, LENGTH.length() - 1))),
            new ByteArrayInputStream(bytes("o")) {
              @Override
              public synchronized int read(byte[] buffer, int from, int count) {
                endedNanos[0] = nowNanos();
                return super.read(buffer, from, count);
              }
            });
    IncomingRequest request = next(reader(slow));
    assertThat(body(request)).isEqualTo("hello");
    assertThat(endedNanos[0]).isPositive();
    assertThat(request.arrivedNanos()).isBetween(endedNanos[0], nowNanos());
  }

  private static long nowNanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  @Test
  void whoAsksIsToldThatTheBodyMayCome() throws Exception {
    next(reader(LENGTH));
    assertThat(told.size()).isZero();
    String asks = LENGTH.replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n");
    assertThat(body(next(reader(asks)))).isEqualTo("hello");
    assertThat(told.toString(StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1, Accept: x, true",
    "HTTP/1.1, Connection: close, false",
    "HTTP/1.1, 'Connection: Trailers, Close', false",
    "HTTP/1.0, Accept: x, false",
    "HTTP/1.0, Connection: Keep-Alive, true",
  })
  void whetherTheConnectionGoesOn(String version, String header, boolean goesOn) throws Exception {
    String text = "GET / " + version + "\r\n" + header + "\r\n\r\n";
    assertThat(next(reader(text)).keepAlive()).isEqualTo(goesOn);
  }

  @ParameterizedTest
  @CsvSource({
    "400, 'GET /\r\n\r\n'",
    "505, 'GET / HTTP/2.0\r\n\r\n'",
    "400, 'GET / HTTP/1.1\r\nno colon\r\n\r\n'",
    "400, 'GET / HTTP/1.1\r\nHost : here\r\n\r\n'",
    "400, 'POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n'",
    "400, 'POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'",
    "413, 'POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n'",
    "400, 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n'",
    "501, 'POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n'",
    "400, 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n'",
    "400, 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n'",
    "413, 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4000001\r\n'",
  })
  void whatIsNoRequestIsRefused(int status, String text) {
    assertRefused(status, text);
  }

  @Test
  void aHeadHasALimit() {
    assertRefused(431, "GET / HTTP/1.1\r\nLong: " + "x".repeat(RequestReader.HEAD_BYTES_MAX));
    assertRefused(431, "GET / HTTP/1.1\r\n" + "a: b\r\n".repeat(20_000));
  }

  private void assertRefused(int status, String text) {
    assertThatExceptionOfType(BadRequestException.class)
        .isThrownBy(() -> reader(text).next())
        .satisfies(e -> assertThat(e.status()).as(e.getMessage()).isEqualTo(status));
  }
}
