package dev.tocsin.pipeline.journal.format;

import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.input.RuleSettings;
import dev.tocsin.model.input.Settle;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A payload being read. Never reads beyond it, and allocates no more than its bytes justify.
final class RecordReader {
  private final byte[] bytes;
  private final int end;
  private int at;

  RecordReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  boolean isAtEnd() {
    return at == end;
  }

  void expectEnd() throws FormatException {
    if (at != end) {
      throw new FormatException((end - at) + " bytes too many in a record");
    }
  }

  int readByte() throws FormatException {
    need(1);
    return bytes[at++] & 0xff;
  }

  long readLong() throws FormatException {
    need(Long.BYTES);
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = value << 8 | (bytes[at++] & 0xff);
    }
    return value;
  }

  /// 0 or more.
  int readVarint() throws FormatException {
    long value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = readByte();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        if (value > Integer.MAX_VALUE) {
          break;
        }
        return (int) value;
      }
    }
    throw new FormatException("a number beyond 31 bits");
  }

  String readText() throws FormatException {
    int length = readVarint();
    need(length);
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  Tenant readTenant() throws FormatException {
    String id = readText();
    if (id.isEmpty() || id.length() > 150) {
      throw new FormatException("a tenant id of " + id.length() + " characters");
    }
    return id.equals(Tenant.DEFAULT.id()) ? Tenant.DEFAULT : new Tenant(id);
  }

  Labels readLabels() throws FormatException {
    int count = readCount(2);
    String[] pairs = new String[2 * count];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = readText();
    }
    return Labels.ofSorted(pairs);
  }

  SeriesDefinition readDefinition() throws FormatException {
    return new SeriesDefinition(readVarint(), readTenant(), readLabels());
  }

  RuleSet readRules() throws FormatException {
    int count = readCount(2);
    List<RuleSet.RuleText> files = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      files.add(new RuleSet.RuleText(readText(), readText()));
    }
    RuleSet rules = new RuleSet(files, readLabels(), readText(), readLong(), readLong());
    // Up to version 2 it ends here: one clock, and nothing to be set.
    return rules.with(
        isAtEnd() ? RuleSettings.DEFAULT.withMode(RuleSettings.Mode.STRICT) : readSettings());
  }

  private RuleSettings readSettings() throws FormatException {
    RuleSettings.Mode mode = one(RuleSettings.Mode.values());
    int count = readCount(1);
    List<String> features = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      features.add(readText());
    }
    int policies = readCount(3);
    List<RuleSettings.NoData> noData = new ArrayList<>(policies);
    for (int i = 0; i < policies; i++) {
      noData.add(
          new RuleSettings.NoData(readText(), readText(), one(RuleSettings.Policy.values())));
    }
    // Up to version 3 it ends here: nothing is waited for.
    return new RuleSettings(mode, features, noData, isAtEnd() ? Settle.NONE : readSettle());
  }

  private Settle readSettle() throws FormatException {
    long settleMs = readLong();
    int count = readCount(1);
    List<String> sourceLabels = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      sourceLabels.add(readText());
    }
    int overrides = readCount(9);
    List<Settle.ForSources> others = new ArrayList<>(overrides);
    for (int i = 0; i < overrides; i++) {
      others.add(new Settle.ForSources(readText(), readLong()));
    }
    return new Settle(settleMs, sourceLabels, others);
  }

  /// A byte that is 0 where it is absent.
  boolean readFlagAtEnd() throws FormatException {
    return !isAtEnd() && readByte() != 0;
  }

  private <T> T one(T[] all) throws FormatException {
    int index = readByte();
    if (index >= all.length) {
      throw new FormatException("choice " + index + " of " + all.length);
    }
    return all[index];
  }

  Input.Delivered readDelivered() throws FormatException {
    return new Input.Delivered(readText(), readText(), readLong(), readByte() != 0);
  }

  Input.Expire readExpire() throws FormatException {
    long beforeMs = readLong();
    int count = readCount(1);
    List<Integer> refs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      refs.add(readVarint());
    }
    return new Input.Expire(refs, beforeMs);
  }

  /// How many items follow, each of at least `bytesEach`.
  private int readCount(int bytesEach) throws FormatException {
    int count = readVarint();
    if (count > (end - at) / bytesEach) {
      throw new FormatException(count + " items in " + (end - at) + " bytes");
    }
    return count;
  }

  private void need(int length) throws FormatException {
    if (length > end - at) {
      throw new FormatException("a record ends within a value");
    }
  }
}
