package dev.tocsin.bench.crash;

import dev.tocsin.bench.crash.sent.Verdict;
import dev.tocsin.bench.report.Table;

/// What happened in a run of kills. One thread.
public final class KillTally {
  final Verdict verdict = new Verdict();
  int kills;
  int withRequests;
  int requestsCut;
  int inCheckpoint;
  int inSegment;
  int inStart;
  int tornEnds;
  int checkpoints;
  int damages;
  long replayed;
  long requests;
  long samples;
  long laters;
  long resent;

  public Verdict verdict() {
    return verdict;
  }

  /// Samples acknowledged.
  public long samples() {
    return samples;
  }

  /// Whether all was as it must be.
  public boolean isGood() {
    return verdict.isGood() && damages == 0;
  }

  public Table table() {
    Table table = Table.of("what", "count");
    row(table, "kills under load", kills);
    row(table, "of them: with requests under way", withRequests);
    row(table, "of them: with a checkpoint half written", inCheckpoint);
    row(table, "of them: with a segment half made", inSegment);
    row(table, "further kills in the midst of a start", inStart);
    row(table, "starts that cut off a torn write", tornEnds);
    row(table, "damage that starts found", damages);
    row(table, "checkpoints that a start began with", checkpoints);
    row(table, "inputs replayed at the starts", replayed);
    row(table, "requests acknowledged", requests);
    row(table, "samples acknowledged", samples);
    row(table, "requests under way at the kills", requestsCut);
    row(table, "requests without an answer, sent again", resent);
    row(table, "found whole before that", verdict.unansweredThere());
    row(table, "found not at all before that", verdict.unansweredGone());
    row(table, "answers that said later", laters);
    row(table, "acknowledged samples looked for", verdict.looked());
    row(table, "missing", verdict.missing());
    row(table, "more than once", verdict.twice());
    row(table, "never sent, or with another value", verdict.strange());
    row(table, "requests of which a part is there", verdict.halves());
    return table;
  }

  private static void row(Table table, String what, long count) {
    table.row(what, Long.toString(count));
  }
}
