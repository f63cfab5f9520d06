package dev.tocsin.bench.crash.power;

/// A mistake that is made on purpose, to see whether it is found.
public enum Planted {
  NONE,
  /// Files are never forced: acknowledged before it is on the disk.
  NO_FORCE,
  /// Directories are never forced: names of files may be gone.
  NO_DIRECTORY_FORCE,
  /// Senders are answered before the force, as with a sync interval.
  ANSWER_BEFORE_FORCE
}
