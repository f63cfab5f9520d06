package dev.tocsin.store.index;

import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.model.page.IntPages;
import dev.tocsin.store.checkpoint.FrameWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/// A [SeriesIndex] as it was, to be written by another thread: 4 bytes a series. Names are not
/// taken away while it is there.
///
/// @param end the id that the next series gets
/// @param live series that are there
public record FrozenIndex(SeriesNames names, IntPages nameOfId, int end, int live) {
  /// Whether series were removed.
  public boolean isSparse() {
    return live != end;
  }

  public boolean isThere(int id) {
    return nameOfId.get(id) > 0;
  }

  /// Tenants; label names; label values, each with the number of its name; series, each with the
  /// number of its tenant and those of its values. All numbers in the order in which the series
  /// come, whatever they are in [SeriesNames]. Where series were removed, the end of the ids comes
  /// before the series, and each has before it how many ids are left out.
  public void writeTo(FrameWriter out) throws IOException {
    Numbering tenants = new Numbering(names.tenantCount());
    Numbering labels = new Numbering(names.labelCount());
    for (int id = 0; id < end; id++) {
      int name = nameOfId.get(id) - 1;
      if (name >= 0) {
        tenants.accept(names.tenantNumber(name));
        names.forEachLabel(name, labels);
      }
    }
    out.varint(tenants.count);
    for (int number = 0; number < tenants.count; number++) {
      out.text(names.tenantOf(tenants.known[number]).id());
    }
    writeLabels(out, labels);
    if (isSparse()) {
      out.varint(end);
    }
    out.varint(live);
    int[] keys = new int[16];
    int next = 0;
    for (int id = 0; id < end; id++) {
      int name = nameOfId.get(id) - 1;
      if (name < 0) {
        continue;
      }
      if (isSparse()) {
        out.varint(id - next);
        next = id + 1;
      }
      int size = names.size(name);
      if (size > keys.length) {
        keys = new int[size];
      }
      names.forEachLabel(name, new Filling(keys, labels));
      out.varint(tenants.of(names.tenantNumber(name)));
      out.varint(size);
      for (int i = 0; i < size; i++) {
        out.varint(keys[i]);
      }
    }
  }

  private void writeLabels(FrameWriter out, Numbering labels) throws IOException {
    Map<String, Integer> nameNumbers = new HashMap<>();
    out.varint(labels.count);
    for (int number = 0; number < labels.count; number++) {
      int label = labels.known[number];
      String name = names.labelName(label);
      Integer known = nameNumbers.putIfAbsent(name, nameNumbers.size());
      out.varint(known == null ? nameNumbers.size() - 1 : known);
      if (known == null) {
        out.text(name);
      }
      out.text(names.labelValue(label));
    }
  }

  /// Gives numbers of its own, from 0, in the order in which others come.
  private static final class Numbering implements IntConsumer {
    /// By the other number: its own + 1.
    private final int[] own;

    /// The other number of each of its own.
    private int[] known;

    private int count;

    Numbering(int others) {
      own = new int[others];
      known = new int[Math.min(others, 1024)];
    }

    @Override
    public void accept(int other) {
      if (own[other] == 0) {
        if (count == known.length) {
          known = Arrays.copyOf(known, Math.min(own.length, 2 * count));
        }
        known[count++] = other;
        own[other] = count;
      }
    }

    int of(int other) {
      return own[other] - 1;
    }
  }

  /// Puts the own numbers of labels into an array.
  private static final class Filling implements IntConsumer {
    private final int[] keys;
    private final Numbering labels;
    private int count;

    Filling(int[] keys, Numbering labels) {
      this.keys = keys;
      this.labels = labels;
    }

    @Override
    public void accept(int label) {
      keys[count++] = labels.of(label);
    }
  }
}
