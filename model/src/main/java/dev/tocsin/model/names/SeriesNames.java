package dev.tocsin.model.names;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.page.IntPages;
import dev.tocsin.model.tenant.Tenant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// What series are called: every pair of a tenant and a label set has a number, dense, from 0, in
/// the order in which they were asked for, and for as long as the process lives. Whoever remembers
/// a series by its number shares the text with all others who do. No result may depend on the
/// numbers: they say what was asked for first.
///
/// A name is never taken away. When too many are of series that are gone, there are [#successor]
/// names: whoever has numbers here gives his series new ones there, at his leisure, and lets go of
/// these.
///
/// Memory of a series with ten labels whose values others have too: about 40 bytes (tenant, count
/// and numbers of the labels, 2 to 3 bytes each; 4 for their position; 11 to 13 in the hash table).
/// A label that is new takes 30 bytes, its name and its value in UTF-8.
///
/// Any thread; reading takes no lock. A number may be handed to another thread by release and
/// acquire.
public final class SeriesNames {
  /// What a series, a label and a label name take beside their records, bytes, about.
  private static final int SERIES_BYTES = 18;

  private static final int LABEL_BYTES = 20;
  private static final int NAME_BYTES = 250;

  private final NameHash hash;
  private final LabelTable labels;
  private final ByteChunks chunks = new ByteChunks();
  private final NumberSlots slots = new NumberSlots();
  private final IntPages positions = new IntPages();
  private final RecordBytes record = new RecordBytes();
  private final LabelsCache cache = new LabelsCache();
  private final Map<Tenant, TenantNames> tenants = new ConcurrentHashMap<>();
  private volatile TenantNames[] tenantByNumber = {};
  private volatile int count;
  private volatile @Nullable SeriesNames successor;

  /// Stands for these names where they are not to be kept.
  private final Object mark = new Object();

  /// @param hashSeed protects the hash tables from names chosen to collide: random where they come
  ///   from outside
  public SeriesNames(long hashSeed) {
    this(new NameHash(hashSeed));
  }

  SeriesNames(NameHash hash) {
    this.hash = hash;
    this.labels = new LabelTable(hash);
  }

  /// The names that follow these, without any at first; the same for all who ask.
  public synchronized SeriesNames successor() {
    SeriesNames known = successor;
    if (known == null) {
      known = new SeriesNames(hash);
      successor = known;
    }
    return known;
  }

  /// The newest of those that follow these; itself where none was asked for.
  public SeriesNames newest() {
    SeriesNames newest = this;
    for (SeriesNames next = successor; next != null; next = next.successor) {
      newest = next;
    }
    return newest;
  }

  /// Series that have a number.
  public int count() {
    return count;
  }

  /// Labels that have a number.
  public int labelCount() {
    return labels.count();
  }

  public int tenantCount() {
    return tenants.size();
  }

  /// What all names take in memory, bytes, about.
  public synchronized long bytes() {
    return chunks.bytes()
        + labels.bytes()
        + (long) SERIES_BYTES * count
        + (long) LABEL_BYTES * labels.count()
        + (long) NAME_BYTES * labels.nameCount();
  }

  /// The number of the series, or -1. Allocates nothing where all is ASCII.
  public int find(Tenant tenant, Labels set) {
    TenantNames known = tenants.get(tenant);
    return known == null ? -1 : find(hash(known.number(), set), known.number(), set);
  }

  private long hash(int tenant, Labels set) {
    long sum = 0;
    for (int i = 0; i < set.size(); i++) {
      sum += hash.label(tenant, set.name(i), set.value(i));
    }
    return hash.series(tenant, sum);
  }

  private int find(long wanted, int tenant, Labels set) {
    long[] places = slots.places(wanted);
    for (int i = NumberSlots.first(places, wanted); ; i = NumberSlots.next(places, i)) {
      long entry = NumberSlots.entry(places, i);
      if (entry == 0) {
        return -1;
      }
      if (NumberSlots.fits(entry, wanted) && matches(NumberSlots.number(entry), tenant, set)) {
        return NumberSlots.number(entry);
      }
    }
  }

