package dev.tocsin.store.index;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.model.page.LivePages;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.store.checkpoint.FrameReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Which series there are: numbers from 0 in creation order, each a tenant and a label set; and
/// which series have which label. What they are called is in [SeriesNames], which others may share;
/// here a series has its number there, and the other way round.
///
/// A series that is removed is found no more; what it takes goes when the names are renewed
/// ([#renew]): then everything here is made anew of the series that are there.
///
/// Memory of a series with ten labels whose values others have too: 8 bytes, and about 15 in the
/// postings; 4 more for every label value that is its own. Its name is extra.
///
/// One thread creates and removes; any thread reads, and sees a new series slightly later or at
/// once, never half.
@SuppressWarnings("ReferenceEquality") // whether another naming is being made
public final class SeriesIndex {
  private static final int[] NO_IDS = {};

  /// Removed series that are not worth the work.
  private static final int REMOVED_MIN = 1024;

  private volatile Naming naming;
  private final LivePages pages = new LivePages();
  private volatile int count;
  private volatile int live;

  /// The next naming, while it is made: ids before [#renewed] are in it.
  private Naming next;

  private int renewed;

  /// Removed series in the naming.
  private volatile int removed;

  /// Of these, in the next one.
  private int removedInNext;

  public SeriesIndex(SeriesNames names) {
    this.naming = new Naming(names);
    this.next = naming;
  }

  /// Series there were so far; the id of the next one.
  public int count() {
    return count;
  }

  /// Series that are there.
  public int live() {
    return live;
  }

  public boolean isThere(int id) {
    return naming.isThere(id);
  }

  /// The number of the series, or -1.
  public int find(Tenant tenant, Labels labels) {
    Naming now = naming;
    int name = now.names().find(tenant, labels);
    return name < 0 ? -1 : now.idOfName().get(name) - 1;
  }

  /// A new series, which [#find] must not know yet. Returns its number.
  public int create(Tenant tenant, Labels labels) {
    int id = count;
    create(id, tenant, labels);
    return id;
  }

  private void create(int id, Tenant tenant, Labels labels) {
    Naming now = naming;
    int name = now.put(id, tenant, labels);
    pages.add(id);
    live = pages.live();
    count = pages.next(); // publishes what was written above
    now.publish(id, name);
  }

  /// It must be there.
  @SuppressWarnings("NonAtomicVolatileUpdate") // the one writing thread
  public void remove(int id) {
    pages.remove(id);
    live = pages.live();
    removed++;
    naming.remove(id);
    if (id < renewed) {
      next.remove(id);
      removedInNext++;
    }
  }

  /// Goes on with making everything anew, with newer names, where there are some, or where too many
  /// series were removed. Returns whether there is more to do.
  ///
  /// @param most series looked at
  public boolean renew(int most) {
    if (next == naming) {
      boolean wanted = removed > REMOVED_MIN && removed > live;
      SeriesNames names = naming.names();
      SeriesNames newest = wanted ? names.successor() : names.newest();
      if (newest == names) {
        return false;
      }
      next = new Naming(newest);
      renewed = 0;
      removedInNext = 0;
    }
    Naming now = naming;
    for (int left = most; left > 0 && renewed < count; left--) {
      int id = pages.seek(renewed);
      renewed = Math.min(id + 1, count);
      if (now.isThere(id)) {
        int name = now.name(id);
        SeriesNames names = now.names();
        next.publish(id, next.put(id, names.tenant(name), names.labels(name)));
      }
    }
    if (renewed == count) {
      removed = removedInNext;
      naming = next;
      renewed = 0;
    }
    return next != naming;
  }

  /// Of a removed series as long as it is remembered, then the default one.
  public Tenant tenant(int id) {
    Naming now = naming;
    int name = now.name(id);
    return name < 0 ? Tenant.DEFAULT : now.names().tenant(name);
  }

