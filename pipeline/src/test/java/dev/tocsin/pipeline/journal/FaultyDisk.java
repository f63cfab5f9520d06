package dev.tocsin.pipeline.journal;

import dev.tocsin.world.disk.Disk;
import dev.tocsin.world.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A disk in memory that behaves as badly as a real one may. What was not forced, a crash keeps,
/// loses or tears sector by sector, in any order; directory entries survive up to some point. A
/// failed force loses what it should have written, though reads still see it.
final class FaultyDisk implements Disk {
  private static final int SECTOR = 512;

  /// The process is gone. Not an IOException: nobody may handle it.
  static final class Crash extends RuntimeException {
    Crash() {
      super("crash");
    }
  }

  /// What can fail, and what is counted.
  enum Op {
    OPEN,
    WRITE,
    FORCE,
    PREALLOCATE,
    TRUNCATE,
    RENAME,
    DELETE,
    FORCE_DIRECTORY
  }

  private sealed interface Change {
    record Write(int at, byte[] bytes) implements Change {}

    record Resize(int size) implements Change {}
  }

  private static final class Node {
    byte[] current = new byte[0];
    byte[] durable = new byte[0];
    final List<Change> pending = new ArrayList<>();

    void apply(Change change) {
      current = applied(current, change);
      pending.add(change);
    }

    void force() {
      for (Change change : pending) {
        durable = applied(durable, change);
      }
      pending.clear();
    }

    static byte[] applied(byte[] to, Change change) {
      return switch (change) {
        case Change.Resize(int size) -> Arrays.copyOf(to, size);
        case Change.Write(int at, byte[] bytes) -> {
          byte[] result =
              at + bytes.length > to.length ? Arrays.copyOf(to, at + bytes.length) : to.clone();
          System.arraycopy(bytes, 0, result, at, bytes.length);
          yield result;
        }
      };
    }
  }

  private final TreeMap<Path, Node> files = new TreeMap<>();

  /// States of the directory since it was forced last; the first one is the forced one.
  private final List<TreeMap<Path, Node>> history = new ArrayList<>(List.of(new TreeMap<>()));

  private final Map<Op, String> failing = new EnumMap<>(Op.class);
  private final Map<Op, Integer> counts = new EnumMap<>(Op.class);
  private int operations;
  private int crashAt = Integer.MAX_VALUE;
  private @Nullable Op crashAtOp;
  private long capacity = Long.MAX_VALUE;
  private boolean ignoresForce;

  /// From now on operations of this kind fail.
  void fail(Op op, String reason) {
    failing.put(op, reason);
  }

  void heal() {
    failing.clear();
    capacity = Long.MAX_VALUE;
  }

  /// All files together can hold no more than this.
  void limitTo(long bytes) {
    capacity = bytes;
  }

  /// The operation of this number, from 0, and all after it throw a [Crash]; it may be half done.
  void crashAt(int operation) {
    crashAt = operation;
  }

  /// The next operation of this kind, and all after it, throw a [Crash].
  void crashAtNext(Op op) {
    crashAtOp = op;
  }

  /// The process alone has ended, and another one begins: nothing is lost, nothing fails.
  void restart() {
    heal();
    crashAt = Integer.MAX_VALUE;
    crashAtOp = null;
  }

  /// Forces succeed and do nothing, to see tests fail.
  void ignoreForces() {
    ignoresForce = true;
  }

  int operations() {
    return operations;
  }

  int count(Op op) {
    return counts.getOrDefault(op, 0);
  }

  /// What a crash leaves.
  FaultyDisk afterCrash(RandomGenerator random) {
    TreeMap<Path, Node> survivors = history.get(random.nextInt(history.size()));
    FaultyDisk disk = new FaultyDisk();
    survivors.forEach((path, node) -> disk.plant(path, survivor(node, random)));
    return disk;
  }

  /// As [#afterCrash], where the disk happens to have kept all.
  FaultyDisk copy() {
    FaultyDisk disk = new FaultyDisk();
    files.forEach((path, node) -> disk.plant(path, node.current.clone()));
    return disk;
  }

  private static byte[] survivor(Node node, RandomGenerator random) {
    byte[] bytes = node.durable;
    double kept = random.nextInt(3) / 2.0;
    for (Change change : node.pending) {
      switch (change) {
        case Change.Resize it -> bytes = random.nextBoolean() ? Node.applied(bytes, it) : bytes;
        case Change.Write(int at, byte[] written) -> {
          for (int i = 0; i < written.length; i += SECTOR) {
            int length = Math.min(SECTOR, written.length - i);
            if (random.nextDouble() < kept) {
              length = random.nextInt(4) == 0 ? random.nextInt(length + 1) : length;
              byte[] part = Arrays.copyOfRange(written, i, i + length);
              bytes = Node.applied(bytes, new Change.Write(at + i, part));
            }
          }
        }
      }
    }
    return bytes;
  }