  private boolean matches(int number, int tenant, Labels set) {
    int position = positions.get(number);
    byte[] chunk = chunks.chunk(position);
    int at = ByteChunks.offset(position);
    if (RecordBytes.number(chunk, at) != tenant) {
      return false;
    }
    at = RecordBytes.after(chunk, at);
    if (RecordBytes.number(chunk, at) != set.size()) {
      return false;
    }
    for (int i = 0; i < set.size(); i++) {
      at = RecordBytes.after(chunk, at);
      if (!labels.is(RecordBytes.number(chunk, at), set.name(i), set.value(i))) {
        return false;
      }
    }
    return true;
  }

  /// The same by the bytes of its labels in any order, as `(u16 name length, name, u16 value
  /// length, value)*`, big-endian and in UTF-8. Allocates nothing.
  public int find(Tenant tenant, byte[] key, int from, int to) {
    TenantNames known = tenants.get(tenant);
    if (known == null) {
      return -1;
    }
    long sum = 0;
    int at = from;
    while (at < to) {
      int nameTo = end(key, at, to);
      int valueTo = nameTo < 0 ? -1 : end(key, nameTo, to);
      if (valueTo < 0) {
        return -1;
      }
      sum += hash.label(known.number(), key, at + 2, nameTo, nameTo + 2, valueTo);
      at = valueTo;
    }
    long wanted = hash.series(known.number(), sum);
    long[] places = slots.places(wanted);
    for (int i = NumberSlots.first(places, wanted); ; i = NumberSlots.next(places, i)) {
      long entry = NumberSlots.entry(places, i);
      if (entry == 0) {
        return -1;
      }
      if (NumberSlots.fits(entry, wanted)
          && matches(NumberSlots.number(entry), known.number(), key, from, to)) {
        return NumberSlots.number(entry);
      }
    }
  }

  /// The index behind the text that begins here, or -1 where it would be beyond the end.
  private static int end(byte[] key, int at, int to) {
    if (to - at < 2) {
      return -1;
    }
    int end = at + 2 + length(key, at);
    return end > to ? -1 : end;
  }

  private static int length(byte[] key, int at) {
    return (key[at] & 0xff) << 8 | (key[at + 1] & 0xff);
  }

  /// As many labels, and every one among them.
  private boolean matches(int number, int tenant, byte[] key, int from, int to) {
    int position = positions.get(number);
    byte[] chunk = chunks.chunk(position);
    int at = ByteChunks.offset(position);
    if (RecordBytes.number(chunk, at) != tenant) {
      return false;
    }
    at = RecordBytes.after(chunk, at);
    int left = RecordBytes.number(chunk, at);
    at = RecordBytes.after(chunk, at);
    int expected = from;
    while (left > 0 && expected < to) {
      int label = chunk[at];
      if (label < 0) {
        label = RecordBytes.number(chunk, at);
      }
      at = RecordBytes.after(chunk, at);
      int behind = next(key, expected);
      // Both are sorted, though not quite alike; the first guess is nearly always right.
      if (!labels.is(label, key, expected, behind) && !isAmong(label, key, from, to)) {
        return false;
      }
      expected = behind;
      left--;
    }
    return left == 0 && expected == to;
  }

  /// Where the labels of the series end, if the bytes from an offset begin with them as remote
  /// write has them: a message in field 1 for each, by name, with the name in field 1 and the value
  /// in field 2. Otherwise -1. Says nothing of what follows. Allocates nothing.
  ///
  /// @param trail of these bytes
  public int endOfMessages(int number, byte[] wire, int from, int to, LabelTrail trail) {
    trail.by(mark);
    int position = positions.get(number);
    byte[] chunk = chunks.chunk(position);
    int at = RecordBytes.after(chunk, ByteChunks.offset(position));
    int count = RecordBytes.number(chunk, at);
    at = RecordBytes.after(chunk, at);
    int behind = from;
    // Places from here on were found behind one another, and are compared at once.
    int run = 0;
    for (int place = 0; place < count; place++) {
      int label = chunk[at++];
      if (label < 0) {
        int second = chunk[at++];
        label = (label & 0x7f) | second << 7;
        if (second < 0) {
          label = RecordBytes.number(chunk, at - 2);
          at = RecordBytes.after(chunk, at - 1);
        }
      }
      boolean known = trail.has(place, label);
      if (known && (run == place || trail.start(place) == trail.end(place - 1))) {
        continue;
      }
      if (run < place) {
        behind = trail.same(run, place, wire, behind, to);
        if (behind < 0) {
          return -1;
        }
      }
      run = place;
      if (!known) {
        int end =
            trail.knows(label)
                ? trail.end(label, wire, behind, to)
                : labels.endOfMessage(label, wire, behind, to);
        if (end < 0) {
          return -1;
        }
        trail.found(place, label, behind, end);
        behind = end;
        run = place + 1;
      }
    }
    return run < count ? trail.same(run, count, wire, behind, to) : behind;
  }

