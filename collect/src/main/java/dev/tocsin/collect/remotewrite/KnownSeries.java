package dev.tocsin.collect.remotewrite;

import dev.tocsin.collect.series.KeyBuffer;
import dev.tocsin.collect.series.LabelBlock;
import dev.tocsin.model.names.LabelTrail;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.intake.Intake;

/// Finds the references of series that have one, while a request is looked at; makes none. Senders
/// repeat their series in the same order, so each series tells which one to expect behind it, and a
/// comparison of bytes replaces parsing, sorting and hashing. It stays exact: all bytes are
/// compared. Where the guess is wrong the table is asked. One thread.
final class KnownSeries {
  private final Intake intake;
  private final Tenant tenant;
  private final KeyBuffer key;
  private final LabelTrail trail = new LabelTrail();

  /// The series before, or -1.
  private int last = -1;

  /// The series of [#labelsEnd] or [#isNext], or -1.
  private int expected = -1;

  private int guessed;

  KnownSeries(Intake intake, Tenant tenant, KeyBuffer key) {
    this.intake = intake;
    this.tenant = tenant;
    this.key = key;
  }

  /// A request begins.
  void begin() {
    last = -1;
    guessed = 0;
    trail.clear();
  }

  /// Where the labels of the expected series end, if these bytes begin with them; otherwise -1. The
  /// caller checks that no label follows.
  int labelsEnd(byte[] body, int from, int to) {
    expected = last < 0 ? -1 : intake.after(last);
    return expected < 0 ? -1 : intake.labelsEnd(expected, body, from, to, trail);
  }

  /// Whether these are the labels of the expected series, by name. Where they are they need no
  /// check.
  boolean isNext(LabelBlock labels) {
    expected = last < 0 ? -1 : intake.after(last);
    return expected >= 0 && labels.areOf(expected, intake);
  }

  /// It is the expected one: its reference.
  int expected() {
    guessed++;
    last = expected;
    return expected;
  }

  /// It is another one: its reference, or -1 where it has none yet. The labels are checked.
  int find(LabelBlock labels) {
    labels.writeTo(key);
    last = intake.find(tenant, key.bytes(), 0, key.length());
    return last;
  }

  /// Series of the request that were the expected ones.
  int guessed() {
    return guessed;
  }
}
