package dev.tocsin.collect.text;

import static dev.tocsin.collect.text.TextRig.NOW;
import static dev.tocsin.collect.text.TextRig.came;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tocsin.collect.remotewrite.Receiver;
import dev.tocsin.collect.series.WriteResult;
import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Accounts;
import dev.tocsin.pipeline.accounting.Refusal;
import dev.tocsin.pipeline.intake.Admission;
import dev.tocsin.pipeline.intake.Intake;
import dev.tocsin.world.net.HttpReply;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextImportHandlerTest {
  private final TextRig rig = TextRig.usual();

  private void isWritten(HttpReply reply) {
    assertThat(reply.status()).as(Receiver.text(reply)).isEqualTo(204);
  }

  @Test
  void writesWhatAnExporterShows() {
    isWritten(
        rig.post(
            """
            # HELP http_requests_total The total number of HTTP requests.
            # TYPE http_requests_total counter
            http_requests_total{method="post",code="200"} 1027 1764000000001
            http_requests_total{method="post",code="400"}    3

            # Escaping in label values:
            msdos_file_access_time_seconds{path="C:\\\\DIR\\\\FILE.TXT",error="Cannot find file:\\n\\"FILE.TXT\\""} 1.458255915e9
            metric_without_timestamp_and_labels 12.47
            something_weird{problem="division by zero"} +Inf 1763999999000
            \tspaces\t{ a = "1" , b="\\x" , } NaN\t
            """));
    assertThat(rig.came())
        .containsExactly(
            came(NOW + 1, 1027, "__name__", "http_requests_total", "code", "200", "method", "post"),
            came(NOW, 3, "__name__", "http_requests_total", "code", "400", "method", "post"),
            came(
                NOW,
                1.458255915e9,
                "__name__",
                "msdos_file_access_time_seconds",
                "error",
                "Cannot find file:\n\"FILE.TXT\"",
                "path",
                "C:\\DIR\\FILE.TXT"),
            came(NOW, 12.47, "__name__", "metric_without_timestamp_and_labels"),
            came(
                NOW - 1000,
                Double.POSITIVE_INFINITY,
                "__name__",
                "something_weird",
                "problem",
                "division by zero"),
            came(
                NOW,
                Double.longBitsToDouble(StaleMarker.NORMAL_NAN_BITS),
                "__name__",
                "spaces",
                "a",
                "1",
                "b",
                "\\x"));
    assertThat(rig.receiver.balanced().appliedDurable()).isEqualTo(6);
  }

  @Test
  void readsOpenMetrics() {
    String text =
        """
        # TYPE foo counter
        # UNIT foo_seconds seconds
        foo_total 17.0 1763999999.5 # {trace_id="KOO5S4vxi0o"} 0.67 1763999999.25
        foo_created 1520430000.123 1763999999
        bar_bucket{le="+Inf"} 5 # {} 9.8
        # EOF
        """;
    List<Receiver.Came> expected =
        List.of(
            came(NOW - 500, 17, "__name__", "foo_total"),
            came(NOW - 1000, 1520430000.123, "__name__", "foo_created"),
            came(NOW, 5, "__name__", "bar_bucket", "le", "+Inf"));
    isWritten(rig.post(text));
    assertThat(rig.came()).isEqualTo(expected);
    rig.came().clear();
    String type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    isWritten(rig.handle(TextRequest.of(text.strip()).with("content-type", type)));
    assertThat(rig.came()).as("sent again").isEmpty();
    assertThat(rig.receiver.balanced().resent()).isEqualTo(3);
  }

  @Test
  void theContentTypeSaysWhatTimesAre() {
    TextRequest request = TextRequest.of("a 1 1764000000\n# EOF\n");
    HttpReply reply = rig.handle(request.with("content-type", "text/plain; version=0.0.4"));
    assertThat(Receiver.text(reply)).contains("1 too_old");
    isWritten(rig.handle(request.with("content-type", "text/plain")));
    assertThat(rig.came()).containsExactly(came(NOW, 1, "__name__", "a"));
  }

  @Test
  void readsQuotedNames() {
    isWritten(
        rig.post(
            """
            {"my.metric","my.label"="x"} 1
            {"my.label"="y", "my.metric", plain="z"} 2
            {"my \\"metric\\"\\n\\\\"} 3
            plain{"ü"="1",} 4
            """));
    assertThat(rig.came())
        .containsExactly(
            came(NOW, 1, "__name__", "my.metric", "my.label", "x"),
            came(NOW, 2, "__name__", "my.metric", "my.label", "y", "plain", "z"),
            came(NOW, 3, "__name__", "my \"metric\"\n\\"),
            came(NOW, 4, "__name__", "plain", "ü", "1"));
  }

  @Test
  void anyOrderOfLabelsIsTheSameSeriesAndNoValueIsNoLabel() {
    isWritten(
        rig.post("a{x=\"1\",y=\"2\"} 1 1764000000001\na{y=\"2\",z=\"\",x=\"1\"} 2 1764000000002"));
    assertThat(rig.receiver.intake.seriesCount()).isEqualTo(1);
    assertThat(rig.came()).hasSize(2);
  }

  @Test
  void linesMayEndAsOnWindows() {
    isWritten(rig.post("# TYPE a gauge\r\na 1\r\n\r\nb{x=\"1\"} 2 1764000000000\r\n"));
    assertThat(rig.came())
        .containsExactly(came(NOW, 1, "__name__", "a"), came(NOW, 2, "__name__", "b", "x", "1"));
    isWritten(rig.post("c 1 1763999999.5 # {} 2 3\r\n# EOF\r\n"));
    assertThat(rig.came().getLast()).isEqualTo(came(NOW - 500, 1, "__name__", "c"));
  }

  @Test
  void goodLinesAreTakenAndTheFirstBadOneIsNamed() {
    HttpReply reply =
        rig.post(
            """
            # a comment
            good 1
            bad{ä="1"} 1
            worse
            {"é",x="1",x="2"} 1
            {x="1"} 2
            good 2
            """);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(Receiver.text(reply))
        .isEqualTo(
            "5 of 6 samples were refused, the rest is written: 2 invalid_body (line 3, column 5:"
                + " expected a label name or }), 1 invalid_labels (line 6: no metric name (label"
                + " __name__) in {\"x\"=\"1\"}), 1 duplicate_labels (line 5: a label name twice in"
                + " {\"__name__\"=\"é\", \"x\"=\"1\", \"x\"=\"2\"}), 1 duplicate_value\n");
    assertThat(rig.came()).containsExactly(came(NOW, 1, "__name__", "good"));
    Accounts accounts = rig.receiver.balanced();
    assertThat(accounts.received()).isEqualTo(6);
    assertThat(accounts.refused(Refusal.INVALID_BODY)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1abc 1 | 1 | expected a metric name",
        "a.b 1 | 2 | not a number",
        "a | 2 | expected a value",
        "a{} | 4 | expected a value",
        "a{b} 1 | 4 | expected =",
        "a{b=} 1 | 5 | expected a label value in double quotes",
        "a{b='x'} 1 | 5 | expected a label value in double quotes",
        "a{b=\"x} 1 | 5 | a text that is not closed on its line",
        "a{b=\"x\\\" | 5 | a text that is not closed on its line",
        "a{é=\"x\"} 1 | 3 | expected a label name or }",
        "a{\"é\"=\"x\"c=\"y\"} 1 | 10 | expected , or }",
        "a{,} 1 | 3 | expected a label name or }",
        "a{b=\"x\",,} 1 | 9 | expected a label name or }",
        "a{\"b\"} 1 | 3 | a second metric name",
        "{\"a\",\"b\"} 1 | 6 | a second metric name",
        "{a} 1 | 3 | expected =",
        "a{b=\"x\" | 8 | expected , or }",
        "a 1x | 3 | not a number",
        "a 1e999 | 3 | a number beyond what a double can hold",
        "a 1 1.5 | 5 | not a time in milliseconds, which is a whole number of 64 bits",
        "a 1 9223372036854775808 | 5 | not a time in milliseconds, which is a whole number of 64 bits",
        "a 1 -9223372036854775809 | 5 | not a time in milliseconds, which is a whole number of 64 bits",
        "a 1 - | 5 | not a time in milliseconds, which is a whole number of 64 bits",
        "a 1 1764000000000 x | 19 | expected the end of the line",
        "a 1 # comment | 5 | expected an exemplar, as # {label=\"value\"} 1",
        "a 1 # {\"b\"} 1 | 11 | expected =",
        "a 1 # {} | 9 | expected a value",
        "a 1 # {} 1 2 3 | 14 | expected the end of the line",
      })
  void aBrokenLineIsNamedWithItsColumn(String line, int column, String why) {
    HttpReply reply = rig.post("good 1\n" + line + "\ngood 1\n");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(Receiver.text(reply))
        .isEqualTo(
            "1 of 3 samples were refused, the rest is written: 1 invalid_body (line 2, column %d: %s), 1 duplicate\n"
                .formatted(column, why));
    assertThat(rig.came()).hasSize(1);
    assertThat(rig.post("good 1\n" + line).status()).as("as the last line").isEqualTo(400);
  }

  @Test
  void theWholeRangeOfTimesIsRead() {
    HttpReply reply =
        rig.post("a 1 9223372036854775807\nb 1 -9223372036854775808\nc 1 +5\nd 1 -5\n");
    assertThat(Receiver.text(reply)).contains("4 of 4", "3 too_old", "1 too_far_ahead");
    HttpReply seconds = rig.post("a 1 9e99\nb 1 -9e99\nc 1 NaN\nd 1 Inf\n# EOF\n");
    assertThat(Receiver.text(seconds))
        .contains("2 invalid_body (line 3, column 5: not a time in seconds", "1 too_old");
  }

  @Test
  void aParameterGivesTheTime() {
    isWritten(
        rig.handle(TextRequest.of("a 1\nb 1 1763999999999").asking("timestamp=1763999990000")));
    assertThat(rig.came())
        .containsExactly(came(NOW - 10_000, 1, "__name__", "a"), came(NOW - 1, 1, "__name__", "b"));
    isWritten(rig.handle(TextRequest.of("c 1").asking("timestamp=0")));
    assertThat(rig.came().getLast()).isEqualTo(came(NOW, 1, "__name__", "c"));
  }

  @Test
  void parametersGiveLabels() {
    String query = "extra_label=job%3Dpush+1&extra_label=dc=b=c&extra_label=none=&x=y&&";
    isWritten(
        rig.handle(
            TextRequest.of("a{job=\"own\",x=\"1\"} 1\nb 2\n{\"job\"=\"é\\n\",\"c\"} 3")
                .asking(query)));
    assertThat(rig.came())
        .containsExactly(
            came(NOW, 1, "__name__", "a", "dc", "b=c", "job", "push 1", "x", "1"),
            came(NOW, 2, "__name__", "b", "dc", "b=c", "job", "push 1"),
            came(NOW, 3, "__name__", "c", "dc", "b=c", "job", "push 1"));
    isWritten(rig.post("a{job=\"own\"} 1"));
    assertThat(rig.came().getLast()).isEqualTo(came(NOW, 1, "__name__", "a", "job", "own"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timestamp=now | timestamp: not a time in milliseconds: \"now\"",
        "timestamp=1e3 | timestamp: not a time in milliseconds: \"1e3\"",
        "extra_label=job | extra_label: not name=value: \"job\"",
        "extra_label | extra_label: not name=value: \"\"",
        "extra_label==x | extra_label: an empty label name",
        "extra_label=__name__=x | extra_label: all samples would have the same metric name",
        "extra_label=a=1&extra_label=a=2 | extra_label: twice with the name \"a\"",
        "extra_label=a=%zz | a broken % escape in \"a=%zz\"",
      })
  void aWrongParameterIsNamedAndNothingIsWritten(String query, String why) {
    HttpReply reply = rig.handle(TextRequest.of("a 1").asking(query));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(Receiver.text(reply)).isEqualTo(why + "\n");
    assertThat(rig.came()).isEmpty();
  }

  @Test
  void postAndPutAreTaken() {
    isWritten(rig.handle(TextRequest.of("a 1").by("PUT")));
    HttpReply reply = rig.handle(TextRequest.of("a 1").by("GET"));
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.headers()).containsEntry("Allow", "POST, PUT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "TEXT/PLAIN; charset=UTF-8",
        "text/plain; version=0.0.4; charset=utf-8",
        "text/plain;version=\"1.0.0\";escaping=allow-utf-8",
        "application/x-www-form-urlencoded",
        "application/octet-stream"
      })
  void theseTypesAreText(String type) {
    for (String encoding : List.of("", "identity", "Identity")) {
      isWritten(
          rig.handle(
              TextRequest.of("a 1").with("content-type", type).with("content-encoding", encoding)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "content-type,application/json",
    "content-type,application/x-protobuf",
    "content-type,text/html",
    "content-type,text/plain; version=0.0.5",
    "content-type,application/openmetrics-text; version=2.0.0",
    "content-encoding,snappy",
    "content-encoding,zstd",
    "content-encoding,deflate",
    "content-encoding,'gzip, gzip'",
  })
  void otherTypesAndEncodingsAreNot(String header, String value) {
    HttpReply reply = rig.handle(TextRequest.of("a 1").with(header, value));
    assertThat(reply.status()).isEqualTo(415);
    assertThat(Receiver.text(reply)).contains("\"" + value + "\"");
    assertThat(rig.came()).isEmpty();
  }

  @Test
  void aTextWithoutSamplesIsFine() {
    for (String text : List.of("", "\n", "# EOF", "# EOF\n", "# HELP a b\n", " \t\n\r\n#")) {
      isWritten(rig.post(text));
    }
    assertThat(rig.receiver.balanced().received()).isZero();
  }

  @Test
  void anOpenMetricsBodyThatIsCutOffOrGoesOnIsRefusedWhole() {
    String type = "application/openmetrics-text";
    HttpReply cut = rig.handle(TextRequest.of("a 1\nb 2\n").with("content-type", type));
    assertThat(cut.status()).isEqualTo(400);
    assertThat(Receiver.text(cut)).isEqualTo("the end is missing, which is # EOF in OpenMetrics\n");
    HttpReply more = rig.handle(TextRequest.of("a 1\n# EOF\n\nb 2\n").with("content-type", type));
    assertThat(more.status()).isEqualTo(400);
    assertThat(Receiver.text(more)).isEqualTo("line 4 is behind the end, which is # EOF\n");
    assertThat(rig.came()).isEmpty();
    assertThat(rig.receiver.intake.seriesCount()).isZero();
    assertThat(rig.receiver.balanced().refused(Refusal.INVALID_BODY)).isEqualTo(3);
  }

  @Test
  void beyondTheSeriesLimitTheSeriesThatExistAreWritten() {
    TextRig small = new TextRig(TextLimits.DEFAULT, 1 << 20, 4, 2);
    HttpReply reply = small.post("a 1\nb 1\nc 1\nc{x=\"1\"} 1\nc 2\n");
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.headers()).containsEntry("Retry-After", "30");
    assertThat(Receiver.text(reply)).contains("3 of 5 samples were refused", "3 series_limit");
    assertThat(small.came()).hasSize(2);
    assertThat(small.receiver.balanced().refused(Refusal.SERIES_LIMIT)).isEqualTo(3);
  }

  @Test
  void aFullRingAsksToComeBack() {
    Intake intake = rig.receiver.intake;
    List<Admission> others =
        List.of(
            intake.begin(Tenant.DEFAULT, intake.samplesMax(), 1),
            intake.begin(Tenant.DEFAULT, intake.samplesMax(), 1));
    HttpReply reply = rig.post("a 1\nb 1\nbroken\n");
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.headers()).containsEntry("Retry-After", "1");
    assertThat(Receiver.text(reply)).startsWith("the ring is full");
    Accounts accounts = rig.receiver.balanced();
    assertThat(accounts.refused(Refusal.BUSY)).isEqualTo(2);
    assertThat(accounts.refused(Refusal.INVALID_BODY)).isEqualTo(1);
    for (Admission other : others) {
      ((Admission.Admitted) other).staging().close();
    }
    isWritten(rig.post("a 1\nb 1\n"));
  }

  @Test
  void whatTheJournalDidNotTakeIsNotAcknowledged() {
    rig.receiver.breakJournal();
    HttpReply reply = rig.post("a 1");
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.headers()).containsKey("Retry-After");
  }

  @Test
  void manyMembersAreOneText() {
    byte[] first = TextRequest.gzip("a 1\nb".getBytes(UTF_8));
    byte[] second = TextRequest.gzip(("{x=\"" + "y".repeat(5000) + "\"} 2").getBytes(UTF_8));
    byte[] third = TextRequest.gzip(new byte[0]);
    byte[] all = Arrays.copyOf(first, first.length + second.length + third.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    System.arraycopy(third, 0, all, first.length + second.length, third.length);
    isWritten(rig.handle(TextRequest.of(all).with("content-encoding", "x-gzip")));
    assertThat(rig.came())
        .containsExactly(
            came(NOW, 1, "__name__", "a"), came(NOW, 2, "__name__", "b", "x", "y".repeat(5000)));
    assertThat(rig.budget.used()).isZero();
  }

  @Test
  void aMembersHeaderMayHaveAllItsFields() {
    byte[] plain = TextRequest.gzip("a 1".getBytes(UTF_8));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(plain, 0, 3);
    out.write(2 + 4 + 8 + 16);
    out.write(plain, 4, 6);
    out.writeBytes(new byte[] {3, 0, 9, 9, 9, 'n', 0, 'c', 'd', 0, 1, 2});
    out.write(plain, 10, plain.length - 10);
    isWritten(rig.handle(TextRequest.of(out.toByteArray()).with("content-encoding", "gzip")));
    assertThat(rig.came()).hasSize(1);
  }

  @Test
  void theMemoryOfAllBodiesIsBounded() {
    TextRig small = new TextRig(TextLimits.DEFAULT, 100, 4, 100);
    byte[] text = ("#".repeat(200) + "\na 1").getBytes(UTF_8);
    isWritten(small.handle(TextRequest.zipped(text)));
    assertThat(small.budget.take(50, 0)).isTrue();
    for (TextRequest request :
        List.of(TextRequest.of(text), TextRequest.zipped(text), TextRequest.zipped(text))) {
      HttpReply reply = small.handle(request);
      assertThat(reply.status()).isEqualTo(429);
      assertThat(Receiver.text(reply)).isEqualTo("too many requests are being read\n");
    }
    small.budget.give(50);
    isWritten(small.handle(TextRequest.of(text)));
    assertThat(small.budget.used()).isZero();
  }

  @Test
  void aKnownSenderCostsNoObjectPerSample() {
    TextDecoder decoder = new TextDecoder(rig.receiver.intake, Tenant.DEFAULT, 10_000);
    int series = 400;
    Function<Integer, byte[]> texts =
        round -> {
          StringBuilder text = new StringBuilder("# TYPE http_requests_total counter\n");
          for (int i = 0; i < series; i++) {
            text.append("http_requests_total{instance=\"i\\\\").append(i).append("\",job=\"ü\"} ");
            text.append(0.1 * i + round).append(' ').append(NOW + round).append('\n');
          }
          return text.toString().getBytes(UTF_8);
        };
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      byte[] text = texts.apply(round);
      ImportQuery query = ImportQuery.of("extra_label=dc=x");
      rig.receiver.getStuck();
      long before = threads.getCurrentThreadAllocatedBytes();
      WriteResult result = decoder.write(text, text.length, TextFormat.PROMETHEUS, query, 1);
      long after = threads.getCurrentThreadAllocatedBytes();
      assertThat(result).isInstanceOf(WriteResult.Written.class);
      assertThat(((WriteResult.Written) result).refused().errors()).isZero();
      allocated = Math.min(allocated, after - before);
      rig.receiver.getUnstuck();
    }
    assertThat(allocated).as("bytes a request of %d samples", series).isLessThan(8 * series);
  }
}