  /// Whether these are the labels of the series, by name. Allocates nothing.
  ///
  /// @param spans four offsets into the bytes for each label: name from, to, value from, to
  public boolean hasLabels(int number, byte[] bytes, int[] spans, int count) {
    int position = positions.get(number);
    byte[] chunk = chunks.chunk(position);
    int at = RecordBytes.after(chunk, ByteChunks.offset(position));
    if (RecordBytes.number(chunk, at) != count) {
      return false;
    }
    for (int i = 0; i < 4 * count; i += 4) {
      at = RecordBytes.after(chunk, at);
      int label = RecordBytes.number(chunk, at);
      if (!labels.is(label, bytes, spans[i], spans[i + 1], spans[i + 2], spans[i + 3])) {
        return false;
      }
    }
    return true;
  }

  private boolean isAmong(int label, byte[] key, int from, int to) {
    int at = from;
    while (at < to) {
      int behind = next(key, at);
      if (labels.is(label, key, at, behind)) {
        return true;
      }
      at = behind;
    }
    return false;
  }

  private static int next(byte[] key, int at) {
    int nameTo = at + 2 + length(key, at);
    return nameTo + 2 + length(key, nameTo);
  }

  /// The number of the series, given now where it has none yet.
  public int number(Tenant tenant, Labels set) {
    TenantNames known = tenants.get(tenant);
    if (known == null) {
      known = addTenant(tenant);
    }
    long wanted = hash(known.number(), set);
    int number = find(wanted, known.number(), set);
    return number >= 0 ? number : add(known, wanted, set);
  }

  private synchronized int add(TenantNames names, long wanted, Labels set) {
    int known = find(wanted, names.number(), set);
    if (known >= 0) {
      return known;
    }
    record.clear();
    record.number(names.number());
    record.number(set.size());
    for (int i = 0; i < set.size(); i++) {
      int label = labels.number(names, set.name(i), set.value(i));
      labels.use(label);
      record.number(label);
    }
    int number = count;
    positions.set(number, chunks.append(record.bytes(), record.length()));
    count = number + 1;
    slots.put(wanted, number);
    return number;
  }

  private synchronized TenantNames addTenant(Tenant tenant) {
    TenantNames known = tenants.get(tenant);
    if (known != null) {
      return known;
    }
    TenantNames added = new TenantNames(tenant, tenantByNumber.length);
    TenantNames[] more = Arrays.copyOf(tenantByNumber, added.number() + 1);
    more[added.number()] = added;
    tenantByNumber = more;
    tenants.put(tenant, added);
    return added;
  }

  /// Built when asked for; often the same object again.
  public Labels labels(int number) {
    Labels cached = cache.get(number);
    if (cached != null) {
      return cached;
    }
    int position = positions.get(number);
    byte[] chunk = chunks.chunk(position);
    int at = RecordBytes.after(chunk, ByteChunks.offset(position));
    String[] pairs = new String[2 * RecordBytes.number(chunk, at)];
    for (int i = 0; i < pairs.length; i += 2) {
      at = RecordBytes.after(chunk, at);
      int label = RecordBytes.number(chunk, at);
      pairs[i] = labels.name(label).text;
      pairs[i + 1] = labels.value(label);
    }
    Labels built = Labels.ofSorted(pairs);
    cache.put(number, built);
    return built;
  }

  public Tenant tenant(int number) {
    return tenantByNumber[tenantNumber(number)].tenant();
  }

