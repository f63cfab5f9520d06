package dev.tocsin.collect.otlp;

import static dev.tocsin.collect.otlp.OtlpBody.CUMULATIVE;
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
import static dev.tocsin.collect.otlp.OtlpBody.text;
import static dev.tocsin.collect.otlp.OtlpBody.varints;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Every kind of body a sender can hurt us with, or that looks as if it could, and the answer it
/// must get. The table of the receiver's tests.
///
/// @param rejects whether the answer names rejected points
record HostileOtlp(String name, int status, boolean rejects, Generator generator) {
  static final int BODY_BYTES_MAX = 1 << 20;
  static final int DECODED_BYTES_MAX = 2 << 20;
  static final int SAMPLES_MAX = 512;

  static final List<HostileOtlp> ALL =
      List.of(
          whole("EMPTY_BODY", (_, _) -> protobuf()),
          whole("UNKNOWN_FIELDS", (r, now) -> protobuf(good(r, now), number(99, 1), text(77, "x"))),
          bad("GARBAGE", (r, _) -> protobuf(new byte[] {0x0f}, garbage(r))),
          bad("TRUNCATED", (r, now) -> protobuf(cut(good(r, now), r))),
          bad("GROUP", (r, now) -> broken(now, new byte[] {0x7b, 0x7c})),
          bad("FIELD_NUMBER_0", (r, now) -> broken(now, new byte[] {0x02, 0x00})),
          bad("ENDLESS_VARINT", (r, now) -> broken(now, join(new byte[] {0x40}, ones(11)))),
          bad("WRONG_WIRE_TYPE_IN_POINT", (r, now) -> broken(now, number(2 + r.nextInt(6), 1))),
          bad("LENGTH_BEYOND_THE_POINT", (r, now) -> broken(now, new byte[] {0x3a, 0x50})),
          bad("NEGATIVE_LENGTH", (r, now) -> broken(now, join(new byte[] {0x3a}, ones(9), one()))),
          bad("WRONG_WIRE_TYPE_OF_RESOURCE", (r, _) -> protobuf(field(1, number(1, 5)))),
          bad("WRONG_WIRE_TYPE_OF_METRICS", (r, _) -> protobuf(field(1, field(2, number(2, 5))))),
          bad(
              "TWO_RESOURCES",
              (r, now) -> protobuf(field(1, resource("a", "b"), resource("service.name", "x")))),
          bad(
              "TWO_KINDS_OF_DATA",
              (r, now) -> protobuf(metrics(metric("a", "", join(gauge(point(now, 1)), gauge()))))),
          bad("DEEP_ATTRIBUTE", (r, now) -> withValue(now, deep(33 + r.nextInt(1000)))),
          whole("NESTED_ATTRIBUTE", (r, now) -> withValue(now, deep(32))),
          some("LONG_ATTRIBUTE", (r, now) -> withValue(now, text(1, "x".repeat(16_385)))),
          some("LONG_BYTES", (r, now) -> withValue(now, field(7, new byte[16_385]))),
          some("MANY_NESTED_VALUES", (r, now) -> withValue(now, field(5, new byte[0], empties()))),
          some("MANY_ATTRIBUTES", (r, now) -> withAttributes(now, many(129))),
          some("EMPTY_ATTRIBUTE_NAME", (r, now) -> withAttributes(now, attributes(7, "", "x"))),
          some("NO_NAME_LEFT", (r, now) -> protobuf(metrics(metric("·", "", gauge(p(now)))))),
          some("LONG_NAME", (r, now) -> protobuf(metrics(metric(x(17_000), "", gauge(p(now)))))),
          some(
              "NO_UTF8",
              (r, now) -> withAttributes(now, field(7, text(1, "a"), field(2, wrongText())))),
          some(
              "NO_UTF8_IN_NAME",
              (r, now) -> protobuf(metrics(field(2, field(1, one(), ones(1)), gauge(p(now)))))),
          some(
              "MANY_RESOURCE_ATTRIBUTES",
              (r, now) ->
                  protobuf(request(field(1, many(129, 1)), metric("a", "", gauge(point(now, 1)))))),
          some("TOO_OLD", (r, now) -> at(now - 86_400_001 - r.nextInt(1 << 30))),
          some("NO_TIME", (r, now) -> at(0)),
          some("TOO_FAR_AHEAD", (r, now) -> at(now + 600_001 + r.nextInt(1 << 30))),
          some("TIME_BEYOND_63_BITS", (r, now) -> atNanos(-1 - r.nextLong(1L << 60))),
          some("TWICE_WITH_ANOTHER_VALUE", (r, now) -> gauges(p(now), point(now, 2))),
          whole("TWICE", (r, now) -> gauges(p(now), p(now))),
          some(
              "FALLING_DELTA",
              (r, now) -> protobuf(metrics(metric("d", "", sum(1, false, p(now)))))),
          some("WILD_TEMPORALITY", (r, now) -> protobuf(metrics(temporality(r, now)))),
          some("NO_VALUE", (r, now) -> gauges(rawPoint(now))),
          some("MANY_BUCKETS", (r, now) -> exponentials(now, 8193)),
          some("SCALE_BEYOND", (r, now) -> scaled(now, r.nextBoolean() ? -5 : 40)),
          some("OFFSET_BEYOND", (r, now) -> offset(now, Integer.MAX_VALUE - r.nextInt(3))),
          whole("LOWEST_OFFSET", (r, now) -> offset(now, Integer.MIN_VALUE + r.nextInt(3))),
          some(
              "NAN_BOUND",
              (r, now) -> histograms(rawPoint(now, fixeds(6, 1, 1), reals(7, Double.NaN)))),
          kind("TOO_MANY_SAMPLES", 413, (r, now) -> gauges(points(now, SAMPLES_MAX + 1))),
          kind("TOO_MANY_QUANTILES", 413, (r, now) -> quantiles(now)),
          kind("TOO_MANY_BOUNDS", 413, (r, now) -> histograms(rawPoint(now, bounds(100_000)))),
          kind("OVERSIZE", 413, (r, now) -> protobuf(text(99, x(BODY_BYTES_MAX)))),
          kind("GZIP_BOMB", 413, (r, now) -> gzipped(text(99, x(DECODED_BYTES_MAX)))),
          bad("GZIP_GARBAGE", (r, now) -> protobuf(garbage(r)).with("content-encoding", "gzip")),
          bad("GZIP_TRUNCATED", (r, now) -> compressed(cut(gzip(good(r, now)), r))),
          bad("GZIP_FOR_NOTHING", (r, now) -> protobuf(gzip(good(r, now)))),
          kind("ZSTD", 415, (r, now) -> protobuf(good(r, now)).with("content-encoding", "zstd")),
          kind("OTHER_TYPE", 415, (r, now) -> protobuf(good(r, now)).with("content-type", "x/y")),
          kind("NO_TYPE", 415, (r, now) -> protobuf(good(r, now)).with("content-type", "")));

