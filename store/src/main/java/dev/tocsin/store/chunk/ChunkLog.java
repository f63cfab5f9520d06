package dev.tocsin.store.chunk;

import dev.tocsin.store.checkpoint.FrameReader;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/// Sealed chunks of all series, one behind the other in blocks of equal size; where there would be
/// too many blocks the oldest goes, with whatever is in it. A chunk knows the one before it of the
/// same series, so a series needs only the address of its newest.
///
/// What has no place in a chunk, because it is no number, is in the log by itself: a payload, of
/// which the chunk has the address instead of a value. It was written before its chunk was sealed,
/// so a chunk never outlives the payloads of its samples by more than the blocks in between, and
/// they never outlive it.
///
/// A payload: its kind and length as [Varint], then its bytes. A chunk: samples, distance to the
/// previous chunk (0: none), first time (folded), last minus first time, all as [Varint], then the
/// bits of [ChunkCodec].
///
/// One thread writes; readers on any thread take a [#cursor]. An address must be handed to them
/// with release and acquire.
public final class ChunkLog {
  /// The address of no chunk.
  public static final long NONE = 0;

  /// The most samples of a chunk.
  public static final int CHUNK_SAMPLES_MAX = ChunkCodec.SAMPLES_MAX;

  /// Blocks of 256 KiB: large enough that the end wasted in each is below 1 %, small enough that
  /// dropping one loses little.
  public static final int BLOCK_BITS = 18;

  /// The most blocks whatever the limit says: 16 GiB.
  private static final int BLOCKS_MAX = 1 << 16;

  private static final int HEADER_BYTES_MAX = 2 + 3 * 10;
  private static final int PAYLOAD_HEADER_BYTES_MAX = 5;

  /// Blocks that payloads get whatever the limit says: the newest samples are among them.
  private static final int PAYLOAD_BLOCKS_MIN = 2;

  private final int blockBits;
  private final int blocksMax;
  private final BitWriter bits = new BitWriter(ChunkCodec.BYTES_MAX);
  private final AtomicLong blocksDropped = new AtomicLong();
  private final AtomicLong samplesDropped = new AtomicLong();

  /// The first block is number 1, so that no chunk has the address 0.
  private volatile Blocks blocks = new Blocks(1, new Block[0]);

  /// With less than one block of room nothing is kept.
  public ChunkLog(long bytesMax) {
    this(bytesMax, BLOCK_BITS);
  }

  /// A block has `1 << blockBits` bytes and must hold the largest chunk.
  public ChunkLog(long bytesMax, int blockBits) {
    if (1 << blockBits < ChunkCodec.BYTES_MAX + HEADER_BYTES_MAX) {
      throw new IllegalArgumentException("a block must hold a chunk");
    }
    this.blockBits = blockBits;
    this.blocksMax = (int) Math.min(BLOCKS_MAX, bytesMax >>> blockBits);
  }

  /// Seals `[from, to)` (1 to [#CHUNK_SAMPLES_MAX] samples, times ascending) behind the chunk at
  /// `previous`. Returns its address; [#NONE] where nothing is kept.
  ///
  /// @param payloads how many of the values are addresses of payloads ([PayloadAddress])
  public long append(
      long previous, long[] timesMs, double[] values, int from, int to, int payloads) {
    if (blocksMax == 0) {
      drop(values, from, to, payloads);
      return NONE;
    }
    bits.clear();
    int bitBytes = ChunkCodec.encode(bits, timesMs, values, from, to);
    Block block = blockFor(HEADER_BYTES_MAX + bitBytes, blocksMax);
    Blocks now = blocks;
    long address = (now.last() << blockBits) | block.usedBytes;
    byte[] bytes = block.bytes;
    int at = Varint.write(bytes, block.usedBytes, to - from);
    at = Varint.write(bytes, at, previous == NONE ? 0 : address - previous);
    at = Varint.write(bytes, at, Varint.fold(timesMs[from]));
    at = Varint.write(bytes, at, timesMs[to - 1] - timesMs[from]);
    System.arraycopy(bits.bytes(), 0, bytes, at, bitBytes);
    block.usedBytes = at + bitBytes;
    block.samples += to - from - payloads;
    return address;
  }

  /// Keeps a payload of one sample, at least while [#PAYLOAD_BLOCKS_MIN] blocks have room for what
  /// comes after it. Returns its address; [#NONE] where it is too large for a block.
  public long appendPayload(PayloadKind kind, byte[] payload, int length) {
    int size = PAYLOAD_HEADER_BYTES_MAX + length;
    if (size > 1 << blockBits) {
      add(samplesDropped, 1);
      return NONE;
    }
    Block block = blockFor(size, Math.max(PAYLOAD_BLOCKS_MIN, blocksMax));
    long address = (blocks.last() << blockBits) | block.usedBytes;
    int at = Varint.write(block.bytes, block.usedBytes, kind.tag(length));
    System.arraycopy(payload, 0, block.bytes, at, length);
    block.usedBytes = at + length;
    block.samples++;
    return address;
  }

