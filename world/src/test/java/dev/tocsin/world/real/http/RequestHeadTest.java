package dev.tocsin.world.real.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestHeadTest {
  private static final int BYTES_MAX = 8 << 10;

  private static RequestHead read(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return read(new ByteArrayInputStream(bytes));
  }

  private static RequestHead read(InputStream in) throws IOException {
    return RequestHead.of(HeadReader.read(new WireInput(in, new ByteBudget(1 << 20)), BYTES_MAX));
  }

  private static int statusOf(String text) {
    try {
      RequestHead head = read(text);
      throw new AssertionError("taken: " + head);
    } catch (WireException e) {
      return e.status();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anOrdinaryRequestIsRead() throws IOException {
    RequestHead head =
        read(
            String.join(
                "\r\n",
                "POST /api/v1/write%20it/%C3%A9?match%5B%5D=up HTTP/1.1",
                "host: a",
                "CONTENT-LENGTH:  12 \t",
                "X-Empty:",
                "Accept: a",
                "accept: b",
                "",
                ""));
    assertThat(head.method()).isEqualTo("POST");
    assertThat(head.path()).isEqualTo("/api/v1/write it/\u00e9");
    assertThat(head.query()).isEqualTo("match%5B%5D=up");
    assertThat(head.framing()).isEqualTo(12);
    assertThat(head.keepAlive()).isTrue();
    assertThat(head.fields().first("Accept")).isEqualTo("a");
    assertThat(head.fields().first("X-Empty")).isEmpty();
    assertThat(head.fields().first("X-None")).isEmpty();
    assertThat(head.fields().asMap()).containsEntry("accept", "a, b");
  }

  @Test
  void aHeadMayComeByteByByte() throws IOException {
    byte[] text = "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    InputStream slow =
        new InputStream() {
          private int at;

          @Override
          public int read() {
            return at < text.length ? text[at++] : -1;
          }

          @Override
          public int read(byte[] into, int from, int count) {
            int one = read();
            if (one < 0) {
              return -1;
            }
            into[from] = (byte) one;
            return 1;
          }
        };
    assertThat(read(slow).path()).isEqualTo("/");
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1,'',true",
    "HTTP/1.1,close,false",
    "HTTP/1.1,'Foo, CLOSE',false",
    "HTTP/1.0,'',false",
    "HTTP/1.0,keep-alive,true"
  })
  void theConnectionIsKeptAsAsked(String version, String connection, boolean kept)
      throws IOException {
    String line = connection.isEmpty() ? "" : "Connection: " + connection + "\r\n";
    assertThat(read("GET / " + version + "\r\nHost: a\r\n" + line + "\r\n").keepAlive())
        .isEqualTo(kept);
  }

  @Test
  void theFormForProxiesLosesItsHost() throws IOException {
    assertThat(read("GET http://a:90/b?c HTTP/1.1\r\nHost: a\r\n\r\n").path()).isEqualTo("/b");
    assertThat(read("GET http://a HTTP/1.1\r\nHost: a\r\n\r\n").path()).isEqualTo("/");
    assertThat(read("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").path()).isEqualTo("*");
  }

  @ParameterizedTest
  @CsvSource({
    "400,'GET /'",
    "400,'GET  / HTTP/1.1'",
    "400,'GET / a HTTP/1.1'",
    "400,' GET / HTTP/1.1'",
    "400,'G(T / HTTP/1.1'",
    "400,'GET a HTTP/1.1'",
    "400,'GET * HTTP/1.1'",
    "400,'GET /%zz HTTP/1.1'",
    "400,'GET /%00 HTTP/1.1'",
    "400,'GET /%1 HTTP/1.1'",
    "400,'GET /#a HTTP/1.1'",
    "400,'GET /é HTTP/1.1'",
    "505,'GET / HTTP/2.0'",
    "505,'GET / http/1.1'",
    "505,'GET / HTTP/1.12'",
    "400,'GET\t/ HTTP/1.1'"
  })
  void aFirstLineThatIsNoneIsRefused(int status, String line) {
    assertThat(statusOf(line + "\r\nHost: a\r\n\r\n")).as(line).isEqualTo(status);
  }

  /// Each of these is read differently by some program, which is how requests are smuggled.
  @ParameterizedTest
  @CsvSource({
    "400,'Content-Length: 3|Content-Length: 3'",
    "400,'Content-Length: 3|content-length: 4'",
    "400,'Content-Length: 3, 3'",
    "400,'Content-Length: +3'",
    "400,'Content-Length: -1'",
    "400,'Content-Length: 0x3'",
    "400,'Content-Length:'",
    "400,'Content-Length: 3 3'",
    "400,'Content-Length: 9999999999999999999'",
    "400,'Content-Length: 3|Transfer-Encoding: chunked'",
    "400,'Transfer-Encoding: chunked|Transfer-Encoding: chunked'",
    "501,'Transfer-Encoding: gzip, chunked'",
    "501,'Transfer-Encoding: xchunked'",
    "501,'Transfer-Encoding: chunked, identity'",
    "400,'Content-Length : 3'",
    "400,' A: b'",
    "400,'A: b| continued'",
    "400,'A'",
    "400,': b'",
    "400,'A b: c'",
    "400,'Host: b'",
    "417,'Expect: 200-ok'"
  })
  void whatTwoReadersMightReadDifferentlyIsRefused(int status, String lines) {
    String head = "POST / HTTP/1.1\r\nHost: a\r\n" + lines.replace("|", "\r\n") + "\r\n\r\n";
    assertThat(statusOf(head)).as(lines).isEqualTo(status);
  }

  @Test
  void lineEndsAreCrLfAlone() {
    assertThat(statusOf("GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n")).isEqualTo(400);
    assertThat(statusOf("GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n")).isEqualTo(400);
    assertThat(statusOf("GET / HTTP/1.1\nHost: a\n\n")).isEqualTo(400);
    assertThat(statusOf("GET / HTTP/1.1\r\nHost: a\u0000b\r\n\r\n")).isEqualTo(400);
    assertThat(statusOf("\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(400);
  }

  @Test
  void theHostIsNeeded() throws IOException {
    assertThat(statusOf("GET / HTTP/1.1\r\nX: a\r\n\r\n")).isEqualTo(400);
    assertThat(read("GET / HTTP/1.0\r\nX: a\r\n\r\n").path()).isEqualTo("/");
  }

  @Test
  void chunksNeedHttp11() {
    assertThat(statusOf("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n")).isEqualTo(400);
  }

  @Test
  void tooMuchIs431() {
    String many = "X: a\r\n".repeat(Fields.COUNT_MAX);
    assertThat(statusOf("GET / HTTP/1.1\r\nHost: a\r\n" + many + "\r\n")).isEqualTo(431);
    String large = "X: " + "a".repeat(BYTES_MAX) + "\r\n";
    assertThat(statusOf("GET / HTTP/1.1\r\nHost: a\r\n" + large + "\r\n")).isEqualTo(431);
    assertThat(statusOf("GET /" + "a".repeat(BYTES_MAX))).isEqualTo(431);
  }

  @Test
  void anEndBeforeTheRequestIsNoRequest() {
    assertThatThrownBy(() -> read("")).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> read("\r\n")).isInstanceOf(EOFException.class);
    assertThat(statusOf("GET / HT")).isEqualTo(400);
  }
}
