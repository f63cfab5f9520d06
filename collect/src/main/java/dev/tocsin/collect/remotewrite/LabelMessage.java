package dev.tocsin.collect.remotewrite;

import dev.tocsin.collect.remotewrite.wire.MalformedException;
import dev.tocsin.collect.remotewrite.wire.ProtoReader;
import dev.tocsin.collect.series.LabelBlock;
import dev.tocsin.collect.series.Utf8;

/// `Label{1: name, 2: value}` of remote write 1.0.
final class LabelMessage {
  private static final int NAME = ProtoReader.tagOf(1, ProtoReader.LENGTH);
  private static final int VALUE = ProtoReader.tagOf(2, ProtoReader.LENGTH);

  private LabelMessage() {}

  /// Reads one, at whose length the reader stands.
  ///
  /// @param body what the reader is over
  static void read(ProtoReader reader, byte[] body, LabelBlock into) throws MalformedException {
    int outer = reader.enter();
    int nameFrom = 0;
    int nameTo = 0;
    int valueFrom = 0;
    int valueTo = 0;
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag == NAME) {
        int length = reader.length();
        nameFrom = reader.at();
        nameTo = nameFrom + length;
        reader.jump(nameTo);
      } else if (tag == VALUE) {
        int length = reader.length();
        valueFrom = reader.at();
        valueTo = valueFrom + length;
        reader.jump(valueTo);
      } else {
        Fields.refuseKnown(tag, 2, "Label", at);
        reader.skip(tag);
      }
    }
    reader.leave(outer);
    boolean isUtf8 = Utf8.isValid(body, nameFrom, nameTo) && Utf8.isValid(body, valueFrom, valueTo);
    into.add(nameFrom, nameTo, valueFrom, valueTo, isUtf8);
  }
}
