package dev.tocsin.collect.remotewrite;

import static dev.tocsin.collect.remotewrite.WriteBody.declaring;
import static dev.tocsin.collect.remotewrite.WriteBody.field;
import static dev.tocsin.collect.remotewrite.WriteBody.fixed;
import static dev.tocsin.collect.remotewrite.WriteBody.head;
import static dev.tocsin.collect.remotewrite.WriteBody.join;
import static dev.tocsin.collect.remotewrite.WriteBody.label;
import static dev.tocsin.collect.remotewrite.WriteBody.labels;
import static dev.tocsin.collect.remotewrite.WriteBody.number;
import static dev.tocsin.collect.remotewrite.WriteBody.sample;
import static dev.tocsin.collect.remotewrite.WriteBody.sampleBits;
import static dev.tocsin.collect.remotewrite.WriteBody.series;
import static dev.tocsin.collect.remotewrite.WriteBody.snappy;
import static dev.tocsin.collect.remotewrite.WriteBody.snappyRun;
import static dev.tocsin.collect.remotewrite.WriteBody.utf8;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// Every kind of body a sender can hurt us with, or that looks as if it could, and the answer it
/// must get. The table of the receiver's tests.
record HostileKind(String name, int status, Generator generator) {
  private static final List<HostileKind> FLOATS =
      List.of(
          // Compression.
          new HostileKind("EMPTY_BODY", 400, (_, _) -> request(new byte[0])),
          new HostileKind(
              "TRUNCATED_SNAPPY",
              400,
              (random, now) -> request(cut(snappy(good(random, now)), random))),
          new HostileKind(
              "LYING_SIZE_BIGGER",
              400,
              (random, now) -> {
                byte[] content = good(random, now);
                return request(
                    declaring(snappy(content), content.length + 1 + random.nextInt(5000)));
              }),
          new HostileKind(
              "LYING_SIZE_SMALLER",
              400,
              (random, now) -> {
                byte[] content = good(random, now);
                return request(declaring(snappy(content), random.nextInt(content.length)));
              }),
          new HostileKind(
              "LYING_SIZE_HUGE",
              413,
              (random, now) ->
                  request(
                      declaring(
                          snappy(good(random, now)),
                          HostileBodiesTest.DECODED_BYTES_MAX + 1L + random.nextInt(1 << 30)))),
          new HostileKind(
              "LYING_SIZE_BEYOND_32_BITS",
              400,
              (random, now) ->
                  request(declaring(snappy(good(random, now)), 1L << (32 + random.nextInt(31))))),
          new HostileKind("SNAPPY_GARBAGE", 400, (random, _) -> request(garbage(random, 0x7f))),
          new HostileKind(
              "NOT_COMPRESSED",
              400,
              (random, now) -> request(join(new byte[] {(byte) 0x8a}, good(random, now)))),

          // Protobuf.
          new HostileKind(
              "PROTOBUF_GARBAGE",
              400,
              (random, _) -> request(snappy(join(new byte[] {0x0f}, garbage(random, 255))))),
          new HostileKind(
              "TRUNCATED_PROTOBUF",
              400,
              (random, now) -> {
                byte[] content = good(random, now);
                return request(
                    snappy(Arrays.copyOf(content, content.length - 1 - random.nextInt(3))));
              }),
          new HostileKind(
              "ENDLESS_VARINT",
              400,
              (random, now) ->
                  broken(random, now, join(new byte[] {0x10}, ones(1 + random.nextInt(30))))),
          new HostileKind(
              "OVERLONG_VARINT",
              400,
              (random, now) ->
                  broken(
                      random,
                      now,
                      join(
                          new byte[] {0x10},
                          ones(9),
                          new byte[] {(byte) (2 + random.nextInt(120))}))),
          new HostileKind(
              "WRONG_WIRE_TYPE_IN_SAMPLE",
              400,
              (random, now) ->
                  broken(
                      random,
                      now,
                      random.nextBoolean() ? number(1, 5) : fixed(2, random.nextLong()))),
          new HostileKind(
              "WRONG_WIRE_TYPE_IN_SERIES",
              400,
              (random, now) ->
                  request(
                      snappy(
                          join(
                              good(random, now),
                              series(
                                  name(random),
                                  sample(now, 1),
                                  number(1 + random.nextInt(4), 7)))))),
          new HostileKind(
              "WRONG_WIRE_TYPE_IN_LABEL",
              400,
              (random, now) ->
                  request(
                      snappy(
                          series(
                              name(random),
                              field(1, join(field(1, utf8("a")), number(2, random.nextInt(99)))),
                              sample(now, 1))))),
          new HostileKind(
              "WRONG_WIRE_TYPE_IN_REQUEST",
              400,
              (random, now) ->
                  request(snappy(join(good(random, now), fixed(random.nextBoolean() ? 1 : 3, 7))))),
          new HostileKind(
              "GROUP",
              400,
              (random, now) ->
                  request(
                      snappy(
                          join(
                              good(random, now),
                              new byte[] {(byte) ((4 + random.nextInt(10)) << 3 | 3)})))),
          new HostileKind(
              "UNKNOWN_WIRE_TYPE",
              400,
              (random, now) ->
                  broken(random, now, new byte[] {(byte) (8 * 9 + 6 + random.nextInt(2)), 0})),
          new HostileKind(
              "FIELD_NUMBER_ZERO",
              400,
              (random, now) -> broken(random, now, new byte[] {(byte) random.nextInt(6), 0})),
          new HostileKind(
              "LENGTH_BEYOND_THE_END",
              400,
              (random, now) -> {
                byte[] inner = series(name(random), sample(now, 1));
                inner[1] += (byte) (1 + random.nextInt(20));
                return request(
                    snappy(random.nextBoolean() ? inner : join(good(random, now), inner)));
              }),
          new HostileKind(
              "INNER_LENGTH_BEYOND_THE_OUTER",
              400,
              (random, now) -> {
                byte[] sample = sample(now, 1);
                sample[1] += (byte) (1 + random.nextInt(90));
                return request(snappy(join(series(name(random), sample), good(random, now))));
              }),
          new HostileKind(
              "NEGATIVE_LENGTH",
              400,
              (random, now) ->
                  request(
                      snappy(
                          join(
                              good(random, now),
                              new byte[] {(byte) (random.nextBoolean() ? 0x0a : 0x1a)},
                              ones(9),
                              new byte[] {1})))),

          // Labels.
          new HostileKind(
              "LABEL_OF_10_MB",
              400,
              (random, now) -> {
                int size = 10_000_000 + random.nextInt(1000);
                byte[] name = random.nextBoolean() ? new byte[0] : field(1, utf8("n"));
                int field = name.length == 0 ? 1 : 2;
                byte[] label = join(name, head(field, size));
                byte[] series =
                    join(name(random), sample(now, 1), head(1, label.length + size), label);
                byte[] all = join(head(1, series.length + size), series);
                return request(snappyRun(all, (byte) 'a', size, good(random, now)));
              }),
          new HostileKind(
              "DUPLICATE_LABEL_NAME",
              400,
              (random, now) ->
                  request(
                      snappy(
                          series(
                              name(random),
                              labels("a", "1", "b", "2", "a", random.nextBoolean() ? "1" : "3"),
                              sample(now, 1))))),
          new HostileKind(
              "EMPTY_LABEL_NAME",
              400,
              (random, now) ->
                  request(snappy(series(name(random), labels("", text(random)), sample(now, 1))))),
          new HostileKind(
              "EMPTY_METRIC_NAME",
              400,
              (random, now) ->
                  request(
                      snappy(series(labels("__name__", "", "a", text(random)), sample(now, 1))))),
          new HostileKind(
              "NO_METRIC_NAME",
              400,
              (random, now) -> request(snappy(series(labels("a", text(random)), sample(now, 1))))),
          new HostileKind(
              "NO_LABELS",
              400,
              (random, now) -> request(snappy(series(sample(now, random.nextDouble()))))),
          new HostileKind(
              "INVALID_UTF8",
              400,
              (random, now) -> {
                byte[] bad =
                    join(utf8(text(random)), new byte[] {(byte) (0x80 + random.nextInt(64))});
                byte[] label = random.nextBoolean() ? label(bad, utf8("v")) : label(utf8("n"), bad);
                return request(snappy(series(name(random), label, sample(now, 1))));
              }),
          new HostileKind(
              "TOO_MANY_LABELS",
              400,
              (random, now) -> {
                byte[][] many = new byte[128 + random.nextInt(300)][];
                Arrays.setAll(many, i -> labels("l" + i, "v"));
                return request(snappy(series(name(random), join(many), sample(now, 1))));
              }),
          new HostileKind(
              "UNSORTED_LABELS",
              204,
              (random, now) ->
                  request(
                      snappy(
                          series(
                              labels("z", text(random), "b", "2"),
                              name(random),
                              labels("a", "1"),
                              sample(now, 1))))),
          new HostileKind(
              "LABELS_BEHIND_SAMPLES",
              204,
              (random, now) ->
                  request(snappy(series(labels("z", text(random)), sample(now, 1), name(random))))),
          new HostileKind(
              "EMPTY_LABEL_VALUE",
              204,
              (random, now) ->
                  request(
                      snappy(
                          series(
                              name(random), labels("a", "", "u", text(random)), sample(now, 1))))),
          new HostileKind(
              "UNKNOWN_FIELDS",
              204,
              (random, now) ->
                  request(
                      snappy(
                          join(
                              field(9, utf8("x")),
                              series(
                                  name(random),
                                  labels("u", text(random)),
                                  field(3, utf8("exemplar")),
                                  sample(now, 1),
                                  number(15, 3)),
                              field(3, utf8("metadata")),
                              fixed(200, 1))))),

          // Samples.
          new HostileKind(
              "NAN_PAYLOAD",
              204,
              (random, now) ->
                  request(
                      snappy(
                          series(
                              name(random),
                              labels("u", text(random)),
                              sampleBits(now, 0x7ff0000000000001L | random.nextLong() >>> 12))))),
          new HostileKind(
              "INFINITIES",
              204,
              (random, now) ->
                  request(
                      snappy(
                          series(
                              name(random),
                              labels("u", text(random)),
                              sample(now, Double.POSITIVE_INFINITY),
                              sample(now + 1, Double.NEGATIVE_INFINITY))))),
          new HostileKind(
              "TIME_ZERO",
              400,
              (random, _) ->
                  request(
                      snappy(
                          series(name(random), labels("u", text(random)), field(2, fixed(1, 1)))))),
          new HostileKind(
              "TOO_OLD",
              400,
              (random, now) ->
                  request(
                      snappy(
                          series(
                              name(random),
                              labels("u", text(random)),
                              sample(
                                  random.nextBoolean() ? Long.MIN_VALUE : now - 400L * 86_400_000,
                                  1))))),
          new HostileKind(
              "TOO_FAR_AHEAD",
              400,
              (random, now) ->
                  request(
                      snappy(
                          series(
                              name(random),
                              labels("u", text(random)),
                              sample(random.nextBoolean() ? Long.MAX_VALUE : now + 600_002, 1))))),
          new HostileKind(
              "OUT_OF_ORDER",
              400,
              (random, now) ->
                  request(
                      snappy(
                          series(
                              name(random),
                              labels("u", text(random)),
                              sample(now, 1),
                              sample(now - 1 - random.nextInt(1000), 1))))),
          new HostileKind(
              "SAME_SAMPLE_TWICE",
              204,
              (random, now) ->
                  request(
                      snappy(
                          series(
                              name(random),
                              labels("u", text(random)),
                              sample(now, 1),
                              sample(now, 1))))),
          new HostileKind(
              "SAME_TIME_OTHER_VALUE",
              400,
              (random, now) ->
                  request(
                      snappy(
                          series(
                              name(random),
                              labels("u", text(random)),
                              sample(now, 1),
                              sample(now, 2))))),

          // Sizes and headers.
          new HostileKind(
              "TOO_MANY_SAMPLES",
              413,
              (random, now) -> {
                byte[][] many = new byte[HostileBodiesTest.SAMPLES_MAX + 1][];
                Arrays.setAll(many, i -> sample(now + i, 1));
                return request(snappy(series(name(random), join(many))));
              }),
          new HostileKind(
              "OVERSIZE_BODY",
              413,
              (random, _) -> {
                FakeRequest request =
                    request(new byte[HostileBodiesTest.BODY_BYTES_MAX + 1 + random.nextInt(1000)]);
                return random.nextBoolean() ? request : request.with("content-length", "");
              }),
          new HostileKind(
              "OVERSIZE_DECODED",
              413,
              (random, now) ->
                  request(
                      snappyRun(
                          head(15, HostileBodiesTest.DECODED_BYTES_MAX),
                          (byte) random.nextInt(256),
                          HostileBodiesTest.DECODED_BYTES_MAX,
                          good(random, now)))),
          new HostileKind(
              "WRONG_CONTENT_TYPE",
              415,
              (random, now) ->
                  request(snappy(good(random, now)))
                      .with(
                          "content-type",
                          pick(
                              random,
                              "",
                              "application/json",
                              "application/x-protobuf2",
                              "application/x-protobuf;proto=io.prometheus.write.v3.Request",
                              "application/x-protobuf; proto=\"other.Message\"",
                              text(random)))),
          new HostileKind(
              "WRONG_CONTENT_ENCODING",
              415,
              (random, now) ->
                  request(snappy(good(random, now)))
                      .with(
                          "content-encoding",
                          pick(random, "", "gzip", "zstd", "identity", text(random)))),
          new HostileKind(
              "WRONG_METHOD",
              405,
              (random, now) -> {
                FakeRequest request = request(snappy(good(random, now)));
                return new FakeRequest(
                    pick(random, "GET", "PUT", "post"), request.headers(), request.content());
              }));

