package dev.tocsin.collect.otlp;

import static dev.tocsin.collect.otlp.OtlpBody.CUMULATIVE;
import static dev.tocsin.collect.otlp.OtlpBody.DELTA;
import static dev.tocsin.collect.otlp.OtlpBody.attribute;
import static dev.tocsin.collect.otlp.OtlpBody.attributes;
import static dev.tocsin.collect.otlp.OtlpBody.exponential;
import static dev.tocsin.collect.otlp.OtlpBody.field;
import static dev.tocsin.collect.otlp.OtlpBody.fixed;
import static dev.tocsin.collect.otlp.OtlpBody.fixeds;
import static dev.tocsin.collect.otlp.OtlpBody.folded;
import static dev.tocsin.collect.otlp.OtlpBody.gauge;
import static dev.tocsin.collect.otlp.OtlpBody.gzip;
import static dev.tocsin.collect.otlp.OtlpBody.histogram;
import static dev.tocsin.collect.otlp.OtlpBody.join;
import static dev.tocsin.collect.otlp.OtlpBody.metric;
import static dev.tocsin.collect.otlp.OtlpBody.number;
import static dev.tocsin.collect.otlp.OtlpBody.point;
import static dev.tocsin.collect.otlp.OtlpBody.rawPoint;
import static dev.tocsin.collect.otlp.OtlpBody.real;
import static dev.tocsin.collect.otlp.OtlpBody.reals;
import static dev.tocsin.collect.otlp.OtlpBody.request;
import static dev.tocsin.collect.otlp.OtlpBody.resource;
import static dev.tocsin.collect.otlp.OtlpBody.sum;
import static dev.tocsin.collect.otlp.OtlpBody.summary;
import static dev.tocsin.collect.otlp.OtlpBody.text;
import static dev.tocsin.collect.otlp.OtlpBody.varints;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.pipeline.accounting.Accounts;
import dev.tocsin.pipeline.accounting.Refusal;
import dev.tocsin.world.net.HttpReply;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OtlpHandlerTest {
  private static final long NOW = OtlpReceiver.NOW_MS;
  private static final byte[] JOB = resource("service.name", "shop");

  private final OtlpReceiver receiver = new OtlpReceiver();

  private HttpReply post(byte[] content) {
    HttpReply reply = receiver.post(content);
    receiver.balanced();
    return reply;
  }

  @Test
  void gaugesAndSumsBecomeSeries() {
    byte[] body =
        request(
            resource("service.namespace", "eu", "service.name", "shop", "service.instance.id", "7"),
            metric("queue.size", "", gauge(point(NOW, 4.5, "queue.name", "a"))),
            metric("http.requests", "", sum(CUMULATIVE, true, point(NOW, 3), point(NOW + 1, 5))),
            metric("open", "By", sum(CUMULATIVE, false, rawPoint(NOW, fixed(6, -12)))));
    HttpReply reply = post(body);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.content()).isEmpty();
    String of = "instance=\"7\", job=\"eu/shop\"";
    assertThat(receiver.came)
        .containsExactly(
            "queue_size{" + of + ", queue_name=\"a\"} 4.5 @ 0",
            "http_requests_total{" + of + "} 3.0 @ 0",
            "http_requests_total{" + of + "} 5.0 @ 1",
            "open_bytes{" + of + "} -12.0 @ 0");
    assertThat(receiver.balanced().appliedDurable()).isEqualTo(4);
  }

  @Test
  void gzipIsUnpacked() {
    byte[] body = gzip(request(JOB, metric("a", "", gauge(point(NOW, 1)))));
    OtlpRequest request = OtlpRequest.protobuf(body).with("content-encoding", "gzip");
    assertThat(receiver.handle(request).status()).isEqualTo(200);
    assertThat(receiver.came).hasSize(1);
    byte[] cut = Arrays.copyOf(body, body.length - 9);
    HttpReply broken = receiver.handle(OtlpRequest.protobuf(cut).with("content-encoding", "gzip"));
    assertThat(broken.status()).isEqualTo(400);
    assertThat(OtlpReceiver.said(broken)).startsWith("code 3: gzip: ");
  }

  @Test
  void fieldsInAnyOrderMeanTheSame() {
    byte[] data = gauge(point(NOW, 1));
    byte[] metric = field(2, data, text(3, "s"), text(1, "x"));
    byte[] body = field(1, field(2, metric, field(1, text(1, "lib"))), JOB);
    assertThat(post(body).status()).isEqualTo(200);
    assertThat(receiver.came)
        .containsExactly("x_seconds{job=\"shop\", otel_scope_name=\"lib\"} 1.0 @ 0");
  }

  @Test
  void attributesOfAllKindsBecomeLabels() {
    byte[] list =
        field(5, field(1, text(1, "<a>")), field(1, number(3, 1)), field(1, real(4, 1e-7)));
    byte[] map =
        field(6, attribute(1, "b", number(2, 1)), attribute(1, "a", field(7, new byte[] {1, 2})));
    byte[] all =
        join(
            attribute(7, "int", number(3, -5)),
            attribute(7, "bool", number(2, 1)),
            attribute(7, "real", real(4, 1e21)),
            attribute(7, "bytes", field(7, new byte[] {1, 2, 3})),
            attribute(7, "list", list),
            attribute(7, "map", map),
            attribute(7, "none", new byte[0]));
    post(request(JOB, metric("a", "", gauge(rawPoint(NOW, real(4, 1), all)))));
    assertThat(receiver.came)
        .containsExactly(
            "a{bool=\"true\", bytes=\"AQID\", int=\"-5\", job=\"shop\","
                + " list=\"[\\\"\\\\u003ca\\\\u003e\\\",1,1e-7]\","
                + " map=\"{\\\"a\\\":\\\"AQI=\\\",\\\"b\\\":true}\", real=\"1e+21\"} 1.0 @ 0");
  }

  @Test
  void namesThatBecomeTheSameAreJoinedInTheOrderOfTheirKeys() {
    String[] pairs = {
      "a_b",
      "3",
      "a.b",
      "2",
      "a-b",
      "1",
      "9x",
      "y",
      "__name__",
      "other",
      "__k.v__",
      "r",
      "job",
      "no"
    };
    post(request(JOB, metric("m", "", gauge(point(NOW, 1, pairs)))));
    assertThat(receiver.came)
        .containsExactly("m{__k_v__=\"r\", a_b=\"1;2;3\", job=\"shop\", key_9x=\"y\"} 1.0 @ 0");
  }

  @Test
  void scopesBecomeLabels() {
    byte[] scope =
        field(1, text(1, "lib"), text(2, "1.0"), attributes(3, "a.b", "c", "name", "lost"));
    byte[] metric = metric("m", "", gauge(point(NOW, 1)));
    post(field(1, JOB, field(2, scope, metric, text(3, "http://x"))));
    assertThat(receiver.came)
        .containsExactly(
            "m{job=\"shop\", otel_scope_a_b=\"c\", otel_scope_name=\"lib\","
                + " otel_scope_schema_url=\"http://x\", otel_scope_version=\"1.0\"} 1.0 @ 0");
    OtlpOptions without =
        new OtlpOptions(
            TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES,
            PromotedAttributes.NONE,
            false,
            false,
            true,
            true);
    OtlpReceiver other = new OtlpReceiver(without, OtlpLimits.DEFAULT, 64, 100);
    other.post(field(1, JOB, field(2, scope, metric)));
    assertThat(other.came).containsExactly("m{job=\"shop\"} 1.0 @ 0");
  }

  @Test
  void withoutTranslationNamesStayAsTheyAre() {
    OtlpOptions options = OtlpOptions.DEFAULT.with(TranslationStrategy.NO_TRANSLATION);
    OtlpReceiver other = new OtlpReceiver(options, OtlpLimits.DEFAULT, 64, 100);
    byte[] metric = metric("a.b", "s", sum(CUMULATIVE, true, point(NOW, 1, "x.y", "1")));
    other.post(request(JOB, metric));
    assertThat(other.came)
        .containsExactly("{__name__=\"a.b\", job=\"shop\", \"x.y\"=\"1\"} 1.0 @ 0");
  }

  @Test
  void targetInfoCarriesTheOtherAttributesOfTheResource() {
    byte[] resource = resource("service.name", "shop", "host.name", "h", "host_name", "i");
    byte[] metric = metric("m", "", gauge(point(NOW - 200_000, 1, "a", "1"), point(NOW, 2)));
    assertThat(post(request(resource, metric)).status()).isEqualTo(200);
    String info = "target_info{host_name=\"h;i\", job=\"shop\"} 1.0 @ ";
    assertThat(receiver.came.subList(2, 5))
        .containsExactly(info + -200_000, info + -50_000, info + 0);
    // The same resource again, at the same time: no error of the sender's.
    byte[] again = metric("n", "", gauge(point(NOW, 2)));
    assertThat(OtlpReceiver.said(post(request(resource, again)))).isEmpty();
    byte[] nobody = request(resource("host.name", "h"), metric("o", "", gauge(point(NOW, 1))));
    post(nobody);
    assertThat(receiver.came).hasSize(7);
  }

  @Test
  void aPointFromLongAgoMakesNoFloodOfTargetInfo() {
    byte[] resource = resource("service.name", "shop", "host.name", "h");
    byte[] metric = metric("m", "", gauge(point(0, 1, "a", "1"), point(NOW, 2)));
    HttpReply reply = post(request(resource, metric));
    assertThat(OtlpReceiver.said(reply)).startsWith("1: 1 of 2 data points").contains("1 too_old");
    assertThat(receiver.came).hasSize(1 + TargetInfo.SAMPLES_MAX);
  }

  @Test
  void histogramsBecomeBucketsSumAndCount() {
    byte[] point =
        rawPoint(
            NOW,
            fixed(4, 10),
            real(5, 12.5),
            fixeds(6, 1, 2, 3, 4),
            reals(7, 0.005, 1, 1e7),
            attributes(9, "a", "b"));
    assertThat(post(request(JOB, metric("h", "s", histogram(point)))).status()).isEqualTo(200);
    String of = "a=\"b\", job=\"shop\"";
    assertThat(receiver.came)
        .containsExactly(
            "h_seconds_sum{" + of + "} 12.5 @ 0",
            "h_seconds_count{" + of + "} 10.0 @ 0",
            "h_seconds_bucket{" + of + ", le=\"0.005\"} 1.0 @ 0",
            "h_seconds_bucket{" + of + ", le=\"1\"} 3.0 @ 0",
            "h_seconds_bucket{" + of + ", le=\"10000000\"} 6.0 @ 0",
            "h_seconds_bucket{" + of + ", le=\"+Inf\"} 10.0 @ 0");
  }

  @Test
  void listsMayComeUnpackedAndSumsMayBeMissing() {
    byte[] point =
        rawPoint(NOW, fixed(4, 3), fixed(6, 1), fixed(6, 2), real(7, Double.POSITIVE_INFINITY));
    // Two counts for one bound: the bound is +Inf itself.
    assertThat(post(request(JOB, metric("h", "", histogram(point)))).status()).isEqualTo(200);
    assertThat(receiver.came)
        .containsExactly(
            "h_count{job=\"shop\"} 3.0 @ 0", "h_bucket{job=\"shop\", le=\"+Inf\"} 3.0 @ 0");
  }

  @Test
  void summariesBecomeQuantiles() {
    byte[] point =
        rawPoint(
            NOW,
            fixed(4, 10),
            real(5, 12.5),
            field(6, real(1, 0.5), real(2, 3)),
            field(6, real(1, 0.99), real(2, 7)));
    assertThat(post(request(JOB, metric("s", "", summary(point)))).status()).isEqualTo(200);
    assertThat(receiver.came)
        .containsExactly(
            "s_sum{job=\"shop\"} 12.5 @ 0",
            "s_count{job=\"shop\"} 10.0 @ 0",
            "s{job=\"shop\", quantile=\"0.5\"} 3.0 @ 0",
            "s{job=\"shop\", quantile=\"0.99\"} 7.0 @ 0");
  }

  private static byte[] buckets(int number, int offset, long... counts) {
    return field(number, folded(1, offset), varints(2, counts));
  }

  @Test
  void exponentialHistogramsBecomeNativeOnes() {
    byte[] point =
        rawPoint(
            NOW,
            fixed(4, 11),
            real(5, 2.5),
            folded(6, 0),
            fixed(7, 1),
            buckets(8, -1, 1, 2, 3),
            buckets(9, 0, 4));
    assertThat(post(request(JOB, metric("e", "", exponential(point)))).status()).isEqualTo(200);
    assertThat(receiver.came).containsExactly("e{job=\"shop\"} histogram @ 0");
    assertThat(receiver.histograms.getFirst().toString())
        .isEqualTo(
            "{count:11, sum:2.5, [-2,-1):4, [-1e-128,1e-128]:1, (0.5,1]:1, (1,2]:2, (2,4]:3}");
  }

  @Test
  void finerScalesAreBroughtDownToEight() {
    // Scale 9: two buckets become one. OTLP's bucket 2 and 3 are Prometheus's 3 and 4 there.
    byte[] point =
        rawPoint(NOW, fixed(4, 7), folded(6, 9), buckets(8, 0, 0, 0, 3, 4), real(14, 0.001));
    post(request(JOB, metric("e", "", exponential(point))));
    assertThat(receiver.histograms.getFirst().schema()).isEqualTo(8);
    assertThat(receiver.histograms.getFirst().zeroThreshold()).isEqualTo(0.001);
    assertThat(receiver.histograms.getFirst().positive().counts()).containsExactly(7);
    assertThat(receiver.histograms.getFirst().positive().offsets()[0]).isEqualTo(2);
  }

  @Test
  void exponentialHistogramsThatAreNoneAreNamed() {
    byte[] coarse = rawPoint(NOW, folded(6, -5));
    byte[] wrong = rawPoint(NOW, fixed(4, 3), buckets(8, 0, 1, 1));
    byte[] far = rawPoint(NOW, fixed(4, 1), buckets(8, Integer.MAX_VALUE, 1));
    HttpReply reply = post(request(JOB, metric("e", "", exponential(coarse, wrong, far))));
    assertThat(OtlpReceiver.said(reply))
        .isEqualTo(
            "3: 3 of 3 data points were rejected, the rest is written; samples refused: 3"
                + " invalid_histogram (metric \"e\": a scale of -5, which must be between -4 and"
                + " 39)");
  }

  @Test
  void noRecordedValueIsAStaleMarker() {
    byte[] number = gauge(rawPoint(NOW, number(8, 1)));
    byte[] classic = histogram(rawPoint(NOW, number(10, 1), reals(7, 1)));
    byte[] exponential = exponential(rawPoint(NOW, number(10, 1)));
    HttpReply reply =
        post(
            request(
                JOB,
                metric("n", "", number),
                metric("h", "", classic),
                metric("e", "", exponential)));
    assertThat(OtlpReceiver.said(reply)).isEmpty();
    String stale = " 7ff0000000000002 @ 0";
    assertThat(receiver.came)
        .containsExactly(
            "n{job=\"shop\"}" + stale,
            "h_count{job=\"shop\"}" + stale,
            "h_bucket{job=\"shop\", le=\"1\"}" + stale,
            "h_bucket{job=\"shop\", le=\"+Inf\"}" + stale,
            "e{job=\"shop\"} histogram @ 0");
    assertThat(receiver.histograms.getFirst().isStaleMarker()).isTrue();
  }

  @Test
  void whatCannotBeAddedUpIsRejectedAndTheRestIsWritten() {
    byte[] delta = metric("d", "", sum(DELTA, false, point(NOW, 1), point(NOW, 2, "a", "b")));
    byte[] unknown = metric("u", "", sum(0, true, point(NOW, 1)));
    byte[] good = metric("g", "", gauge(point(NOW, 1)));
    HttpReply reply = post(request(JOB, delta, unknown, good));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(OtlpReceiver.said(reply))
        .isEqualTo(
            "3: 3 of 4 data points were rejected, the rest is written; samples refused: 3"
                + " invalid_temporality (metric \"d\": deltas of a sum that is not monotonic: let the"
                + " sender export it cumulative)");
    assertThat(receiver.came).hasSize(1);
    assertThat(receiver.balanced().refused(Refusal.INVALID_TEMPORALITY)).isEqualTo(3);
  }

  @Test
  void aPointIsRejectedOnceHoweverManyOfItsSamplesAreRefused() {
    byte[] late = rawPoint(NOW - 1, fixed(4, 3), fixeds(6, 1, 2), reals(7, 1));
    byte[] first = rawPoint(NOW, fixed(4, 3), fixeds(6, 1, 2), reals(7, 1));
    post(request(JOB, metric("h", "", histogram(first))));
    HttpReply reply =
        post(
            request(
                JOB,
                metric("h", "", histogram(late, first)),
                metric("g", "", gauge(point(NOW, 1)))));
    assertThat(OtlpReceiver.said(reply))
        .isEqualTo(
            "1: 1 of 3 data points were rejected, the rest is written; samples refused: 3"
                + " out_of_order, 3 duplicate");
  }

  @Test
  void histogramsThatContradictThemselvesAreNamed() {
    byte[] few = rawPoint(NOW, fixed(4, 3), fixeds(6, 1), reals(7, 1));
    byte[] falling = rawPoint(NOW, fixed(4, 3), fixeds(6, 1, 1, 1), reals(7, 2, 1));
    HttpReply reply = post(request(JOB, metric("h", "", histogram(few, falling))));
    assertThat(OtlpReceiver.said(reply))
        .isEqualTo(
            "2: 2 of 2 data points were rejected, the rest is written; samples refused: 7"
                + " invalid_histogram (metric \"h\": 1 bucket counts for 1 bounds)");
    assertThat(receiver.came).isEmpty();
  }

  @Test
  void namesOfWhichNothingIsLeftAreRejected() {
    byte[] nameless = metric("...", "", gauge(point(NOW, 1)));
    byte[] attribute = metric("a", "", gauge(point(NOW, 1, "...", "x")));
    byte[] valueless = metric("v", "", gauge(rawPoint(NOW)));
    HttpReply reply = post(request(JOB, nameless, attribute, valueless));
    assertThat(OtlpReceiver.said(reply))
        .startsWith("3: 3 of 3 data points")
        .contains("2 invalid_labels (metric \"...\": nothing is left of the name)")
        .contains("1 invalid_body (metric \"v\": a data point without a value)");
  }

  @Test
  void aBrokenBodyMakesNoSeries() {
    byte[] good = request(JOB, metric("a", "", gauge(point(NOW, 1))));
    HttpReply reply = post(join(good, new byte[] {0x0a, 0x05, 1}));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(OtlpReceiver.said(reply)).startsWith("code 3: a length of 5 where 1 bytes are left");
    assertThat(receiver.intake.seriesCount()).isZero();
    assertThat(receiver.balanced().refused(Refusal.INVALID_BODY)).isEqualTo(1);
  }

  @Test
  void beyondTheSeriesLimitWhatIsKnownIsWritten() {
    OtlpReceiver small = new OtlpReceiver(OtlpOptions.DEFAULT, OtlpLimits.DEFAULT, 64, 2);
    byte[] points = gauge(point(NOW, 1, "i", "1"), point(NOW, 1, "i", "2"), point(NOW, 1));
    HttpReply reply = small.post(request(JOB, metric("a", "", points)));
    assertThat(OtlpReceiver.said(reply)).startsWith("1: 1 of 3").contains("1 series_limit");
    assertThat(small.came).hasSize(2);
    assertThat(small.balanced().refused(Refusal.SERIES_LIMIT)).isEqualTo(1);
  }

  @Test
  void tooManySamplesAreTooMany() {
    OtlpLimits limits = new OtlpLimits(1 << 20, 1 << 20, 5, 1);
    OtlpReceiver small = new OtlpReceiver(OtlpOptions.DEFAULT, limits, 64, 100);
    byte[] point = rawPoint(NOW, fixed(4, 3), fixeds(6, 1, 1, 1), reals(7, 1, 2));
    byte[] one = rawPoint(NOW + 1, fixed(4, 3));
    HttpReply reply = small.post(request(JOB, metric("h", "", histogram(point, one))));
    assertThat(reply.status()).isEqualTo(413);
    assertThat(small.balanced().refused(Refusal.TOO_LARGE)).isEqualTo(6);
    assertThat(small.intake.seriesCount()).isZero();
    assertThat(small.post(request(JOB, metric("h", "", histogram(point)))).status()).isEqualTo(200);
  }

  @Test
  void whatTheJournalDidNotTakeIsNotAcknowledged() {
    receiver.breakJournal();
    HttpReply reply = receiver.post(request(JOB, metric("a", "", gauge(point(NOW, 1)))));
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.headers()).containsEntry("Retry-After", "1");
    assertThat(OtlpReceiver.said(reply)).startsWith("code 14: ");
  }

  @Test
  void whatCannotBeReadIsToldByItsHead() {
    byte[] body = request(JOB);
    OtlpRequest good = OtlpRequest.protobuf(body);
    assertThat(receiver.handle(good).status()).isEqualTo(200);
    assertThat(receiver.handle(good.with("content-encoding", "zstd")).status()).isEqualTo(415);
    assertThat(receiver.handle(good.with("content-type", "text/plain")).status()).isEqualTo(415);
    OtlpRequest get = new OtlpRequest("GET", "/v1/metrics", good.headers(), body);
    assertThat(receiver.handle(get).status()).isEqualTo(405);
  }

  @Test
  void everyPrefixOfAGoodBodyIsAnswered() {
    byte[] body = manyKinds(NOW);
    int whole = 0;
    for (int length = 0; length <= body.length; length++) {
      int status = post(Arrays.copyOf(body, length)).status();
      assertThat(status).as("length %d", length).isIn(200, 400);
      whole += status == 200 ? 1 : 0;
    }
    assertThat(whole).as("nothing, and all of it").isEqualTo(2);
  }

  @Test
  void whateverIsChangedInABodyNothingBreaks() {
    for (long seed = 0; seed < 20_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] body = manyKinds(NOW + seed % 1000);
      for (int i = random.nextInt(4); i >= 0; i--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      int status = receiver.post(body).status();
      assertThat(status).as("seed %d", seed).isIn(200, 400, 413, 429);
      Accounts accounts = receiver.balanced();
      assertThat(accounts.inFlight()).as("seed %d", seed).isZero();
    }
    assertThat(receiver.came).as("some are good still").isNotEmpty();
  }

  static byte[] manyKinds(long timeMs) {
    byte[] classic =
        rawPoint(
            timeMs, fixed(4, 3), real(5, 2), fixeds(6, 1, 2), reals(7, 1), attributes(9, "a", "b"));
    byte[] exponential =
        rawPoint(
            timeMs, fixed(4, 3), folded(6, 3), buckets(8, 4, 1, 0, 2), attributes(1, "a", "b"));
    byte[] summary = rawPoint(timeMs, fixed(4, 3), field(6, real(1, 0.5), real(2, 3)));
    return request(
        resource("service.name", "shop", "host.name", "h"),
        metric("g", "s", gauge(point(timeMs, 1, "x.y", "1"))),
        metric("c", "By", sum(CUMULATIVE, true, point(timeMs, 1, "x", "1"))),
        metric("h", "", histogram(classic)),
        metric("e", "", exponential(exponential)),
        metric("s", "", summary(summary)));
  }
}
