package dev.tocsin.store.index;

import dev.tocsin.model.page.IntPages;
import java.util.Arrays;

/// By key (a label, a tenant; dense, from 0) the ids that were added, ascending. A key with one id
/// takes 4 bytes; a list takes 28, and 1 to 3 bytes for each id: differences, seven bits a byte,
/// the lowest first, in slices that double from 12 bytes to 4 KiB, each with the place of the next
/// one in its last four.
///
/// One thread adds; any thread reads. What is counted never changes.
final class Postings {
  private static final int CHUNK_BITS = 14;
  private static final int CHUNK_BYTES = 1 << CHUNK_BITS;
  private static final int FIRST_SLICE_BYTES = 12;
  private static final int SLICE_BYTES_MAX = 4096;
  private static final int LINK_BYTES = 4;
  private static final int[] NONE = {};

  /// Numbers of a list: how many ids, where it begins; for the writer: where it ends, where its
  /// last slice ends and how large that is, and the last id.
  private static final int COUNT = 0;

  private static final int BEGIN = 1;
  private static final int TAIL = 2;
  private static final int SLICE_END = 3;
  private static final int SLICE_SIZE = 4;
  private static final int LAST = 5;
  private static final int NUMBERS = 6;

  /// By key: 0: nothing; above: the only id + 1; below: the number of the list, -1 the first.
  private final IntPages heads = new IntPages();

  private final IntPages lists = new IntPages();
  private int listCount;
  private volatile byte[][] chunks = {};
  private int chunkCount;
  private int used = CHUNK_BYTES;

  /// Larger than those before with this key.
  void add(int key, int id) {
    int head = heads.get(key);
    if (head == 0) {
      heads.set(key, id + 1);
    } else if (head > 0) {
      int list = NUMBERS * listCount++;
      int begin = slice(FIRST_SLICE_BYTES);
      lists.set(list + BEGIN, begin);
      lists.set(list + TAIL, begin);
      lists.set(list + SLICE_END, begin + FIRST_SLICE_BYTES - LINK_BYTES);
      lists.set(list + SLICE_SIZE, FIRST_SLICE_BYTES);
      append(list, head - 1);
      append(list, id);
      heads.set(key, -listCount);
    } else {
      append(list(head), id);
    }
  }

  private static int list(int head) {
    return NUMBERS * (-head - 1);
  }

  private void append(int list, int id) {
    int rest = id - lists.get(list + LAST);
    while (rest >= 0x80) {
      put(list, rest | 0x80);
      rest >>>= 7;
    }
    put(list, rest);
    lists.set(list + LAST, id);
    lists.set(list + COUNT, lists.get(list + COUNT) + 1); // publishes the bytes
  }

  private void put(int list, int value) {
    int at = lists.get(list + TAIL);
    int end = lists.get(list + SLICE_END);
    if (at == end) {
      int size = next(lists.get(list + SLICE_SIZE));
      at = slice(size);
      putLink(end, at);
      lists.set(list + SLICE_END, at + size - LINK_BYTES);
      lists.set(list + SLICE_SIZE, size);
    }
    chunks[at >>> CHUNK_BITS][at & (CHUNK_BYTES - 1)] = (byte) value;
    lists.set(list + TAIL, at + 1);
  }

  private static int next(int sliceSize) {
    return Math.min(2 * sliceSize, SLICE_BYTES_MAX);
  }

  private int slice(int size) {
    if (used + size > CHUNK_BYTES) {
      byte[][] all = chunks;
      if (chunkCount == all.length) {
        all = Arrays.copyOf(all, chunkCount + chunkCount / 2 + 4);
      }
      all[chunkCount++] = new byte[CHUNK_BYTES];
      chunks = all;
      used = 0;
    }
    int at = (chunkCount - 1) << CHUNK_BITS | used;
    used += size;
    return at;
  }

  private void putLink(int at, int to) {
    byte[] chunk = chunks[at >>> CHUNK_BITS];
    int offset = at & (CHUNK_BYTES - 1);
    for (int i = 0; i < LINK_BYTES; i++) {
      chunk[offset + i] = (byte) (to >>> (8 * i));
    }
  }

  private static int link(byte[] chunk, int offset) {
    int to = 0;
    for (int i = 0; i < LINK_BYTES; i++) {
      to |= (chunk[offset + i] & 0xff) << (8 * i);
    }
    return to;
  }

  boolean isEmpty(int key) {
    return heads.get(key) == 0;
  }

  /// How many ids the key has.
  int count(int key) {
    int head = heads.get(key);
    return head >= 0 ? Math.min(head, 1) : lists.get(list(head) + COUNT);
  }

  /// A copy.
  int[] ids(int key) {
    int head = heads.get(key);
    if (head >= 0) {
      return head == 0 ? NONE : new int[] {head - 1};
    }
    int count = lists.get(list(head) + COUNT);
    int[] ids = new int[count];
    int at = lists.get(list(head) + BEGIN);
    int size = FIRST_SLICE_BYTES;
    byte[][] all = chunks;
    byte[] chunk = all[at >>> CHUNK_BITS];
    int i = at & (CHUNK_BYTES - 1);
    int end = i + size - LINK_BYTES;
    int id = 0;
    int shift = 0;
    for (int done = 0; done < count; i++) {
      if (i == end) {
        at = link(chunk, end);
        size = next(size);
        chunk = all[at >>> CHUNK_BITS];
        i = at & (CHUNK_BYTES - 1);
        end = i + size - LINK_BYTES;
      }
      int next = chunk[i];
      id += (next & 0x7f) << shift;
      shift += 7;
      if (next >= 0) {
        ids[done++] = id;
        shift = 0;
      }
    }
    return ids;
  }
}
