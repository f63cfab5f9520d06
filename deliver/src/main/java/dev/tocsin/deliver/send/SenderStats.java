package dev.tocsin.deliver.send;

import dev.tocsin.pipeline.journal.cursor.PassedEntries;
import java.util.Map;

/// What a sender did since it was started, and where it stands.
///
/// @param sent samples that were accepted, histograms among them
/// @param sentHistograms native histograms that were accepted
/// @param dropped samples, by reason
/// @param retried samples in requests that had to be made again
/// @param requests that were answered, or failed
/// @param failures of them
/// @param sentBytes bodies of accepted requests
/// @param waiting samples read from the journal and not yet accepted
/// @param pendingBytes of the journal that is not all sent, about
/// @param newestSentMs the newest time of a sample that was accepted, Unix milliseconds; 0: none
///   was
/// @param behindMs since when the oldest waiting sample is here
/// @param shards now
/// @param ranges of the journal that are still to be sent; more than one: newest first
/// @param passed entries of the journal that could not be read, or were left out
/// @param failing why the last request failed; empty where it did not
public record SenderStats(
    long sent,
    long sentHistograms,
    Map<Dropped, Long> dropped,
    long retried,
    long requests,
    long failures,
    long sentBytes,
    int waiting,
    long pendingBytes,
    long newestSentMs,
    long behindMs,
    int shards,
    int ranges,
    PassedEntries passed,
    String failing) {
  public SenderStats {
    dropped = Map.copyOf(dropped);
  }

  static final SenderStats NONE =
      new SenderStats(0, 0, Map.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, PassedEntries.NONE, "");
}
