package dev.tocsin.sim.disk;

/// What can be done to a disk, and can fail.
public enum DiskOp {
  READ,
  OPEN,
  WRITE,
  FORCE,
  PREALLOCATE,
  TRUNCATE,
  RENAME,
  DELETE,
  FORCE_DIRECTORY,
  LIST
}
