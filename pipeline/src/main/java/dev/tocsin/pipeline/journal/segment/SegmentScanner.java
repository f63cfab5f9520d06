package dev.tocsin.pipeline.journal.segment;

import dev.tocsin.pipeline.journal.format.FormatException;
import dev.tocsin.pipeline.journal.format.Frame;
import dev.tocsin.pipeline.journal.format.FrameView;
import dev.tocsin.pipeline.journal.format.SegmentHeader;
import dev.tocsin.world.disk.DiskFile;
import java.io.IOException;
import java.util.Arrays;

/// Reads the frames of a segment one by one, and finds its way behind damage. Whatever the bytes,
/// it throws nothing but what the disk throws. One thread.
public final class SegmentScanner {
  private final FileWindow window;
  private final FrameView frame;

  /// Where the next frame is expected.
  private long position = SegmentHeader.BYTES;

  private long frameAt = SegmentHeader.BYTES;

  public SegmentScanner(DiskFile file) throws IOException {
    this.window = new FileWindow(file, file.size());
    this.frame = new FrameView(window.bytes());
  }

  public SegmentHeader header() throws IOException, FormatException {
    int index = window.ensure(0, SegmentHeader.BYTES);
    if (index < 0) {
      throw new FormatException("shorter than a segment's header");
    }
    return SegmentHeader.decode(
        Arrays.copyOfRange(window.bytes(), index, index + SegmentHeader.BYTES));
  }

  /// Steps to the frame at the position. False where no valid frame is there; the position stays.
  public boolean next() throws IOException {
    return stepTo(position);
  }

  /// Steps to the first valid frame beyond the position. False where there is none; the position
  /// stays.
  public boolean nextBeyondDamage() throws IOException {
    long at = position + 1;
    while (at + Frame.HEADER_BYTES <= window.size()) {
      // a length is below 2^17, so a frame begins with a zero byte: at most 3 before the next other
      at = Math.max(at, window.skipZeros(at) - 3);
      if (stepTo(at)) {
        return true;
      }
      at++;
    }
    return false;
  }

  /// The file may be another by now: what was read ahead is forgotten. Only between frames.
  public void refresh() throws IOException {
    window.refresh();
  }

  /// Goes back, to read again from there.
  public void seek(long at) {
    position = at;
  }

  private boolean stepTo(long at) throws IOException {
    int index = window.ensure(at, Frame.HEADER_BYTES);
    if (index < 0) {
      return false;
    }
    int length = frame.lengthAt(index);
    if (length == 0 || !frame.plausibleAt(index)) {
      return false;
    }
    index = window.ensure(at, length);
    if (index < 0 || !frame.look(index, length)) {
      return false;
    }
    frameAt = at;
    position = at + length;
    return true;
  }

  /// The frame stepped to. Valid until the next step.
  public FrameView frame() {
    return frame;
  }

  /// Where the frame stepped to begins, in bytes.
  public long frameAt() {
    return frameAt;
  }

  /// Where the next frame is expected, in bytes.
  public long position() {
    return position;
  }

  /// Bytes of the file.
  public long size() {
    return window.size();
  }

  /// The position behind the last byte from `at` on that is not zero; `at` where all are.
  public long endOfContent(long at) throws IOException {
    return window.endOfContent(at);
  }
}
