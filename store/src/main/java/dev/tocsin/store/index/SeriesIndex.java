package dev.tocsin.store.index;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.model.page.IntPages;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.store.checkpoint.FrameReader;
import dev.tocsin.store.checkpoint.FrameWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/// Which series there are: numbers from 0 in creation order, each a tenant and a label set; and
/// which series have which label. Series are never removed. What they are called is in
/// [SeriesNames], which others may share; here a series has its number there, and the other way
/// round.
///
/// Memory of a series with ten labels whose values others have too: 8 bytes, and about 15 in the
/// postings; 4 more for every label value that is its own. Its name is extra.
///
/// One thread creates; any thread reads, and sees a new series slightly later or at once, never
/// half.
public final class SeriesIndex {
  private static final int[] NO_IDS = {};

  private final SeriesNames names;

  /// By id.
  private final IntPages nameOfId = new IntPages();

  /// By name: id + 1; zero: no series of this index.
  private final IntPages idOfName = new IntPages();

  private final Postings byLabel = new Postings();
  private final Postings byTenant = new Postings();
  private volatile int count;

  public SeriesIndex(SeriesNames names) {
    this.names = names;
  }

  public int count() {
    return count;
  }

  /// The number of the series, or -1.
  public int find(Tenant tenant, Labels labels) {
    int name = names.find(tenant, labels);
    return name < 0 ? -1 : idOfName.get(name) - 1;
  }

  /// A new series, which [#find] must not know yet. Returns its number.
  public int create(Tenant tenant, Labels labels) {
    int name = names.number(tenant, labels);
    int id = count;
    nameOfId.set(id, name);
    count = id + 1; // publishes what was written above
    names.forEachLabel(name, label -> byLabel.add(label, id));
    byTenant.add(names.tenantNumber(name), id);
    idOfName.set(name, id + 1);
    return id;
  }

  public Tenant tenant(int id) {
    return names.tenant(nameOfId.get(id));
  }

  /// Built when asked for; often the same object again.
  public Labels labels(int id) {
    return names.labels(nameOfId.get(id));
  }

  /// Ascending; a copy.
  public int[] ids(Tenant tenant, String labelName, String labelValue) {
    int label = names.label(tenant, labelName, labelValue);
    return label < 0 ? NO_IDS : byLabel.ids(label);
  }

  /// Ascending; a copy.
  public int[] ids(Tenant tenant) {
    int number = names.tenantNumber(tenant);
    return number < 0 ? NO_IDS : byTenant.ids(number);
  }

  public List<String> labelNames(Tenant tenant) {
    return names.labelNames(tenant).stream()
        .filter(name -> names.anyLabel(tenant, name, label -> !byLabel.isEmpty(label)))
        .sorted()
        .toList();
  }

  public List<String> labelValues(Tenant tenant, String labelName) {
    List<String> values = new ArrayList<>();
    names.forEachLabel(
        tenant,
        labelName,
        label -> {
          if (!byLabel.isEmpty(label)) {
            values.add(names.labelValue(label));
          }
        });
    values.sort(null);
    return List.copyOf(values);
  }

  /// Tenants; label names; label values, each with the number of its name; series, each with the
  /// number of its tenant and those of its values. All numbers in the order in which the series
  /// come, whatever they are in [SeriesNames]. Any thread.
  ///
  /// @param series how many of them, the oldest; [#count] or what it was
  public void writeTo(FrameWriter out, int series) throws IOException {
    Numbering tenants = new Numbering(names.tenantCount());
    Numbering labels = new Numbering(names.labelCount());
    for (int id = 0; id < series; id++) {
      int name = nameOfId.get(id);
      tenants.accept(names.tenantNumber(name));
      names.forEachLabel(name, labels);
    }
    out.varint(tenants.count);
    for (int number = 0; number < tenants.count; number++) {
      out.text(names.tenantOf(tenants.known[number]).id());
    }
    writeLabels(out, labels);
    out.varint(series);
    int[] keys = new int[16];
    for (int id = 0; id < series; id++) {
      int name = nameOfId.get(id);
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

  /// Into a new index.
  public void readFrom(FrameReader in) throws IOException {
    List<Tenant> readTenants = new ArrayList<>();
    long tenantCount = in.varint(Integer.MAX_VALUE, "count of tenants");
    for (long i = 0; i < tenantCount; i++) {
      readTenants.add(readTenant(in));
    }
    List<String> labelNames = new ArrayList<>();
    List<String> nameOfValue = new ArrayList<>();
    List<String> values = new ArrayList<>();
    long valueCount = in.varint(Integer.MAX_VALUE, "count of label values");
    for (long i = 0; i < valueCount; i++) {
      int number = (int) in.varint(labelNames.size(), "number of a label name");
      if (number == labelNames.size()) {
        labelNames.add(in.text());
      }
      nameOfValue.add(labelNames.get(number));
      values.add(in.text());
    }
    long series = in.varint(Integer.MAX_VALUE, "count of series");
    for (long i = 0; i < series; i++) {
      Tenant tenant = readTenants.get((int) in.varint(readTenants.size() - 1L, "tenant"));
      int labelCount = (int) in.varint(values.size(), "count of labels");
      List<String> pairs = new ArrayList<>();
      for (int label = 0; label < labelCount; label++) {
        int number = (int) in.varint(values.size() - 1L, "number of a label value");
        pairs.add(nameOfValue.get(number));
        pairs.add(values.get(number));
      }
      readSeries(in, tenant, pairs);
    }
  }

  private static Tenant readTenant(FrameReader in) throws IOException {
    String id = in.text();
    try {
      return new Tenant(id);
    } catch (IllegalArgumentException e) {
      throw in.corrupt("a tenant id: " + e.getMessage());
    }
  }

  private void readSeries(FrameReader in, Tenant tenant, List<String> pairs) throws IOException {
    for (int i = 2; i < pairs.size(); i += 2) {
      if (pairs.get(i - 2).compareTo(pairs.get(i)) >= 0) {
        throw in.corrupt("series " + count + ": labels out of order");
      }
    }
    Labels labels = Labels.ofSorted(pairs.toArray(String[]::new));
    if (find(tenant, labels) >= 0) {
      throw in.corrupt("series " + count + " was there before");
    }
    create(tenant, labels);
  }
}