  /// Makes one body of the kind.
  interface Generator {
    OtlpRequest next(SplittableRandom random, long nowMs);
  }

  @Override
  public String toString() {
    return name;
  }

  private static HostileOtlp kind(String name, int status, Generator generator) {
    return new HostileOtlp(name, status, false, generator);
  }

  private static HostileOtlp bad(String name, Generator generator) {
    return kind(name, 400, generator);
  }

  private static HostileOtlp whole(String name, Generator generator) {
    return kind(name, 200, generator);
  }

  private static HostileOtlp some(String name, Generator generator) {
    return new HostileOtlp(name, 200, true, generator);
  }

  private static OtlpRequest protobuf(byte[]... content) {
    return OtlpRequest.protobuf(join(content));
  }

  private static OtlpRequest compressed(byte[] content) {
    return protobuf(content).with("content-encoding", "gzip");
  }

  private static OtlpRequest gzipped(byte[] content) {
    return compressed(gzip(content));
  }

  private static byte[] metrics(byte[]... metrics) {
    return request(resource("service.name", "hostile"), metrics);
  }

  private static byte[] p(long timeMs) {
    return point(timeMs, 1);
  }

  private static byte[][] points(long now, int count) {
    byte[][] all = new byte[count][];
    Arrays.setAll(all, i -> point(now + i, i));
    return all;
  }

