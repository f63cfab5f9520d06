package dev.tocsin.rules.state;

import dev.tocsin.model.alert.Evidence;
import dev.tocsin.model.labels.Labels;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes values one after the other, big-endian; a text is its length in bytes and its UTF-8, a
/// list its length and its items. The format has no version of its own: whoever writes a checkpoint
/// puts one in front.
public final class StateWriter {
  /// Something that does not change any more.
  @FunctionalInterface
  public interface Part {
    void write(StateWriter out) throws IOException;
  }

  private final DataOutput out;
  private final @Nullable Consumer<Part> later;

  public StateWriter(DataOutput out) {
    this.out = out;
    this.later = null;
  }

  /// @param later takes what need not be written at once, and writes it at this place of the output
  public StateWriter(DataOutput out, Consumer<Part> later) {
    this.out = out;
    this.later = later;
  }

  /// Writes this, or has it written later, by another thread perhaps.
  public void part(Part part) throws IOException {
    if (later == null) {
      part.write(this);
    } else {
      later.accept(part);
    }
  }

  public void flag(boolean value) throws IOException {
    out.writeBoolean(value);
  }

  public void number(int value) throws IOException {
    out.writeInt(value);
  }

  public void number(long value) throws IOException {
    out.writeLong(value);
  }

  /// Every bit of it: the payload of a NaN survives.
  public void real(double value) throws IOException {
    out.writeLong(Double.doubleToRawLongBits(value));
  }

  public void text(String value) throws IOException {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  public void labels(Labels labels) throws IOException {
    out.writeInt(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      text(labels.name(i));
      text(labels.value(i));
    }
  }

  public void evidence(Evidence evidence) throws IOException {
    number(evidence.sampleTimeMs());
    number(evidence.receivedNanos());
    number(evidence.series().size());
    for (Evidence.Read read : evidence.series()) {
      labels(read.labels());
      number(read.last().size());
      for (Evidence.Point point : read.last()) {
        number(point.timeMs());
        real(point.value());
      }
    }
  }
}
