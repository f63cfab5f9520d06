package dev.tocsin.pipeline.journal.segment;

import dev.tocsin.pipeline.journal.format.Frame;
import dev.tocsin.pipeline.journal.format.FrameType;
import dev.tocsin.pipeline.journal.format.SegmentHeader;
import dev.tocsin.world.disk.Disk;
import dev.tocsin.world.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// The segment that is being written. Space is allocated ahead in zeros, so that most forces need
/// not write the file system's own bookkeeping (measured: half the time of a force). One thread.
public final class SegmentFile {
  private final Path path;
  private final SegmentHeader header;
  private final DiskFile file;
  private final int allocationBytes;
  private long used;
  private long allocated;

  private SegmentFile(
      Path path, SegmentHeader header, DiskFile file, int allocationBytes, long allocated) {
    this.path = path;
    this.header = header;
    this.file = file;
    this.allocationBytes = allocationBytes;
    this.allocated = allocated;
    this.used = SegmentHeader.BYTES;
  }

  /// Creates the file under an unfinished name, and renames it when its header is durable: a
  /// segment with its proper name has a header, whatever happens. Leaves nothing behind where that
  /// fails.
  public static SegmentFile create(
      Disk disk, Path directory, SegmentHeader header, int allocationBytes) throws IOException {
    Path path = FileName.segment(directory, header.firstSeq());
    Path unfinished = FileName.unfinished(path);
    DiskFile file = disk.open(unfinished);
    try {
      file.truncate(0);
      file.preallocate(allocationBytes);
      file.write(header.encode(), 0);
      file.force();
      disk.rename(unfinished, path);
      disk.forceDirectory(directory);
      return new SegmentFile(path, header, file, allocationBytes, allocationBytes);
    } catch (IOException e) {
      giveUp(disk, file, unfinished, path);
      throw e;
    }
  }

  private static void giveUp(Disk disk, DiskFile file, Path unfinished, Path path) {
    try {
      file.close();
    } catch (IOException _) {
      // the first failure is the one to report
    }
    for (Path leftover : new Path[] {unfinished, path}) {
      try {
        if (disk.exists(leftover)) {
          disk.delete(leftover);
        }
      } catch (IOException _) {
        // recovery removes it, or finds a segment without entries
      }
    }
  }

  /// Writes at the end. Durable after [#force].
  public void append(ByteBuffer from) throws IOException {
    int length = from.remaining();
    file.write(from, used);
    used += length;
    allocated = Math.max(allocated, used);
  }

  public void force() throws IOException {
    file.force();
  }

  /// Whether the space allocated ahead is half used.
  public boolean wantsSpace(long nominalBytes) {
    return allocated - used < allocationBytes / 2 && allocated < nominalBytes;
  }

  /// Allocates more space, and makes it durable, so that the next commit's force has less to do.
  public void allocate(long nominalBytes) throws IOException {
    long wanted = Math.min(allocated + allocationBytes, nominalBytes);
    file.preallocate(wanted);
    allocated = wanted;
    file.force();
  }

  public Path path() {
    return path;
  }

  public SegmentHeader header() {
    return header;
  }

  /// Bytes of header and frames.
  public long used() {
    return used;
  }

  /// Bytes on disk.
  public long allocated() {
    return allocated;
  }

  /// For the end of a process: says that all is durable through `seq` and that nothing follows, and
  /// gives back the space that is not used.
  public void seal(long seq) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Frame.HEADER_BYTES);
    new Frame()
        .complete(bytes, 0, Frame.HEADER_BYTES, FrameType.SEALED, 0, seq, seq, header.createdMs());
    append(bytes);
    file.truncate(used);
    allocated = used;
    file.force();
  }

  public void close() throws IOException {
    file.close();
  }
}
