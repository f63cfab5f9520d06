package dev.tocsin.bench.contract;

import dev.tocsin.bench.contract.seen.GroupSeen;
import dev.tocsin.bench.contract.seen.SeriesSeen;
import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.input.Input;
import java.util.List;

/// An engine whose copies miss one transaction.
final class ForgetfulSubject implements Subject {
  private final Subject inner;

  /// Transactions until the one that is missed; negative: none is.
  private int left;

  ForgetfulSubject(Subject inner, int left) {
    this.inner = inner;
    this.left = left;
  }

  @Override
  public List<AlertEvent> step(long seq, long nowMs, Input input) {
    boolean missed = input instanceof Input.Transaction && left >= 0 && left-- == 0;
    return missed ? List.of() : inner.step(seq, nowMs, input);
  }

  @Override
  public long deadlineMs() {
    return inner.deadlineMs();
  }

  @Override
  public List<GroupSeen> groups() {
    return inner.groups();
  }

  @Override
  public List<SeriesSeen> series() {
    return inner.series();
  }

  @Override
  public byte[] bytes() {
    return inner.bytes();
  }

  @Override
  public Subject copy(byte[] bytes) {
    return new ForgetfulSubject(inner.copy(bytes), 2);
  }
}
