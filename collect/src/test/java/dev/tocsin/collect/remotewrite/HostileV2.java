package dev.tocsin.collect.remotewrite;

import static dev.tocsin.collect.remotewrite.HostileKind.pick;
import static dev.tocsin.collect.remotewrite.HostileKind.text;
import static dev.tocsin.collect.remotewrite.WriteBody.field;
import static dev.tocsin.collect.remotewrite.WriteBody.fixed;
import static dev.tocsin.collect.remotewrite.WriteBody.join;
import static dev.tocsin.collect.remotewrite.WriteBody.number;
import static dev.tocsin.collect.remotewrite.WriteBody.sample;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// The kinds of [HostileKind] that are about the message of remote write 2.0.
final class HostileV2 {
  /// Changes a good body, or makes another one.
  private interface Spoiler {
    FakeRequest next(WriteBodyV2 good, SplittableRandom random, long now);
  }

  static final List<HostileKind> ALL =
      List.of(
          kind(
              "V2_ODD_NUMBER_OF_REFERENCES",
              400,
              (good, random, now) ->
                  good.series(WriteBodyV2.references(1, 2, random.nextInt(3)), sample(now, 1))
                      .request()),
          kind(
              "V2_ODD_NUMBER_OF_REFERENCES_IN_EXEMPLAR",
              400,
              (good, random, now) ->
                  good.series(
                          good.labels("__name__", "a"),
                          sample(now, random.nextInt()),
                          field(4, WriteBodyV2.references(1)))
                      .request()),
          kind(
              "V2_REFERENCE_TO_NO_SYMBOL",
              400,
              (good, random, now) ->
                  good.series(WriteBodyV2.references(1, beyond(random)), sample(now, 1)).request()),
          kind(
              "V2_REFERENCE_TO_NO_SYMBOL_IN_EXEMPLAR",
              400,
              (good, random, now) ->
                  good.series(
                          good.labels("__name__", "a"),
                          sample(now, 1),
                          field(4, WriteBodyV2.references(beyond(random), 1)))
                      .request()),
          kind(
              "V2_REFERENCE_TO_NO_SYMBOL_IN_METADATA",
              400,
              (good, random, now) ->
                  good.series(
                          good.labels("__name__", "a"),
                          sample(now, 1),
                          field(
                              5,
                              number(random.nextInt(3, 5), Integer.toUnsignedLong(beyond(random)))))
                      .request()),
          kind(
              "V2_REFERENCE_OF_64_BITS",
              400,
              (good, random, now) ->
                  good.series(number(1, 1), number(1, 1L << random.nextInt(32, 64)), sample(now, 1))
                      .request()),
          kind(
              "V2_FIRST_SYMBOL_IS_NOT_EMPTY",
              400,
              (good, random, _) ->
                  WriteBodyV2.request(
                      join(field(4, WriteBody.utf8(text(random))), good.content()))),
          kind("V2_NO_SYMBOLS", 400, (good, _, _) -> WriteBodyV2.request(good.seriesFields())),
          kind(
              "V2_TOO_MANY_SYMBOLS",
              413,
              (good, random, _) -> {
                byte[] many = new byte[2 * (SymbolTable.SYMBOLS_MAX + random.nextInt(1, 99))];
                for (int i = 0; i < many.length; i += 2) {
                  many[i] = 0x22;
                }
                return WriteBodyV2.request(join(many, good.content()));
              }),
          kind(
              "V2_MESSAGE_OF_1",
              400,
              (_, random, now) ->
                  WriteBodyV2.request(
                      join(
                          WriteBody.series(HostileKind.name(random), sample(now, 1)),
                          field(3, number(1, 2))))),
          kind(
              "V2_WRONG_WIRE_TYPES",
              400,
              (good, random, now) -> {
                byte[] labels = good.labels("__name__", "a");
                byte[] value = fixed(1, 1);
                byte[] wrong =
                    switch (random.nextInt(6)) {
                      case 0 -> fixed(1, 7);
                      case 1 -> field(2, join(value, number(2, now), fixed(3, 1)));
                      case 2 -> number(random.nextInt(2, 6), 7);
                      case 3 -> field(3, join(number(15, now), fixed(17, 1)));
                      case 4 -> field(4, random.nextBoolean() ? number(2, 5) : fixed(3, 5));
                      default -> field(5, fixed(pickOf(random, 1, 3, 4), 5));
                    };
                return good.series(labels, sample(now, 1), wrong).request();
              }),
          kind(
              "V2_WRONG_WIRE_TYPE_IN_REQUEST",
              400,
              (good, random, _) ->
                  WriteBodyV2.request(join(good.content(), number(random.nextInt(4, 6), 1)))),
          kind(
              "V2_TRUNCATED",
              400,
              (good, random, _) -> {
                byte[] content = good.content();
                return WriteBodyV2.request(
                    Arrays.copyOf(content, content.length - 1 - random.nextInt(3)));
              }),
          kind(
              "V2_SYMBOL_IS_NOT_UTF8",
              400,
              (good, random, now) -> {
                byte[] bad = {(byte) random.nextInt(0x80, 0xc0)};
                int symbol = good.symbol(ByteString.copyFrom(bad));
                int name = good.symbol("__name__");
                int other = good.symbol("x");
                return good.series(
                        random.nextBoolean()
                            ? WriteBodyV2.references(name, symbol)
                            : WriteBodyV2.references(name, other, symbol, other),
                        sample(now, 1))
                    .request();
              }),
          kind(
              "V2_BAD_LABELS",
              400,
              (good, random, now) -> {
                byte[] labels =
                    switch (random.nextInt(5)) {
                      case 0 -> new byte[0];
                      case 1 -> good.labels("a", "no name");
                      case 2 -> good.labels("__name__", "x", "a", "1", "a", "2");
                      case 3 -> good.labels("__name__", "x", "", "1");
                      default -> good.labels("__name__", "");
                    };
                return good.series(labels, sample(now, 1)).request();
              }),
          kind(
              "V2_TOO_MANY_LABELS",
              400,
              (good, random, now) -> {
                String[] all = new String[2 * (129 + random.nextInt(300))];
                Arrays.setAll(all, i -> i % 2 == 0 ? "l" + i : "v");
                return good.series(good.labels("__name__", "x"), good.labels(all), sample(now, 1))
                    .request();
              }),
          kind(
              "V2_TOO_MANY_SAMPLES",
              413,
              (good, _, now) -> {
                byte[][] many = new byte[HostileBodiesTest.SAMPLES_MAX + 1][];
                Arrays.setAll(many, i -> sample(now + i, 1));
                return good.series(good.labels("__name__", "x"), join(many)).request();
              }),
          kind(
              "V2_BAD_HISTOGRAM",
              400,
              (good, random, now) ->
                  good.series(
                          good.labels("__name__", "x"),
                          WriteBodyV2.histogram(
                              HistogramBody.of(now).count(random.nextInt(1, 1000))))
                      .request()),
          kind(
              "V2_SERIES_WITHOUT_SAMPLES",
              204,
              (good, random, now) ->
                  good.series(
                          good.labels("__name__", "x"),
                          good.exemplar(now, 1, "trace_id", text(random)))
                      .series()
                      .request()),
          kind(
              "V2_UNKNOWN_FIELDS",
              204,
              (good, random, now) ->
                  WriteBodyV2.request(
                      join(
                          fixed(9, random.nextLong()),
                          good.series(
                                  good.labels("__name__", "x", "u", text(random)),
                                  sample(now, 1),
                                  number(6, now),
                                  field(15, new byte[3]),
                                  field(5, number(2, 1)))
                              .content()))),
          kind("V2_GOOD", 204, (good, _, _) -> good.request()));

  private HostileV2() {}

  private static HostileKind kind(String name, int status, Spoiler spoiler) {
    return new HostileKind(
        name, status, (random, now) -> spoiler.next(good(random, now), random, now));
  }

  private static WriteBodyV2 good(SplittableRandom random, long now) {
    WriteBodyV2 body = new WriteBodyV2();
    for (int i = 0; i <= random.nextInt(4); i++) {
      body.series(
          body.labels("__name__", pick(random, "up", "温度"), "i", "" + i, "u", text(random)),
          sample(now, random.nextDouble()),
          body.metadata(random.nextInt(8), "Help.", "seconds"));
    }
    return body;
  }

  private static int beyond(SplittableRandom random) {
    return random.nextBoolean() ? random.nextInt(100, 1 << 20) : -1 - random.nextInt(1 << 20);
  }

  private static int pickOf(SplittableRandom random, int... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
