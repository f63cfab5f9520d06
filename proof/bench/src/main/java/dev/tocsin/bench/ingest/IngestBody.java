package dev.tocsin.bench.ingest;

import dev.tocsin.bench.memory.ClusterSeries;
import dev.tocsin.bench.remotewrite.RemoteWriteSender;
import dev.tocsin.bench.remotewrite.TimedSample;
import dev.tocsin.bench.remotewrite.WriteRequest;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One request of remote write 1.0 with one sample of each of its series, as it goes over the wire,
/// head and compressed body: made once, then only the time and the values are written over. Not
/// thread-safe.
final class IngestBody {
  /// Bytes of a time between 2^35 and 2^42 ms, which ends a message of one sample.
  private static final int TIME_BYTES = 6;

  /// Symbols of the bytes of the time: the same in all samples, so copies of it stay right.
  private static final int FIRST_TIME = 1 << 8;

  /// Symbols of the bytes of values: each its own.
  private static final int FIRST_VALUE = 1 << 9;

  private static final ClusterSeries SERIES = new ClusterSeries(false);

  private final int from;
  private final byte[] request;
  private final int bodyBytes;
  private final int plainBytes;

  /// Where in the request each value begins.
  private final int[] values;

  /// Where bytes of the time are, and which.
  private final int[] times;

  private final byte[] timeBytes;

  /// @param from the first series
  /// @param address where it will be sent
  IngestBody(int from, int count, URI address) {
    this.from = from;
    Plain plain = Plain.of(from, count);
    PatchableSnappy.Compressed compressed = PatchableSnappy.of(plain.symbols, plain.ends);
    byte[] block = compressed.block();
    byte[] head = head(address, block.length);
    this.request = new byte[head.length + block.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(block, 0, request, head.length, block.length);
    this.bodyBytes = block.length;
    this.plainBytes = plain.symbols.length;
    this.values = new int[count];
    ByteArrayOutputStream which = new ByteArrayOutputStream();
    int[] found = new int[TIME_BYTES * count];
    int timesFound = 0;
    for (int i = 0; i < count; i++) {
      int time = plain.ends[i] - TIME_BYTES;
      values[i] = head.length + compressed.places()[time - 1 - Double.BYTES];
      for (int b = 0; b < TIME_BYTES; b++) {
        int place = compressed.places()[time + b];
        if (place >= 0) {
          found[timesFound++] = head.length + place;
          which.write(b);
        }
      }
    }
    this.times = java.util.Arrays.copyOf(found, timesFound);
    this.timeBytes = which.toByteArray();
  }

  /// The message, in which bytes that change are marked.
  ///
  /// @param ends of the series in it
  private record Plain(int[] symbols, int[] ends) {
    static Plain of(int from, int count) {
      ByteArrayOutputStream message = new ByteArrayOutputStream();
      int[] ends = new int[count];
      for (int i = 0; i < count; i++) {
        TimedSample sample = new TimedSample(SERIES.labels(from + i), 1_700_000_000_000L, 0);
        // Protobuf messages one after the other are one message.
        message.writeBytes(WriteRequest.message(List.of(sample)));
        ends[i] = message.size();
      }
      byte[] bytes = message.toByteArray();
      int[] symbols = new int[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        symbols[i] = bytes[i] & 0xff;
      }
      for (int end : ends) {
        for (int b = 0; b < TIME_BYTES; b++) {
          symbols[end - TIME_BYTES + b] = FIRST_TIME + b;
        }
        int value = end - TIME_BYTES - 1 - Double.BYTES;
        for (int b = 0; b < Double.BYTES; b++) {
          symbols[value + b] = FIRST_VALUE + value + b;
        }
      }
      return new Plain(symbols, ends);
    }
  }

  private static byte[] head(URI address, int length) {
    StringBuilder head = new StringBuilder();
    head.append("POST ").append(address.getRawPath()).append(" HTTP/1.1\r\nHost: ");
    head.append(address.getAuthority());
    RemoteWriteSender.HEADERS.forEach(
        (name, value) -> head.append("\r\n").append(name).append(": ").append(value));
    head.append("\r\nContent-Length: ").append(length).append("\r\n\r\n");
    return head.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  int samples() {
    return values.length;
  }

  /// Bytes of the body as it is sent.
  int bodyBytes() {
    return bodyBytes;
  }

  /// Bytes of the message before it was compressed.
  int plainBytes() {
    return plainBytes;
  }

  /// The value of a series in a round: counters that grow by their own step.
  static double value(int series, long round) {
    return series % 1000 + (double) (round * (1 + series % 7));
  }

  /// The request with the time and the values of a round. It is the same array again.
  byte[] next(long timeMs, long round) {
    for (int i = 0; i < times.length; i++) {
      int b = timeBytes[i];
      int more = b < TIME_BYTES - 1 ? 0x80 : 0;
      request[times[i]] = (byte) ((timeMs >>> (7 * b) & 0x7f) | more);
    }
    for (int i = 0; i < values.length; i++) {
      long bits = Double.doubleToRawLongBits(value(from + i, round));
      int at = values[i];
      for (int b = 0; b < Double.BYTES; b++) {
        request[at++] = (byte) (bits >>> (8 * b));
      }
    }
    return request;
  }
}
