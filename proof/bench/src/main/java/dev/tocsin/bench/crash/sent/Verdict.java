package dev.tocsin.bench.crash.sent;

import dev.tocsin.bench.remotewrite.TimedSample;
import java.util.ArrayList;
import java.util.List;

/// What a look at what is stored gave. One thread at a time.
public final class Verdict {
  /// Findings that are written out.
  private static final int SHOWN_MAX = 20;

  private final List<String> findings = new ArrayList<>();
  private long looked;
  private long missing;
  private long twice;
  private long strange;
  private long halves;
  private long unansweredThere;
  private long unansweredGone;

  void looked(int samples) {
    looked += samples;
  }

  void missing(String sender, NumberedRequest request, int samples) {
    missing += samples;
    if (samples > 0) {
      TimedSample first = request.samples().getFirst();
      find(
          "sender %s: %d of %d acknowledged samples are missing; the request begins with %s at %d"
              .formatted(
                  sender, samples, request.samples().size(), first.series(), first.timeMs()));
    }
  }

  void twice(String series, long timeMs) {
    twice++;
    find("series %s: more than one sample at %d".formatted(series, timeMs));
  }

  void strange(String series, long timeMs, double value) {
    strange++;
    find("series %s: %s at %d was not sent".formatted(series, value, timeMs));
  }

  void unanswered(String sender, NumberedRequest request, int there, int samples) {
    if (there == 0) {
      unansweredGone++;
    } else if (there == samples) {
      unansweredThere++;
    } else {
      halves++;
      TimedSample first = request.samples().getFirst();
      find(
          "sender %s: %d of %d samples of a request without an answer are there; it begins with %s at %d"
              .formatted(sender, there, samples, first.series(), first.timeMs()));
    }
  }

  private void find(String text) {
    if (findings.size() < SHOWN_MAX) {
      findings.add(text);
    }
  }

  public Verdict add(Verdict other) {
    other.findings.forEach(this::find);
    looked += other.looked;
    missing += other.missing;
    twice += other.twice;
    strange += other.strange;
    halves += other.halves;
    unansweredThere += other.unansweredThere;
    unansweredGone += other.unansweredGone;
    return this;
  }

  public boolean isGood() {
    return missing + twice + strange + halves == 0;
  }

  /// What is wrong, in lines; at most a few.
  public List<String> findings() {
    return List.copyOf(findings);
  }

  /// Acknowledged samples that were looked for.
  public long looked() {
    return looked;
  }

  /// Acknowledged samples that were not there.
  public long missing() {
    return missing;
  }

  /// Samples beyond the first of a series and time.
  public long twice() {
    return twice;
  }

  /// Samples that nobody sent, or with another value.
  public long strange() {
    return strange;
  }

  /// Requests without an answer of which a part is there.
  public long halves() {
    return halves;
  }

  /// Requests without an answer that are there, as they may be.
  public long unansweredThere() {
    return unansweredThere;
  }

  /// Requests without an answer of which nothing is there, as may be.
  public long unansweredGone() {
    return unansweredGone;
  }
}
