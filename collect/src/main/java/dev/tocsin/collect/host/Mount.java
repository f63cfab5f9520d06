package dev.tocsin.collect.host;

import dev.tocsin.world.host.Host.FileSystemUse;
import org.jspecify.annotations.Nullable;

/// A mounted file system, and what it answered last. Asked on other threads, which may hang in it.
final class Mount {
  /// What is said of a file system that does not answer; node_exporter's words.
  static final String TIMEOUT = "mountpoint timeout";

  private final String device;
  private final String mountPoint;
  private final String type;
  private final String majorMinor;
  private final boolean readOnly;

  private boolean asking;
  private long answeredNanos;
  private @Nullable FileSystemUse use;
  private String error = "";

  /// @param seenNanos monotonic, now: from here on it has time to answer
  Mount(
      String device,
      String mountPoint,
      String type,
      String majorMinor,
      boolean readOnly,
      long seenNanos) {
    this.device = device;
    this.mountPoint = mountPoint;
    this.type = type;
    this.majorMinor = majorMinor;
    this.readOnly = readOnly;
    answeredNanos = seenNanos;
  }

  String device() {
    return device;
  }

  String mountPoint() {
    return mountPoint;
  }

  String type() {
    return type;
  }

  String majorMinor() {
    return majorMinor;
  }

  boolean readOnly() {
    return readOnly;
  }

  boolean isSame(Mount other) {
    return device.equals(other.device)
        && mountPoint.equals(other.mountPoint)
        && type.equals(other.type)
        && majorMinor.equals(other.majorMinor)
        && readOnly == other.readOnly;
  }

  /// False where somebody still waits for its answer.
  synchronized boolean beginAsking() {
    if (asking) {
      return false;
    }
    asking = true;
    return true;
  }

  synchronized void answered(FileSystemUse answer, long nowNanos) {
    asking = false;
    answeredNanos = nowNanos;
    use = answer;
    error = "";
  }

  synchronized void failed(String reason, long nowNanos) {
    asking = false;
    answeredNanos = nowNanos;
    use = null;
    error = reason;
  }

  /// What is wrong with it now, or the empty string.
  synchronized String error(long nowNanos, long timeoutNanos) {
    return nowNanos - answeredNanos > timeoutNanos ? TIMEOUT : error;
  }

  /// What it answered last; null where it has not answered yet.
  synchronized @Nullable FileSystemUse use() {
    return use;
  }
}
