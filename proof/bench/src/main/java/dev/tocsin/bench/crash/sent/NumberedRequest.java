package dev.tocsin.bench.crash.sent;

import dev.tocsin.bench.remotewrite.TimedSample;
import java.util.List;

/// One request of numbered samples, and whether it was acknowledged. One thread at a time.
public final class NumberedRequest {
  private final List<TimedSample> samples;
  private boolean acknowledged;

  NumberedRequest(List<TimedSample> samples) {
    this.samples = List.copyOf(samples);
  }

  public List<TimedSample> samples() {
    return samples;
  }

  public boolean isAcknowledged() {
    return acknowledged;
  }

  /// The agent said that it has them.
  public void acknowledged() {
    acknowledged = true;
  }
}