  /// Makes one body of the kind.
  interface Generator {
    FakeRequest next(SplittableRandom random, long nowMs);
  }

  @Override
  public String toString() {
    return name;
  }

  static final List<HostileKind> ALL =
      Stream.of(FLOATS, HostileHistograms.ALL, HostileV2.ALL).flatMap(List::stream).toList();

  static FakeRequest request(byte[] content) {
    return FakeRequest.of(content);
  }

  /// A good request of 1.0: a few series of a few samples.
  private static byte[] good(SplittableRandom random, long now) {
    byte[][] all = new byte[1 + random.nextInt(5)][];
    for (int i = 0; i < all.length; i++) {
      byte[][] samples = new byte[1 + random.nextInt(3)][];
      Arrays.setAll(samples, k -> sample(now + k, random.nextDouble()));
      all[i] = series(name(random), labels("i", "" + i, "u", text(random)), join(samples));
    }
    return join(all);
  }

  /// A request whose last sample has some bytes more in it.
  private static FakeRequest broken(SplittableRandom random, long now, byte[] bytes) {
    byte[] sample = field(2, join(fixed(1, 1), number(2, now), bytes));
    return request(snappy(join(good(random, now), series(name(random), sample))));
  }

  static byte[] name(SplittableRandom random) {
    return labels("__name__", pick(random, "up", "requests_total", "温度", "a.b"));
  }

  static String text(SplittableRandom random) {
    return "x" + Long.toString(random.nextLong() >>> 1, 36);
  }

  private static byte[] cut(byte[] bytes, SplittableRandom random) {
    return Arrays.copyOf(bytes, random.nextInt(bytes.length));
  }

  private static byte[] ones(int count) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) 0xff);
    return bytes;
  }

  /// Bytes of which the first, which would be a small size, is followed by anything.
  private static byte[] garbage(SplittableRandom random, int firstMax) {
    byte[] bytes = new byte[20 + random.nextInt(200)];
    random.nextBytes(bytes);
    bytes[0] = (byte) (bytes[0] & firstMax);
    // A copy from before the beginning: never good.
    bytes[1] = 0x05;
    return bytes;
  }

  static String pick(SplittableRandom random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