  /// A file that is there and durable.
  void plant(Path path, byte[] bytes) {
    Node node = new Node();
    node.current = bytes;
    node.durable = bytes;
    files.put(path, node);
    history.clear();
    history.add(new TreeMap<>(files));
  }

  void remove(Path path) {
    files.remove(path);
    history.clear();
    history.add(new TreeMap<>(files));
  }

  byte[] bytes(Path path) {
    Node node = files.get(path);
    return node == null ? new byte[0] : node.current;
  }

  private void before(Op op) throws IOException {
    counts.merge(op, 1, Integer::sum);
    if (op == crashAtOp) {
      crashAt = operations;
    }
    if (operations++ >= crashAt) {
      throw new Crash();
    }
    String reason = failing.get(op);
    if (reason != null) {
      throw new IOException(reason);
    }
  }

  private void changedDirectory() {
    history.add(new TreeMap<>(files));
  }

  @Override
  public void createDirectories(Path directory) {}

  @Override
  public List<Path> list(Path directory) {
    return files.keySet().stream().filter(it -> directory.equals(it.getParent())).toList();
  }

  @Override
  public boolean exists(Path path) {
    return files.containsKey(path);
  }

  @Override
  public long size(Path file) throws IOException {
    return node(file).current.length;
  }

  @Override
  public byte[] readAll(Path file, int bytesMax) throws IOException {
    return node(file).current.clone();
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".tmp");
    try (DiskFile open = open(beside)) {
      open.truncate(0);
      open.write(ByteBuffer.wrap(content), 0);
      open.force();
    }
    rename(beside, file);
    forceDirectory(file.resolveSibling(""));
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    Node node = files.get(file);
    if (node == null) {
      before(Op.OPEN);
      node = new Node();
      files.put(file, node);
      changedDirectory();
    }
    return new OpenFile(file, node);
  }

  @Override
  public void delete(Path file) throws IOException {
    before(Op.DELETE);
    node(file);
    files.remove(file);
    changedDirectory();
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    before(Op.RENAME);
    files.put(to, node(from));
    files.remove(from);
    changedDirectory();
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    before(Op.FORCE_DIRECTORY);
    if (!ignoresForce) {
      history.clear();
      history.add(new TreeMap<>(files));
    }
  }

  @Override
  public long usableBytes(Path path) {
    return Math.max(0, capacity - total());
  }

  @Override
  public AutoCloseable lock(Path file) {
    return () -> {};
  }

  private Node node(Path file) throws IOException {
    Node node = files.get(file);
    if (node == null) {
      throw new IOException(file + ": no such file");
    }
    return node;
  }

  private long total() {
    return files.values().stream().mapToLong(it -> it.current.length).sum();
  }

  private void change(Path path, Node node, Change change, int newSize) throws IOException {
    if (newSize > node.current.length && total() + newSize - node.current.length > capacity) {
      throw new IOException(path + ": no space left on device");
    }
    node.apply(change);
  }

  private final class OpenFile implements DiskFile {
    private final Path path;
    private final Node node;
    private boolean closed;

    OpenFile(Path path, Node node) {
      this.path = path;
      this.node = node;
    }

    private void begin(Op op) throws IOException {
      if (closed) {
        throw new IOException(path + ": closed");
      }
      before(op);
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
      byte[] bytes = new byte[from.remaining()];
      from.get(bytes);
      Change.Write write = new Change.Write((int) position, bytes);
      try {
        begin(Op.WRITE);
      } catch (Crash e) {
        node.apply(write);
        throw e;
      }
      change(path, node, write, (int) position + bytes.length);
    }

    @Override
    public int read(ByteBuffer into, long position) {
      int count = Math.clamp(node.current.length - position, 0, into.remaining());
      into.put(node.current, count == 0 ? 0 : (int) position, count);
      return count;
    }

    @Override
    public void force() throws IOException {
      try {
        begin(Op.FORCE);
      } catch (IOException e) {
        node.pending.clear();
        throw e;
      }
      if (!ignoresForce) {
        node.force();
      }
    }

    @Override
    public long size() {
      return node.current.length;
    }

    @Override
    public void preallocate(long bytes) throws IOException {
      begin(Op.PREALLOCATE);
      int size = node.current.length;
      if (bytes > size) {
        Change.Write zeros = new Change.Write(size, new byte[(int) bytes - size]);
        change(path, node, zeros, (int) bytes);
      }
    }

    @Override
    public void truncate(long bytes) throws IOException {
      begin(Op.TRUNCATE);
      if (bytes < node.current.length) {
        node.apply(new Change.Resize((int) bytes));
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
