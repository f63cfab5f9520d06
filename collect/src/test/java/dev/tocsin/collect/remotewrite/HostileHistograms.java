package dev.tocsin.collect.remotewrite;

import static dev.tocsin.collect.remotewrite.HostileKind.name;
import static dev.tocsin.collect.remotewrite.HostileKind.request;
import static dev.tocsin.collect.remotewrite.HostileKind.text;
import static dev.tocsin.collect.remotewrite.WriteBody.field;
import static dev.tocsin.collect.remotewrite.WriteBody.join;
import static dev.tocsin.collect.remotewrite.WriteBody.labels;
import static dev.tocsin.collect.remotewrite.WriteBody.series;
import static dev.tocsin.collect.remotewrite.WriteBody.snappy;

import java.util.Arrays;
import java.util.List;

/// The kinds of [HostileKind] that are about native histograms.
final class HostileHistograms {
  static final List<HostileKind> ALL =
      List.of(
          new HostileKind(
              "HISTOGRAM_THAT_CONTRADICTS_ITSELF",
              400,
              (random, now) ->
                  request(
                      snappy(
                          series(
                              name(random),
                              labels("u", text(random)),
                              HistogramBody.of(now).count(random.nextInt(1, 1000)).field())))),
          new HostileKind(
              "HISTOGRAM_WITH_TOO_MANY_BUCKETS",
              400,
              (random, now) ->
                  request(
                      snappy(
                          series(
                              name(random),
                              labels("u", text(random)),
                              HistogramBody.of(now)
                                  .positive(
                                      random.nextInt(), new long[random.nextInt(8193, 20_000)])
                                  .field())))),
          new HostileKind(
              "HISTOGRAM_WITH_SPANS_BEYOND_ALL_BOUNDS",
              400,
              (random, now) ->
                  request(
                      snappy(
                          series(
                              name(random),
                              labels("u", text(random)),
                              HistogramBody.of(now)
                                  .span(11, random.nextInt(), random.nextLong(1, 1L << 32))
                                  .span(11, Integer.MAX_VALUE, 0xffff_ffffL)
                                  .field())))),
          new HostileKind(
              "BROKEN_HISTOGRAM",
              400,
              (random, now) -> {
                byte[] whole = HistogramBody.of(now).positive(0, 1, 2, -1).count(6).message();
                byte[] cut = Arrays.copyOf(whole, random.nextInt(1, whole.length));
                byte[] broken = join(cut, new byte[] {(byte) 0xff});
                return request(
                    snappy(series(name(random), labels("u", text(random)), field(4, broken))));
              }),
          new HostileKind(
              "GOOD_HISTOGRAM",
              204,
              (random, now) ->
                  request(
                      snappy(
                          series(
                              name(random),
                              labels("u", text(random)),
                              HistogramBody.of(now).positive(-3, 1, 2, -1).count(6).field())))));

  private HostileHistograms() {}
}
