package dev.tocsin.model.names;

import dev.tocsin.model.page.IntPages;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Every label of every tenant once: a number, dense, from 0, and a record of bytes: in how many
/// label sets it is (one byte, 127 is many), number of its name, distance to the label before it
/// with this name (0: none), length of the value, value.
///
/// Values that many series have are kept as text too, when they are asked for; of the others text is
/// made each time. One thread adds (under the lock of [SeriesNames]); any thread reads.
final class LabelTable {
  /// From so many label sets on the text of a value is kept.
  private static final int MANY = 16;

  private static final int PAGE_BITS = 10;
  private static final int USES_MAX = Byte.MAX_VALUE;

  private record Name(String text, byte[] bytes) {}

  private final NameHash hash;
  private final ByteChunks chunks = new ByteChunks();
  private final NumberSlots slots = new NumberSlots();
  private final IntPages positions = new IntPages();
  private final RecordBytes record = new RecordBytes();
  private final Map<String, Name> nameTexts = new HashMap<>();
  private volatile LabelName[] names = {};
  private volatile @Nullable String[] @Nullable [] texts = {};
  private int nameCount;
  private volatile int count;

  LabelTable(NameHash hash) {
    this.hash = hash;
  }

  int count() {
    return count;
  }

  int nameCount() {
    return nameCount;
  }

  /// Bytes of all records.
  long bytes() {
    return chunks.bytes();
  }

  /// The number, or -1.
  int find(int tenant, String name, String value) {
    return find(hash.label(tenant, name, value), tenant, name, value);
  }

  private int find(long wanted, int tenant, String name, String value) {
    long[] places = slots.places(wanted);
    for (int i = NumberSlots.first(places, wanted); ; i = NumberSlots.next(places, i)) {
      long entry = NumberSlots.entry(places, i);
      if (entry == 0) {
        return -1;
      }
      if (NumberSlots.fits(entry, wanted)) {
        int label = NumberSlots.number(entry);
        if (name(label).tenant == tenant && is(label, name, value)) {
          return label;
        }
      }
    }
  }

  /// The number, given now where there is none yet. One thread.
  int number(TenantNames tenant, String name, String value) {
    long wanted = hash.label(tenant.number(), name, value);
    int known = find(wanted, tenant.number(), name, value);
    if (known >= 0) {
      return known;
    }
    LabelName labelName = tenant.byText().get(name);
    if (labelName == null) {
      labelName = addName(tenant, name);
    }
    int label = count;
    byte[] bytes = TextBytes.of(value);
    record.clear();
    record.number(0);
    record.number(labelName.number);
    record.number(labelName.newest < 0 ? 0 : label - labelName.newest);
    record.number(bytes.length);
    record.bytes(bytes);
    positions.set(label, chunks.append(record.bytes(), record.length()));
    labelName.newest = label;
    count = label + 1;
    slots.put(wanted, label);
    return label;
  }

  private LabelName addName(TenantNames tenant, String text) {
    Name shared = nameTexts.computeIfAbsent(text, it -> new Name(it, TextBytes.of(it)));
    LabelName added = new LabelName(tenant.number(), shared.text, shared.bytes, nameCount);
    LabelName[] all = names;
    if (nameCount == all.length) {
      all = Arrays.copyOf(all, nameCount + nameCount / 2 + 16);
    }
    all[nameCount++] = added;
    names = all;
    tenant.byText().put(shared.text, added);
    return added;
  }

  /// One more label set has it. One thread.
  void use(int label) {
    int position = positions.get(label);
    byte[] chunk = chunks.chunk(position);
    int at = ByteChunks.offset(position);
    if (chunk[at] < USES_MAX) {
      chunk[at]++;
    }
  }

  LabelName name(int label) {
    int position = positions.get(label);
    return names[RecordBytes.number(chunks.chunk(position), ByteChunks.offset(position) + 1)];
  }

  /// Whether the label has this name and this value.
  boolean is(int label, String name, String value) {
    int position = positions.get(label);
    byte[] chunk = chunks.chunk(position);
    int from = valueFrom(chunk, position);
    String text = name(label).text;
    return TextBytes.equal(value, chunk, from, from + valueLength(chunk, position))
        && text.equals(name);
  }

  /// The same with bytes.
  boolean is(int label, byte[] bytes, int nameFrom, int nameTo, int valueFrom, int valueTo) {
    int position = positions.get(label);
    byte[] chunk = chunks.chunk(position);
    int from = valueFrom(chunk, position);
    int to = from + valueLength(chunk, position);
    byte[] name = name(label).bytes;
    return Arrays.equals(name, 0, name.length, bytes, nameFrom, nameTo)
        && Arrays.equals(chunk, from, to, bytes, valueFrom, valueTo);
  }

  private static int lengthAt(byte[] chunk, int position) {
    int at = RecordBytes.after(chunk, ByteChunks.offset(position) + 1);
    return RecordBytes.after(chunk, at);
  }

  private static int valueLength(byte[] chunk, int position) {
    return RecordBytes.number(chunk, lengthAt(chunk, position));
  }

  private static int valueFrom(byte[] chunk, int position) {
    return RecordBytes.after(chunk, lengthAt(chunk, position));
  }

  String value(int label) {
    int page = label >>> PAGE_BITS;
    int index = label & ((1 << PAGE_BITS) - 1);
    @Nullable String[] @Nullable [] all = texts;
    @Nullable String[] kept = page < all.length ? all[page] : null;
    String known = kept == null ? null : kept[index];
    if (known != null) {
      return known;
    }
    int position = positions.get(label);
    byte[] chunk = chunks.chunk(position);
    int from = valueFrom(chunk, position);
    String text = TextBytes.text(chunk, from, from + valueLength(chunk, position));
    if (chunk[ByteChunks.offset(position)] >= MANY) {
      keep(page, index, text);
    }
    return text;
  }

  /// Any thread: what one does not see of the other costs only making the text again.
  private synchronized void keep(int page, int index, String text) {
    @Nullable String[] @Nullable [] all = texts;
    if (page >= all.length) {
      all = Arrays.copyOf(all, page + page / 2 + 1);
    }
    @Nullable String[] kept = all[page];
    if (kept == null) {
      kept = new @Nullable String[1 << PAGE_BITS];
      all[page] = kept;
    }
    kept[index] = text;
    texts = all;
  }

  /// All labels with this name, the newest first.
  void forEach(LabelName name, IntConsumer action) {
    for (int label = name.newest; label >= 0; label = before(label)) {
      action.accept(label);
    }
  }

  /// Whether there is such a label with this name.
  boolean any(LabelName name, IntPredicate isSuch) {
    int label = name.newest;
    while (label >= 0 && !isSuch.test(label)) {
      label = before(label);
    }
    return label >= 0;
  }

  /// The label before this one with the same name, or -1.
  private int before(int label) {
    int position = positions.get(label);
    byte[] chunk = chunks.chunk(position);
    int at = RecordBytes.after(chunk, ByteChunks.offset(position) + 1);
    int distance = RecordBytes.number(chunk, at);
    return distance == 0 ? -1 : label - distance;
  }
}
