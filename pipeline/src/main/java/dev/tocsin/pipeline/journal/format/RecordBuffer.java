package dev.tocsin.pipeline.journal.format;

import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.input.RuleSettings;
import dev.tocsin.model.input.Settle;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.names.SeriesNames;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A payload being written. Grows up to [Frame#RECORD_BYTES_MAX], and shrinks again when cleared.
final class RecordBuffer {
  private static final int BYTES_KEPT = 128 << 10;
  private static final int ASCII_END = 0x80;

  /// The payload would be longer than [Frame#RECORD_BYTES_MAX].
  static final class TooLarge extends Exception {
    TooLarge(long bytes) {
      super("a record of " + bytes + " bytes; the limit is " + Frame.RECORD_BYTES_MAX);
    }
  }

  private byte[] bytes = new byte[4096];
  private int size;

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
    if (bytes.length > BYTES_KEPT) {
      bytes = new byte[4096];
    }
  }

  void put(byte[] from, int at, int length) throws TooLarge {
    room(length);
    System.arraycopy(from, at, bytes, size, length);
    size += length;
  }

  void putByte(int value) throws TooLarge {
    room(1);
    bytes[size++] = (byte) value;
  }

  void putLong(long value) throws TooLarge {
    room(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  void putVarint(int value) throws TooLarge {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      putByte(rest | 0x80);
      rest >>>= 7;
    }
    putByte(rest);
  }

  void putText(String text) throws TooLarge {
    if (isAscii(text)) {
      putAscii(text);
      return;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    putVarint(utf8.length);
    put(utf8, 0, utf8.length);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= ASCII_END) {
        return false;
      }
    }
    return true;
  }

  /// Without bytes of its own.
  private void putAscii(String text) throws TooLarge {
    putVarint(text.length());
    room(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
  }

  void putLabels(Labels labels) throws TooLarge {
    putVarint(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      putText(labels.name(i));
      putText(labels.value(i));
    }
  }

  void putDefinition(SeriesDefinition definition) throws TooLarge {
    putVarint(definition.ref());
    putText(definition.tenant().id());
    putLabels(definition.labels());
  }

  /// The same of a series whose name is known: no text is made of its bytes.
  ///
  /// @param name its number
  void putDefinition(int ref, SeriesNames names, int name) throws TooLarge {
    putVarint(ref);
    putText(names.tenant(name).id());
    room(names.labelBytesMax(name));
    size = names.putLabels(name, bytes, size);
  }

  void putTransaction(Input.Transaction transaction, int samples) throws TooLarge {
    putText(transaction.tenant().id());
    putLong(transaction.receivedNanos());
    putVarint(samples);
    putVarint(transaction.definitions().size());
    if (transaction.partial()) {
      putByte(1);
    }
  }

  void putRules(RuleSet rules) throws TooLarge {
    putVarint(rules.files().size());
    for (RuleSet.RuleText file : rules.files()) {
      putText(file.name());
      putText(file.content());
    }
    putLabels(rules.externalLabels());
    putText(rules.externalUrl());
    putLong(rules.evaluationIntervalMs());
    putLong(rules.queryOffsetMs());
    putSettings(rules.settings());
  }

  private void putSettings(RuleSettings settings) throws TooLarge {
    putByte(settings.mode().code());
    putVarint(settings.features().size());
    for (String feature : settings.features()) {
      putText(feature);
    }
    putVarint(settings.noData().size());
    for (RuleSettings.NoData noData : settings.noData()) {
      putText(noData.alert());
      putText(noData.matchers());
      putByte(noData.policy().code());
    }
    putSettle(settings.settle());
  }

  private void putSettle(Settle settle) throws TooLarge {
    putLong(settle.settleMs());
    putVarint(settle.sourceLabels().size());
    for (String name : settle.sourceLabels()) {
      putText(name);
    }
    putVarint(settle.overrides().size());
    for (Settle.ForSources one : settle.overrides()) {
      putText(one.matchers());
      putLong(one.settleMs());
    }
  }

  void putDelivered(Input.Delivered delivered) throws TooLarge {
    putText(delivered.id());
    putText(delivered.receiver());
    putLong(delivered.atMs());
    putByte(delivered.accepted() ? 1 : 0);
  }

  void putExpire(Input.Expire expire) throws TooLarge {
    putLong(expire.beforeMs());
    putVarint(expire.refs().size());
    for (int ref : expire.refs()) {
      putVarint(ref);
    }
  }

  private void room(int more) throws TooLarge {
    long needed = (long) size + more;
    if (needed > Frame.RECORD_BYTES_MAX) {
      throw new TooLarge(needed);
    }
    if (needed > bytes.length) {
      long grown = Math.max(needed, Math.min(2L * bytes.length, Frame.RECORD_BYTES_MAX));
      bytes = Arrays.copyOf(bytes, (int) grown);
    }
  }
}
