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
/// with this name (0: none), length of the rest; then as in the key of a series `u16 name length,
/// name, u16 value length, value`, so that one comparison tells whether it is that label. Where a
/// length does not fit both are zero, which no key has.
///
/// Values that many series have are kept as text too, when they are asked for; of the others text
/// is made each time. One thread adds (under the lock of [SeriesNames]); any thread reads.
final class LabelTable {
  /// From so many label sets on the text of a value is kept.
  private static final int MANY = 16;

  private static final int PAGE_BITS = 10;
  private static final int LENGTH_MAX = 0xffff;

  /// Bytes of a number at most.
  static final int VARINT_MAX = 5;

  /// Of name and value.
  private static final int LENGTHS_BYTES = 4;

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
        if (name(label).tenant.number() == tenant && is(label, name, value)) {
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
    int nameLength = labelName.bytes.length;
    boolean fits = Math.max(nameLength, bytes.length) <= LENGTH_MAX;
    record.number(LENGTHS_BYTES + nameLength + bytes.length);
    record.u16(fits ? nameLength : 0);
    record.bytes(labelName.bytes);
    record.u16(fits ? bytes.length : 0);
    record.bytes(bytes);
    positions.set(label, chunks.append(record.bytes(), record.length()));
    labelName.newest = label;
    count = label + 1;
    slots.put(wanted, label);
    return label;
  }

  private LabelName addName(TenantNames tenant, String text) {
    Name shared = nameTexts.computeIfAbsent(text, it -> new Name(it, TextBytes.of(it)));
    LabelName added = new LabelName(nameCount, tenant, shared.text, shared.bytes);
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
    LabelName labelName = name(label);
    int to = end(chunk, position);
    int from = textAt(chunk, position) + LENGTHS_BYTES + labelName.bytes.length;
    return TextBytes.equal(value, chunk, from, to) && labelName.text.equals(name);
  }

  /// Whether it is the one whose part of a key this is.
  boolean is(int label, byte[] key, int from, int to) {
    int position = positions.get(label);
    byte[] chunk = chunks.chunk(position);
    int at = lengthAt(chunk, position);
    int length = chunk[at++];
    if (length < 0) {
      length = RecordBytes.number(chunk, at - 1);
      at = RecordBytes.after(chunk, at - 1);
    }
    return length == to - from && Arrays.equals(chunk, at, at + length, key, from, to);
  }

  /// The index behind the message of this label that begins here, in field 1 of what is around it;
  /// -1 where something else is there.
  int endOfMessage(int label, byte[] wire, int from, int to) {
    int position = positions.get(label);
    byte[] chunk = chunks.chunk(position);
    int at = lengthAt(chunk, position);
    int length = RecordBytes.number(chunk, at);
    at = RecordBytes.after(chunk, at);
    int nameLength = u16(chunk, at);
    int valueLength = length - LENGTHS_BYTES - nameLength;
    int rest = WireBytes.field(nameLength) + WireBytes.field(valueLength);
    if (nameLength == 0 || to - from < WireBytes.field(rest)) {
      return -1;
    }
    int nameAt = at + 2;
    int valueAt = nameAt + nameLength + 2;
    int behind = WireBytes.after(wire, from, WireBytes.FIRST, rest);
    behind = behind < 0 ? -1 : WireBytes.after(wire, behind, WireBytes.FIRST, nameLength);
    if (behind < 0 || !equal(chunk, nameAt, wire, behind, nameLength)) {
      return -1;
    }
    behind = WireBytes.after(wire, behind + nameLength, WireBytes.SECOND, valueLength);
    if (behind < 0 || !equal(chunk, valueAt, wire, behind, valueLength)) {
      return -1;
    }
    return behind + valueLength;
  }

  /// The most bytes of name and value, each with its length.
  int textBytesMax(int label) {
    int position = positions.get(label);
    byte[] chunk = chunks.chunk(position);
    return 2 * VARINT_MAX + RecordBytes.number(chunk, lengthAt(chunk, position));
  }

  /// Writes name and value, each behind its length; returns the index behind them.
  int putTexts(int label, byte[] into, int from) {
    int position = positions.get(label);
    byte[] chunk = chunks.chunk(position);
    int at = lengthAt(chunk, position);
    int length = RecordBytes.number(chunk, at);
    at = RecordBytes.after(chunk, at);
    // By the name: what a record says of lengths is zero where they are large.
    int nameLength = name(label).bytes.length;
    int valueLength = length - LENGTHS_BYTES - nameLength;
    int to = putVarint(into, from, nameLength);
    System.arraycopy(chunk, at + 2, into, to, nameLength);
    to = putVarint(into, to + nameLength, valueLength);
    System.arraycopy(chunk, at + nameLength + LENGTHS_BYTES, into, to, valueLength);
    return to + valueLength;
  }

  static int putVarint(byte[] into, int from, int number) {
    int to = from;
    int rest = number;
    while (rest >= 0x80) {
      into[to++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    into[to++] = (byte) rest;
    return to;
  }

  /// Whether it is the one whose name and value these are.
  boolean is(int label, byte[] bytes, int nameFrom, int nameTo, int valueFrom, int valueTo) {
    int position = positions.get(label);
    byte[] chunk = chunks.chunk(position);
    int at = lengthAt(chunk, position);
    int length = RecordBytes.number(chunk, at);
    at = RecordBytes.after(chunk, at);
    int nameLength = u16(chunk, at);
    int valueLength = valueTo - valueFrom;
    // Where the name's length did not fit it is zero, which no label's here is.
    return nameLength > 0
        && nameLength == nameTo - nameFrom
        && length == LENGTHS_BYTES + nameLength + valueLength
        && equal(chunk, at + 2, bytes, nameFrom, nameLength)
        && equal(chunk, at + nameLength + LENGTHS_BYTES, bytes, valueFrom, valueLength);
  }

  private static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  private static boolean equal(byte[] a, int from, byte[] b, int at, int length) {
    return Arrays.equals(a, from, from + length, b, at, at + length);
  }

  private static int lengthAt(byte[] chunk, int position) {
    int at = RecordBytes.after(chunk, ByteChunks.offset(position) + 1);
    return RecordBytes.after(chunk, at);
  }

  /// Where name and value begin, with their lengths.
  private static int textAt(byte[] chunk, int position) {
    return RecordBytes.after(chunk, lengthAt(chunk, position));
  }

  private static int end(byte[] chunk, int position) {
    return textAt(chunk, position) + RecordBytes.number(chunk, lengthAt(chunk, position));
  }

  /// Hands over name and value as they are kept, in UTF-8.
  void visit(int label, LabelBytes visitor) {
    int position = positions.get(label);
    byte[] chunk = chunks.chunk(position);
    byte[] name = name(label).bytes;
    int from = textAt(chunk, position) + LENGTHS_BYTES + name.length;
    visitor.label(label, name, chunk, from, end(chunk, position));
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
    int from = textAt(chunk, position) + LENGTHS_BYTES + name(label).bytes.length;
    String text = TextBytes.text(chunk, from, end(chunk, position));
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
