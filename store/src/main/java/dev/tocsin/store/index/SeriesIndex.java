package dev.tocsin.store.index;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.store.checkpoint.FrameReader;
import dev.tocsin.store.checkpoint.FrameWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which series there are: numbers from 0 in creation order, each a tenant and a label set; and
/// which series have which label. Series are never removed.
///
/// Memory of a series with n labels: 8n bytes (n in the label list, n in the postings, up to half
/// more while they grow), 8 for tenant and start, 18 to 36 in the hash table; plus about 130 bytes
/// and the text for every label value that is new.
///
/// One thread creates; any thread reads, and sees a new series slightly later or at once, never
/// half.
public final class SeriesIndex {
  private static final int[] NO_IDS = {};

  private final LabelHash hash;
  private final Map<Tenant, TenantIndex> tenants = new ConcurrentHashMap<>();
  private final LabelsCache cache = new LabelsCache();

  /// By series: number of its tenant.
  private final IntPages tenantOf = new IntPages();

  /// By series: where its keys start in `keys`; one entry more, the end of the last.
  private final IntPages keysFrom = new IntPages();

  /// Keys of the postings of each series, sorted by label name.
  private final IntPages keys = new IntPages();

  private int postingCount;
  private volatile TenantIndex[] tenantByNumber = {};
  private volatile Posting[] postingByKey = {};
  private volatile HashSlots slots = new HashSlots(64);
  private volatile int count;

  public SeriesIndex(long hashSeed) {
    this(LabelHash.seeded(hashSeed));
  }

  SeriesIndex(LabelHash hash) {
    this.hash = hash;
    keysFrom.add(0);
  }

  public int count() {
    return count;
  }

  /// The number of the series, or -1.
  public int find(Tenant tenant, Labels labels) {
    return find(hash.of(tenant, labels), tenant, labels);
  }

  private int find(long tag, Tenant tenant, Labels labels) {
    HashSlots table = slots;
    for (int slot = table.first(tag); ; slot = table.next(slot)) {
      int id = table.number(slot);
      if (id < 0 || (table.tag(slot) == tag && matches(id, tenant, labels))) {
        return id;
      }
    }
  }

  private boolean matches(int id, Tenant tenant, Labels labels) {
    int from = keysFrom.get(id);
    if (keysFrom.get(id + 1) - from != labels.size() || !tenant(id).equals(tenant)) {
      return false;
    }
    Posting[] postings = postingByKey;
    for (int i = 0; i < labels.size(); i++) {
      Posting posting = postings[keys.get(from + i)];
      if (!posting.value.equals(labels.value(i)) || !posting.name.equals(labels.name(i))) {
        return false;
      }
    }
    return true;
  }

  /// A new series, which [#find] must not know yet. Returns its number.
  public int create(Tenant tenant, Labels labels) {
    TenantIndex index = tenantIndex(tenant);
    int id = count;
    int from = keys.size();
    for (int i = 0; i < labels.size(); i++) {
      keys.add(key(index, labels.name(i), labels.value(i)));
    }
    tenantOf.add(index.number);
    keysFrom.add(keys.size());
    count = id + 1; // publishes what was written above
    for (int at = from; at < keys.size(); at++) {
      postingByKey[keys.get(at)].add(id);
    }
    index.all().add(id);
    HashSlots table = slots;
    if (table.isFull()) {
      table = table.larger();
    }
    table.put(hash.of(tenant, labels), id);
    slots = table;
    return id;
  }

  private TenantIndex tenantIndex(Tenant tenant) {
    TenantIndex known = tenants.get(tenant);
    if (known != null) {
      return known;
    }
    TenantIndex added = new TenantIndex(tenant, tenantByNumber.length);
    TenantIndex[] more = Arrays.copyOf(tenantByNumber, added.number + 1);
    more[added.number] = added;
    tenantByNumber = more;
    tenants.put(tenant, added);
    return added;
  }