  /// Samples that are not kept, though their payloads may be there.
  private void drop(double[] values, int from, int to, int payloads) {
    add(samplesDropped, to - from - payloads);
    Blocks now = blocks;
    for (int i = from; payloads > 0 && i < to; i++) {
      long address = PayloadAddress.of(values[i]);
      if (address != NONE && now.has(address >>> blockBits)) {
        now.get(address >>> blockBits).samples--;
        add(samplesDropped, 1);
      }
    }
  }

  /// The newest block if it has room, or a new one.
  private Block blockFor(int size, int most) {
    Blocks now = blocks;
    if (now.blocks().length == 0 || now.get(now.last()).usedBytes + size > 1 << blockBits) {
      now = withRoom(now, most);
    }
    return now.get(now.last());
  }

  private Blocks withRoom(Blocks now, int most) {
    int surplus = Math.min(now.blocks().length, Math.max(0, now.blocks().length + 1 - most));
    for (int i = 0; i < surplus; i++) {
      countDropped(now.blocks()[i].samples);
    }
    Blocks next = now.with(new Block(1 << blockBits), surplus);
    blocks = next;
    return next;
  }

  private void countDropped(int samples) {
    add(blocksDropped, 1);
    add(samplesDropped, samples);
  }

  /// One thread writes: no addition can be lost.
  private static void add(AtomicLong counter, long more) {
    counter.setRelease(counter.getPlain() + more);
  }

  /// For one reader.
  public ChunkCursor cursor() {
    return new ChunkCursor(blocks, blockBits);
  }

  /// For one reader of payloads. An address that was got before this was called is found, unless
  /// its block was dropped.
  public PayloadCursor payloads() {
    return new PayloadCursor(blocks, blockBits);
  }

  /// Bytes allocated for blocks.
  public long usedBytes() {
    return (long) blocks.blocks().length << blockBits;
  }

  public long blocksDropped() {
    return blocksDropped.getAcquire();
  }

  /// Samples that went with a block, or were not kept at all.
  public long samplesDropped() {
    return samplesDropped.getAcquire();
  }

  /// The blocks as they are, for another thread to write. Writing thread.
  public FrozenLog freeze() {
    return new FrozenLog(blockBits, blocksDropped.getPlain(), samplesDropped.getPlain(), blocks);
  }

  /// Into a new log; blocks beyond the limit are dropped, the oldest first.
  ///
  /// @param payloads whether there may be any
  public void readFrom(FrameReader in, boolean payloads) throws IOException {
    int most = payloads ? Math.max(PAYLOAD_BLOCKS_MIN, blocksMax) : blocksMax;
    in.exactly(blockBits, "block size");
    blocksDropped.setPlain(in.varint(Long.MAX_VALUE, "blocks dropped"));
    samplesDropped.setPlain(in.varint(Long.MAX_VALUE, "samples dropped"));
    long first = in.varint(1L << 40, "number of the oldest block");
    int count = (int) in.varint(BLOCKS_MAX, "count of blocks");
    if (first == 0) {
      throw in.corrupt("the oldest block has the number 0");
    }
    Blocks read = new Blocks(first, new Block[0]);
    for (int i = 0; i < count; i++) {
      Block block = new Block(1 << blockBits);
      block.samples = (int) in.varint(1 << blockBits, "samples of a block");
      block.usedBytes = (int) in.varint(1 << blockBits, "bytes of a block");
      in.bytes(block.bytes, 0, block.usedBytes);
      int surplus = Math.max(0, read.blocks().length + 1 - most);
      for (int dropped = 0; dropped < Math.min(surplus, read.blocks().length); dropped++) {
        countDropped(read.blocks()[dropped].samples);
      }
      if (most == 0) {
        countDropped(block.samples);
        read = new Blocks(read.first() + 1, new Block[0]);
      } else {
        read = read.with(block, surplus);
      }
    }
    blocks = read;
  }

  /// Throws where the chain of chunks from `address` back cannot be one series' samples, all before
  /// `beforeMs`.
  public void check(FrameReader in, long address, long beforeMs) throws IOException {
    Blocks now = blocks;
    ChunkCursor cursor = cursor();
    long bound = beforeMs;
    long at = address;
    while (at != NONE) {
      long number = at >>> blockBits;
      if (number < now.first()) {
        return;
      }
      if (number > now.last()
          || (at & ((1L << blockBits) - 1)) >= now.get(number).usedBytes
          || !cursor.moveTo(at)
          || cursor.count() < 1
          || cursor.count() > CHUNK_SAMPLES_MAX
          || cursor.lastMs() < cursor.firstMs()
          || cursor.lastMs() >= bound
          || cursor.previous() >= at) {
        throw in.corrupt("no chunk of this series at " + at);
      }
      bound = cursor.firstMs();
      at = cursor.previous();
    }
  }
}