  /// The number of the series' tenant: dense, from 0.
  public int tenantNumber(int number) {
    int position = positions.get(number);
    return RecordBytes.number(chunks.chunk(position), ByteChunks.offset(position));
  }

  /// The number of the tenant, or -1.
  public int tenantNumber(Tenant tenant) {
    TenantNames known = tenants.get(tenant);
    return known == null ? -1 : known.number();
  }

  public Tenant tenantOf(int tenantNumber) {
    return tenantByNumber[tenantNumber].tenant();
  }

  /// How many labels the series has.
  public int size(int number) {
    int position = positions.get(number);
    byte[] chunk = chunks.chunk(position);
    return RecordBytes.number(chunk, RecordBytes.after(chunk, ByteChunks.offset(position)));
  }

  /// The numbers of the series' labels, by name.
  public void forEachLabel(int number, IntConsumer action) {
    int position = positions.get(number);
    byte[] chunk = chunks.chunk(position);
    int at = RecordBytes.after(chunk, ByteChunks.offset(position));
    for (int left = RecordBytes.number(chunk, at); left > 0; left--) {
      at = RecordBytes.after(chunk, at);
      action.accept(RecordBytes.number(chunk, at));
    }
  }

  /// The series' labels, by name, as bytes. Allocates nothing.
  public void forEachLabel(int number, LabelBytes visitor) {
    int position = positions.get(number);
    byte[] chunk = chunks.chunk(position);
    int at = RecordBytes.after(chunk, ByteChunks.offset(position));
    for (int left = RecordBytes.number(chunk, at); left > 0; left--) {
      at = RecordBytes.after(chunk, at);
      labels.visit(RecordBytes.number(chunk, at), visitor);
    }
  }

  /// The most bytes that [#putLabels] writes for the series.
  public int labelBytesMax(int number) {
    int position = positions.get(number);
    byte[] chunk = chunks.chunk(position);
    int at = RecordBytes.after(chunk, ByteChunks.offset(position));
    int bytes = LabelTable.VARINT_MAX;
    for (int left = RecordBytes.number(chunk, at); left > 0; left--) {
      at = RecordBytes.after(chunk, at);
      bytes += labels.textBytesMax(RecordBytes.number(chunk, at));
    }
    return bytes;
  }

  /// Writes the labels of the series by name, as `varint labels | (varint length, name | varint
  /// length, value)*`, LEB128 and UTF-8; returns the index behind them. Allocates nothing.
  ///
  /// @param into has room for [#labelBytesMax]
  public int putLabels(int number, byte[] into, int from) {
    int position = positions.get(number);
    byte[] chunk = chunks.chunk(position);
    int at = RecordBytes.after(chunk, ByteChunks.offset(position));
    int count = RecordBytes.number(chunk, at);
    int to = LabelTable.putVarint(into, from, count);
    for (int left = count; left > 0; left--) {
      at = RecordBytes.after(chunk, at);
      to = labels.putTexts(RecordBytes.number(chunk, at), into, to);
    }
    return to;
  }

  /// The number of a label of this tenant, or -1.
  public int label(Tenant tenant, String name, String value) {
    TenantNames known = tenants.get(tenant);
    return known == null ? -1 : labels.find(known.number(), name, value);
  }

  public String labelName(int label) {
    return labels.name(label).text;
  }

  public String labelValue(int label) {
    return labels.value(label);
  }

  /// The label names of a tenant.
  public Collection<String> labelNames(Tenant tenant) {
    TenantNames known = tenants.get(tenant);
    return known == null ? List.of() : known.byText().keySet();
  }

  /// The numbers of the labels with this name.
  public void forEachLabel(Tenant tenant, String name, IntConsumer action) {
    TenantNames known = tenants.get(tenant);
    LabelName labelName = known == null ? null : known.byText().get(name);
    if (labelName != null) {
      labels.forEach(labelName, action);
    }
  }

  /// Whether one of the labels with this name is such; the newest are asked first.
  public boolean anyLabel(Tenant tenant, String name, IntPredicate isSuch) {
    TenantNames known = tenants.get(tenant);
    LabelName labelName = known == null ? null : known.byText().get(name);
    return labelName != null && labels.any(labelName, isSuch);
  }
}
