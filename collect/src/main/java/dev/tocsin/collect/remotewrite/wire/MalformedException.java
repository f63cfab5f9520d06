package dev.tocsin.collect.remotewrite.wire;

/// The bytes break the format. The message names the offset; there is no stack trace, because
/// anyone may send broken bodies as fast as he can.
public final class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int offset;

  /// @param offset in bytes from the start of what was being read
  public MalformedException(int offset, String reason) {
    super(reason + " at offset " + offset, null, false, false);
    this.offset = offset;
  }

  public int offset() {
    return offset;
  }
}
