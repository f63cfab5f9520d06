package dev.tocsin.rules.state;

import dev.tocsin.model.alert.Evidence;
import dev.tocsin.model.labels.Labels;
import java.io.DataInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads what [StateWriter] wrote. Sizes are checked before anything is allocated: bytes that are
/// something else are an [IOException].
public final class StateReader {
  /// Bytes of a text: the largest rule file, several times.
  static final int TEXT_BYTES_MAX = 64 << 20;

  /// Items of a list.
  static final int ITEMS_MAX = 16 << 20;

  private final DataInput in;

  public StateReader(DataInput in) {
    this.in = in;
  }

  public boolean flag() throws IOException {
    return in.readBoolean();
  }

  public int integer() throws IOException {
    return in.readInt();
  }

  public long number() throws IOException {
    return in.readLong();
  }

  public double real() throws IOException {
    return Double.longBitsToDouble(in.readLong());
  }

  /// How many items follow.
  public int count() throws IOException {
    return checked(in.readInt(), ITEMS_MAX, "items");
  }

  public String text() throws IOException {
    byte[] bytes = new byte[checked(in.readInt(), TEXT_BYTES_MAX, "bytes of text")];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  public Labels labels() throws IOException {
    int count = count();
    Labels.Builder labels = Labels.builder();
    for (int i = 0; i < count; i++) {
      String name = text();
      labels.set(name, text());
    }
    return labels.build();
  }

  public Evidence evidence() throws IOException {
    long sampleTimeMs = number();
    long receivedNanos = number();
    List<Evidence.Read> series = new ArrayList<>();
    int count = count();
    for (int i = 0; i < count; i++) {
      Labels labels = labels();
      List<Evidence.Point> points = new ArrayList<>();
      int length = count();
      for (int p = 0; p < length; p++) {
        long timeMs = number();
        points.add(new Evidence.Point(timeMs, real()));
      }
      series.add(new Evidence.Read(labels, points));
    }
    return new Evidence(series, sampleTimeMs, receivedNanos);
  }

  private static int checked(int value, int max, String what) throws IOException {
    if (value < 0 || value > max) {
      throw new IOException("not a checkpoint: " + value + " " + what);
    }
    return value;
  }
}