  private static OtlpRequest gauges(byte[]... points) {
    // A name of its own: no body is to meet the samples of another one.
    return protobuf(metrics(metric("n" + Arrays.deepHashCode(points), "", gauge(points))));
  }

  private static OtlpRequest histograms(byte[] point) {
    return protobuf(metrics(metric("h", "", histogram(point))));
  }

  private static OtlpRequest exponentials(long now, int buckets) {
    byte[] counts = varints(2, new long[buckets]);
    return protobuf(metrics(metric("e", "", exponential(rawPoint(now, field(8, counts))))));
  }

  private static OtlpRequest scaled(long now, int scale) {
    return protobuf(metrics(metric("e", "", exponential(rawPoint(now, folded(6, scale))))));
  }

  private static OtlpRequest offset(long now, int offset) {
    byte[] buckets = field(8, folded(1, offset), varints(2, 1, 1, 1));
    byte[] point = rawPoint(now, fixed(4, 3), folded(6, 20), buckets);
    return protobuf(metrics(metric("e" + offset, "", exponential(point))));
  }

  private static OtlpRequest quantiles(long now) {
    byte[][] all = new byte[SAMPLES_MAX][];
    Arrays.setAll(all, i -> field(6, real(1, i), real(2, i)));
    return protobuf(metrics(metric("s", "", OtlpBody.summary(rawPoint(now, all)))));
  }

  private static byte[] bounds(int count) {
    double[] bounds = new double[count];
    Arrays.setAll(bounds, i -> i);
    return reals(7, bounds);
  }

  private static OtlpRequest withAttributes(long now, byte[] attributes) {
    return protobuf(metrics(metric("a", "", gauge(rawPoint(now, real(4, 1), attributes)))));
  }

  private static OtlpRequest withValue(long now, byte[] value) {
    return withAttributes(now, attribute(7, "k" + now + value.length, value));
  }

  private static byte[] deep(int levels) {
    byte[] value = field(5);
    for (int i = 1; i < levels; i++) {
      value = field(i % 2 == 0 ? 5 : 6, field(1, i % 2 == 0 ? value : field(2, value)));
    }
    return value;
  }

  private static byte[] empties() {
    byte[] all = new byte[2 * 20_000];
    for (int i = 0; i < all.length; i += 2) {
      all[i] = 0x0a;
    }
    return all;
  }

  private static byte[] many(int count) {
    return many(count, 7);
  }

  private static byte[] many(int count, int number) {
    byte[][] all = new byte[count][];
    Arrays.setAll(all, i -> attributes(number, "a" + i, "x"));
    return join(all);
  }

  private static OtlpRequest at(long timeMs) {
    return gauges(p(timeMs));
  }

  private static OtlpRequest atNanos(long nanos) {
    return gauges(field(1, fixed(3, nanos), real(4, 1)));
  }

  private static byte[] temporality(SplittableRandom random, long now) {
    long wild = random.nextBoolean() ? 0 : 3 + random.nextLong(Integer.MAX_VALUE);
    byte[] data = join(p(now), number(2, CUMULATIVE), number(2, wild));
    return metric("t", "", field(7, data));
  }

  /// A request whose last point has some bytes more in it.
  private static OtlpRequest broken(long now, byte[] bytes) {
    return gauges(p(now), rawPoint(now, real(4, 1), bytes));
  }

  private static byte[] good(SplittableRandom random, long now) {
    byte[] body = OtlpHandlerTest.manyKinds(now);
    return random.nextBoolean() ? body : join(body, metrics(metric("g2", "", gauge(p(now)))));
  }

  private static byte[] cut(byte[] bytes, SplittableRandom random) {
    // The first few and the last few; a cut between two requests would leave a whole one.
    return Arrays.copyOf(bytes, bytes.length - 1 - random.nextInt(8));
  }

  private static byte[] garbage(SplittableRandom random) {
    byte[] bytes = new byte[20 + random.nextInt(200)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] ones(int count) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) 0xff);
    return bytes;
  }

  private static byte[] one() {
    return new byte[] {1};
  }

  private static byte[] wrongText() {
    return field(1, new byte[] {'x', (byte) 0xc3});
  }

  private static String x(int count) {
    return "x".repeat(count);
  }
}
