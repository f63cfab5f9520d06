package dev.tocsin.sim.disk;

import dev.tocsin.sim.chance.SimChance;
import dev.tocsin.sim.log.EventLog;
import dev.tocsin.sim.time.SimClock;
import dev.tocsin.world.disk.Disk;
import dev.tocsin.world.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Files in memory on a device that may fail, fill up and forget.
///
/// A crash keeps what was forced. Of the writes since then it keeps nothing, all, the first ones
/// with the last one torn, or any sectors of 512 bytes. Names made, changed or deleted since their
/// directory was forced may be as before. A force that fails loses what it should have written
/// though reads still see it. Paths are made absolute by their text alone.
public final class SimDisk implements Disk {
  private static final long FAST_NANOS_MAX = 20_000;

  final SimClock clock;
  final SimChance chance;
  final EventLog log;
  final Faults faults;
  private final Entries entries = new Entries();
  private final Set<Path> locked = new HashSet<>();
  private long capacityBytes = 1L << 30;
  private long forceNanosMax = 2_000_000;
  private int lives;

  public SimDisk(SimClock clock, SimChance chance, EventLog log) {
    this.clock = clock;
    this.chance = chance;
    this.log = log;
    this.faults = new Faults(chance.stream("faults"));
  }

  // What a scenario does.

  /// A file that is there and durable; also for what stands under /proc.
  public void plant(Path file, byte[] content) {
    entries.plant(absolute(file), new Node(content));
  }

  /// The next `times` operations of that kind on paths with this part fail for that reason.
  public void fail(DiskOp op, String within, String reason, int times) {
    faults.add(op, within, reason, times);
  }

  /// Operations of that kind fail once in so many times; 0: never.
  public void failAtRandom(DiskOp op, int oneIn) {
    faults.atRandom(op, oneIn);
  }

  /// Nothing fails any more on purpose.
  public void heal() {
    faults.clear();
  }

  /// All content together can be no more than this.
  public void limitTo(long bytes) {
    capacityBytes = bytes;
  }

  /// A force takes up to that long.
  public void forceTakes(long nanosMax) {
    forceNanosMax = nanosMax;
  }

  /// After so many more operations a [dev.tocsin.sim.turn.SimCrash] is thrown; the operation may be
  /// half done.
  public void crashAfter(long operations) {
    faults.crashAfter(operations);
  }

  /// Operations so far.
  public long operations() {
    return faults.operations();
  }

  /// The machine lost its power: what was not forced may be gone. Open files and locks are void.
  public void crash() {
    entries.crash(chance);
    ended();
    log.add("disk", "crash: " + describe());
  }

  /// The process was killed, and the machine lives on: nothing is lost but open files and locks.
  public void processEnded() {
    ended();
  }

  private void ended() {
    locked.clear();
    lives++;
    faults.clear();
  }

  private String describe() {
    StringBuilder text = new StringBuilder();
    entries
        .seen()
        .forEach(
            (path, node) -> text.append(path).append(' ').append(node.durableSize()).append(' '));
    return text.toString().strip();
  }

  // What the program sees.

  @Override
  public void createDirectories(Path directory) throws IOException {
    begin(DiskOp.OPEN, directory);
    entries.makeDirectories(absolute(directory));
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    begin(DiskOp.LIST, directory);
    Path absolute = absolute(directory);
    return entries.in(absolute).stream()
        .map(it -> directory.resolve(String.valueOf(it.getFileName())))
        .toList();
  }

  @Override
  public boolean exists(Path path) {
    log.add("disk", "exists " + path);
    Path absolute = absolute(path);
    return entries.get(absolute) != null || entries.isDirectory(absolute);
  }

  @Override
  public long size(Path file) throws IOException {
    begin(DiskOp.READ, file);
    return node(file).seen().size();
  }

  @Override
  public byte[] readAll(Path file, int bytesMax) throws IOException {
    begin(DiskOp.READ, file);
    byte[] content = node(file).seen().toBytes();
    if (content.length > bytesMax) {
      throw new IOException("cannot read " + file + ": it is larger than " + bytesMax + " bytes");
    }
    return content;
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    if (entries.get(absolute(beside)) != null) {
      delete(beside);
    }
    try (DiskFile open = open(beside)) {
      open.write(ByteBuffer.wrap(content), 0);
      open.force();
    }
    rename(beside, file);
    Path parent = absolute(file).getParent();
    if (parent != null) {
      forceDirectory(parent);
    }
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    begin(DiskOp.OPEN, file);
    Path absolute = absolute(file);
    Node node = entries.get(absolute);
    if (node == null) {
      Path parent = absolute.getParent();
      if (parent == null || !entries.isDirectory(parent)) {
        throw missing("open", file);
      }
      node = new Node(new byte[0]);
      entries.create(absolute, node);
    }
    return new SimFile(this, file, node);
  }

  @Override
  public void delete(Path file) throws IOException {
    begin(DiskOp.DELETE, file);
    node(file);
    entries.delete(absolute(file));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    begin(DiskOp.RENAME, from);
    entries.rename(absolute(from), absolute(to), node(from));
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    begin(DiskOp.FORCE_DIRECTORY, directory);
    Path absolute = absolute(directory);
    if (!entries.isDirectory(absolute)) {
      throw missing("force", directory);
    }
    entries.force(absolute);
  }

  @Override
  public long usableBytes(Path path) {
    return Math.max(0, capacityBytes - usedBytes());
  }

  @Override
  public AutoCloseable lock(Path file) throws IOException {
    log.add("disk", "lock " + file);
    Path absolute = absolute(file);
    if (!locked.add(absolute)) {
      throw new LockedException(file + " is locked by process 1");
    }
    return () -> locked.remove(absolute);
  }

  // For open files.

  /// Which life of the process this is: a file opened in an earlier one is void.
  int life() {
    return lives;
  }

  /// Notes an operation, takes its time, and fails where it is to fail. Where the process ends in
  /// it, `half` says what may be done of it all the same.
  void begin(DiskOp op, Path path, Runnable half) throws IOException {
    log.add("disk", op.name().toLowerCase(Locale.ROOT) + " " + path);
    if (faults.crashesNow()) {
      half.run();
      throw Faults.crash(op, path);
    }
    boolean isForce = op == DiskOp.FORCE || op == DiskOp.FORCE_DIRECTORY;
    clock.advance(chance.between(0, isForce ? forceNanosMax : FAST_NANOS_MAX));
    faults.check(op, path);
  }

  private void begin(DiskOp op, Path path) throws IOException {
    begin(op, path, () -> {});
  }

  void checkRoom(Path path, long moreBytes) throws IOException {
    if (moreBytes > 0 && usedBytes() + moreBytes > capacityBytes) {
      throw new IOException("cannot write " + path + ": No space left on device");
    }
  }

  private long usedBytes() {
    return entries.seen().values().stream().mapToLong(node -> node.seen().size()).sum();
  }

  private Node node(Path file) throws IOException {
    Node node = entries.get(absolute(file));
    if (node == null) {
      throw missing("read", file);
    }
    return node;
  }

  private static IOException missing(String what, Path path) {
    return new IOException("cannot " + what + " " + path + ": no such file or directory");
  }

  private static Path absolute(Path path) {
    return Path.of("/").resolve(path).normalize();
  }
}
