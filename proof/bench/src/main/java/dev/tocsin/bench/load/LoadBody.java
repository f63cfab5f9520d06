package dev.tocsin.bench.load;

import dev.tocsin.bench.remotewrite.Snappy;
import dev.tocsin.bench.remotewrite.TimedSample;
import dev.tocsin.bench.remotewrite.WriteRequest;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// A write of the same series again and again: made once, then only times and values are written
/// over. Not thread-safe.
final class LoadBody {
  /// Bytes of a time between 2^35 and 2^42 ms, which ends a message of one sample.
  private static final int TIME_BYTES = 6;

  /// From the first byte of the value to the end: value, tag of the time, time.
  private static final int VALUE_AND_TIME_BYTES = Double.BYTES + 1 + TIME_BYTES;

  private final List<LoadSeries> series;
  private final byte[] body;

  /// Where in the body each value begins.
  private final int[] places;

  /// @param from the first series
  LoadBody(int from, int count) {
    this.series = new ArrayList<>(count);
    this.places = new int[count];
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      LoadSeries one = new LoadSeries(from + i);
      series.add(one);
      // Protobuf messages one after the other are one message.
      message.writeBytes(
          WriteRequest.message(List.of(new TimedSample(one.labels(), 1_700_000_000_000L, 0))));
      places[i] = message.size() - VALUE_AND_TIME_BYTES;
    }
    byte[] plain = message.toByteArray();
    this.body = Snappy.encodeAsOne(plain);
    int head = body.length - plain.length;
    for (int i = 0; i < count; i++) {
      places[i] += head;
    }
  }

  int samples() {
    return places.length;
  }

  /// The body with the next value of each series. It is the same array again.
  ///
  /// @param seconds since the values before
  byte[] next(long timeMs, int seconds) {
    for (int i = 0; i < places.length; i++) {
      long bits = Double.doubleToRawLongBits(series.get(i).advance(seconds));
      int at = places[i];
      for (int b = 0; b < Double.BYTES; b++) {
        body[at++] = (byte) (bits >>> (8 * b));
      }
      at++;
      for (int b = 0; b < TIME_BYTES; b++) {
        int more = b < TIME_BYTES - 1 ? 0x80 : 0;
        body[at++] = (byte) ((timeMs >>> (7 * b) & 0x7f) | more);
      }
    }
    return body;
  }
}
