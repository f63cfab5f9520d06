package dev.tocsin.sim.disk;

import dev.tocsin.world.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// An open file.
final class SimFile implements DiskFile {
  private final SimDisk disk;
  private final Path path;
  private final Node node;
  private final int life;
  private boolean closed;

  SimFile(SimDisk disk, Path path, Node node) {
    this.disk = disk;
    this.path = path;
    this.node = node;
    this.life = disk.life();
  }

  private void begin(DiskOp op, Runnable half) throws IOException {
    if (closed || life != disk.life()) {
      throw new IOException(path + ": the file is closed");
    }
    disk.begin(op, path, half);
  }

  @Override
  public void write(ByteBuffer from, long position) throws IOException {
    byte[] bytes = new byte[from.remaining()];
    from.duplicate().get(bytes);
    Change write = new Change.Write(Math.toIntExact(position), bytes);
    begin(DiskOp.WRITE, () -> node.change(write));
    disk.checkRoom(path, position + bytes.length - node.seen().size());
    from.position(from.limit());
    node.change(write);
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    begin(DiskOp.READ, () -> {});
    byte[] bytes = node.seen().read(position, into.remaining());
    into.put(bytes);
    return bytes.length;
  }

  @Override
  public void force() throws IOException {
    try {
      begin(DiskOp.FORCE, () -> {});
    } catch (IOException e) {
      node.forceFailed();
      throw e;
    }
    node.force();
  }

  @Override
  public long size() throws IOException {
    begin(DiskOp.READ, () -> {});
    return node.seen().size();
  }

  @Override
  public void preallocate(long bytes) throws IOException {
    int size = node.seen().size();
    if (bytes <= size) {
      return;
    }
    Change zeros = new Change.Write(size, new byte[Math.toIntExact(bytes - size)]);
    begin(DiskOp.PREALLOCATE, () -> node.change(zeros));
    disk.checkRoom(path, bytes - size);
    node.change(zeros);
  }

  @Override
  public void truncate(long bytes) throws IOException {
    if (bytes >= node.seen().size()) {
      return;
    }
    Change cut = new Change.Resize(Math.toIntExact(bytes));
    begin(DiskOp.TRUNCATE, () -> node.change(cut));
    node.change(cut);
  }

  @Override
  public void close() {
    closed = true;
  }
}
