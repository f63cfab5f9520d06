package dev.tocsin.collect.remotewrite;

import static dev.tocsin.collect.remotewrite.WriteBody.bytes;
import static dev.tocsin.collect.remotewrite.WriteBody.field;
import static dev.tocsin.collect.remotewrite.WriteBody.fixed;
import static dev.tocsin.collect.remotewrite.WriteBody.join;
import static dev.tocsin.collect.remotewrite.WriteBody.number;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A body of remote write 2.0, made with protobuf-java: collects the symbols while its parts are
/// made.
final class WriteBodyV2 {
  private final List<ByteString> symbols = new ArrayList<>(List.of(ByteString.EMPTY));
  private final List<byte[]> series = new ArrayList<>();

  int symbol(String text) {
    return symbol(ByteString.copyFromUtf8(text));
  }

  /// The reference to a text, given now where it has none yet.
  int symbol(ByteString text) {
    int known = symbols.indexOf(text);
    if (known >= 0) {
      return known;
    }
    symbols.add(text);
    return symbols.size() - 1;
  }

  private int[] symbols(String... texts) {
    return Arrays.stream(texts).mapToInt(this::symbol).toArray();
  }

  /// Label references as a field of a series or an exemplar.
  byte[] labels(String... namesAndValues) {
    return references(symbols(namesAndValues));
  }

  static byte[] references(int... references) {
    return field(1, packed(references));
  }

  private static byte[] packed(int... references) {
    return bytes(
        out -> {
          for (int reference : references) {
            out.writeUInt32NoTag(reference);
          }
        });
  }

  /// The same where each is a field of its own.
  byte[] loose(String... namesAndValues) {
    return bytes(
        out -> {
          for (int reference : symbols(namesAndValues)) {
            out.writeUInt32(1, reference);
          }
        });
  }

  /// A sample that says since when it counts.
  static byte[] sample(long timeMs, double value, long startMs) {
    return field(
        2,
        join(fixed(1, Double.doubleToRawLongBits(value)), number(2, timeMs), number(3, startMs)));
  }

  static byte[] histogram(HistogramBody histogram) {
    return field(3, histogram.message());
  }

  byte[] exemplar(long timeMs, double value, String... namesAndValues) {
    return field(
        4,
        join(
            labels(namesAndValues),
            fixed(2, Double.doubleToRawLongBits(value)),
            number(3, timeMs)));
  }

  byte[] metadata(int type, String help, String unit) {
    return field(5, join(number(1, type), number(3, symbol(help)), number(4, symbol(unit))));
  }

  WriteBodyV2 series(byte[]... fields) {
    series.add(field(5, join(fields)));
    return this;
  }

  byte[] symbolFields() {
    return join(symbols.stream().map(text -> field(4, text.toByteArray())).toArray(byte[][]::new));
  }

  byte[] seriesFields() {
    return join(series.toArray(byte[][]::new));
  }

  byte[] content() {
    return join(symbolFields(), seriesFields());
  }

  FakeRequest request() {
    return request(content());
  }

  static FakeRequest request(byte[] content) {
    return FakeRequest.of(WriteBody.snappy(content))
        .with("content-type", "application/x-protobuf;proto=io.prometheus.write.v2.Request")
        .with("x-prometheus-remote-write-version", "2.0.0");
  }
}