  private int key(TenantIndex index, String name, String value) {
    Posting known = index.find(name, value);
    if (known != null) {
      return known.key;
    }
    if (postingCount == postingByKey.length) {
      postingByKey = Arrays.copyOf(postingByKey, postingCount + postingCount / 2 + 16);
    }
    Posting added = index.create(name, value, postingCount);
    postingByKey[postingCount++] = added;
    return added.key;
  }

  public Tenant tenant(int id) {
    return tenantByNumber[tenantOf.get(id)].tenant;
  }

  /// Built when asked for; often the same object again.
  public Labels labels(int id) {
    Labels cached = cache.get(id);
    if (cached != null) {
      return cached;
    }
    int from = keysFrom.get(id);
    int to = keysFrom.get(id + 1);
    Posting[] postings = postingByKey;
    String[] pairs = new String[2 * (to - from)];
    for (int i = 0; i < to - from; i++) {
      Posting posting = postings[keys.get(from + i)];
      pairs[2 * i] = posting.name;
      pairs[2 * i + 1] = posting.value;
    }
    Labels labels = Labels.ofSorted(pairs);
    cache.put(id, labels);
    return labels;
  }

  /// Ascending; a copy.
  public int[] ids(Tenant tenant, String labelName, String labelValue) {
    TenantIndex index = tenants.get(tenant);
    return index == null ? NO_IDS : index.ids(labelName, labelValue);
  }

  /// Ascending; a copy.
  public int[] ids(Tenant tenant) {
    TenantIndex index = tenants.get(tenant);
    return index == null ? NO_IDS : index.all().ids();
  }

  public List<String> labelNames(Tenant tenant) {
    TenantIndex index = tenants.get(tenant);
    return index == null ? List.of() : index.labelNames();
  }

  public List<String> labelValues(Tenant tenant, String labelName) {
    TenantIndex index = tenants.get(tenant);
    return index == null ? List.of() : index.labelValues(labelName);
  }

  /// Tenants; label names; label values, each with the number of its name; series, each with the
  /// number of its tenant and those of its values. Writing thread.
  public void writeTo(FrameWriter out) throws IOException {
    TenantIndex[] allTenants = tenantByNumber;
    out.varint(allTenants.length);
    for (TenantIndex index : allTenants) {
      out.text(index.tenant.id());
    }
    Map<String, Integer> nameNumbers = new HashMap<>();
    out.varint(postingCount);
    for (int key = 0; key < postingCount; key++) {
      Posting posting = postingByKey[key];
      Integer known = nameNumbers.putIfAbsent(posting.name, nameNumbers.size());
      out.varint(known == null ? nameNumbers.size() - 1 : known);
      if (known == null) {
        out.text(posting.name);
      }
      out.text(posting.value);
    }
    int series = count;
    out.varint(series);
    for (int id = 0; id < series; id++) {
      out.varint(tenantOf.get(id));
      int from = keysFrom.get(id);
      int to = keysFrom.get(id + 1);
      out.varint(to - from);
      for (int at = from; at < to; at++) {
        out.varint(keys.get(at));
      }
    }
  }

  /// Into a new index.
  public void readFrom(FrameReader in) throws IOException {
    List<Tenant> readTenants = new ArrayList<>();
    long tenantCount = in.varint(Integer.MAX_VALUE, "count of tenants");
    for (long i = 0; i < tenantCount; i++) {
      readTenants.add(readTenant(in));
    }
    List<String> names = new ArrayList<>();
    List<String> nameOfValue = new ArrayList<>();
    List<String> values = new ArrayList<>();
    long valueCount = in.varint(Integer.MAX_VALUE, "count of label values");
    for (long i = 0; i < valueCount; i++) {
      int number = (int) in.varint(names.size(), "number of a label name");
      if (number == names.size()) {
        names.add(in.text());
      }
      nameOfValue.add(names.get(number));
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
