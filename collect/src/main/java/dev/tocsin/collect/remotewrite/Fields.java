package dev.tocsin.collect.remotewrite;

import dev.tocsin.collect.remotewrite.wire.MalformedException;

/// Field numbers we know must come with the wire type we know.
public final class Fields {
  private Fields() {}

  /// Called for a tag that was none of the known ones: fails where its field is.
  ///
  /// @param fieldMax the message's fields are 1 to this
  public static void refuseKnown(int tag, int fieldMax, String message, int at)
      throws MalformedException {
    int field = tag >>> 3;
    if (field <= fieldMax) {
      throw new MalformedException(
          at, "wire type " + (tag & 7) + " for field " + field + " of " + message);
    }
  }
}