  /// Built when asked for; often the same object again. Of a removed series as long as they are
  /// remembered, then none.
  public Labels labels(int id) {
    Naming now = naming;
    int name = now.name(id);
    return name < 0 ? Labels.empty() : now.names().labels(name);
  }

  /// Ascending; a copy.
  public int[] ids(Tenant tenant, String labelName, String labelValue) {
    Naming now = naming;
    int label = now.names().label(tenant, labelName, labelValue);
    return label < 0 ? NO_IDS : there(now, now.byLabel().ids(label));
  }

  /// Ascending; a copy.
  public int[] ids(Tenant tenant) {
    Naming now = naming;
    int number = now.names().tenantNumber(tenant);
    return number < 0 ? NO_IDS : there(now, now.byTenant().ids(number));
  }

  private int[] there(Naming now, int[] ids) {
    if (removed == 0) {
      return ids;
    }
    int kept = 0;
    for (int id : ids) {
      if (now.isThere(id)) {
        ids[kept++] = id;
      }
    }
    return kept == ids.length ? ids : Arrays.copyOf(ids, kept);
  }

  /// Names that a series has, or had until a short time ago.
  public List<String> labelNames(Tenant tenant) {
    Naming now = naming;
    return now.names().labelNames(tenant).stream()
        .filter(name -> now.names().anyLabel(tenant, name, label -> !now.byLabel().isEmpty(label)))
        .sorted()
        .toList();
  }

  /// Values that a series has, or had until a short time ago.
  public List<String> labelValues(Tenant tenant, String labelName) {
    Naming now = naming;
    List<String> values = new ArrayList<>();
    now.names()
        .forEachLabel(
            tenant,
            labelName,
            label -> {
              if (!now.byLabel().isEmpty(label)) {
                values.add(now.names().labelValue(label));
              }
            });
    values.sort(null);
    return List.copyOf(values);
  }

  /// As it is, for another thread to write. The thread that creates.
  public FrozenIndex freeze() {
    Naming now = naming;
    return new FrozenIndex(now.names(), now.nameOfId().copy(), count, live);
  }

  /// The ids of all series that are there, ascending.
  public int[] allIds() {
    int[] ids = new int[live];
    int found = 0;
    for (int id = pages.seek(0); id < count; id = pages.seek(id + 1)) {
      if (naming.isThere(id)) {
        ids[found++] = id;
      }
    }
    return ids;
  }

  /// Into a new index.
  ///
  /// @param sparse whether series were removed before
  public void readFrom(FrameReader in, boolean sparse) throws IOException {
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
    int end = sparse ? (int) in.varint(Integer.MAX_VALUE, "end of the ids") : Integer.MAX_VALUE;
    long series = in.varint(end, "count of series");
    int id = 0;
    for (long i = 0; i < series; i++) {
      id += sparse ? (int) in.varint((long) end - id - 1, "ids left out") : 0;
      Tenant tenant = readTenants.get((int) in.varint(readTenants.size() - 1L, "tenant"));
      int labelCount = (int) in.varint(values.size(), "count of labels");
      List<String> pairs = new ArrayList<>();
      for (int label = 0; label < labelCount; label++) {
        int number = (int) in.varint(values.size() - 1L, "number of a label value");
        pairs.add(nameOfValue.get(number));
        pairs.add(values.get(number));
      }
      readSeries(in, id++, tenant, pairs);
    }
    if (sparse) {
      pages.skipTo(end);
      count = end;
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

  private void readSeries(FrameReader in, int id, Tenant tenant, List<String> pairs)
      throws IOException {
    for (int i = 2; i < pairs.size(); i += 2) {
      if (pairs.get(i - 2).compareTo(pairs.get(i)) >= 0) {
        throw in.corrupt("series " + id + ": labels out of order");
      }
    }
    Labels labels = Labels.ofSorted(pairs.toArray(String[]::new));
    if (find(tenant, labels) >= 0) {
      throw in.corrupt("series " + id + " was there before");
    }
    create(id, tenant, labels);
  }
}
