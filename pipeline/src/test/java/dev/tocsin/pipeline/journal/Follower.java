package dev.tocsin.pipeline.journal;

import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.pipeline.journal.cursor.JournalCursor;
import dev.tocsin.pipeline.journal.cursor.SeriesMeanings;
import dev.tocsin.pipeline.journal.segment.SegmentLedger;
import dev.tocsin.pipeline.ring.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/// A cursor, and what it handed over: a line for each entry, its samples with their labels.
final class Follower implements SeriesMeanings {
  private final Map<Integer, Labels> meanings = new HashMap<>();
  final List<String> lines = new ArrayList<>();
  final JournalCursor cursor;

  Follower(FaultyDisk disk, SegmentLedger segments, LongSupplier durableSeq, long fromSeq) {
    cursor = new JournalCursor(disk, segments, durableSeq, this, fromSeq);
  }

  static Follower of(Rig rig, long fromSeq) {
    return new Follower(rig.disk, rig.journal.segments(), rig.journal::durableSeq, fromSeq);
  }

  /// Reads all there is.
  List<String> read() throws IOException {
    do {
      Entry entry = cursor.next();
      while (entry != null) {
        lines.add(line(entry, meanings));
        entry = cursor.next();
      }
    } while (cursor.isBehind());
    return lines;
  }

  @Override
  public void startSegment() {
    meanings.clear();
  }

  @Override
  public void define(SeriesDefinition definition) {
    meanings.put(definition.ref(), definition.labels());
  }

  static List<String> lines(List<Entry> entries, List<SeriesDefinition> series) {
    Map<Integer, Labels> all = new HashMap<>();
    series.forEach(one -> all.put(one.ref(), one.labels()));
    return entries.stream().map(entry -> line(entry, all)).toList();
  }

  private static String line(Entry entry, Map<Integer, Labels> meanings) {
    StringBuilder out = new StringBuilder().append(entry.seq()).append(' ').append(entry.nowMs());
    if (!(entry.input() instanceof Input.Transaction it)) {
      return out.append(' ').append(entry.input()).toString();
    }
    for (Slab slab : it.slabs()) {
      for (int i = 0; i < slab.count(); i++) {
        out.append(' ').append(meanings.get(slab.refs[i])).append('@').append(slab.timesMs[i]);
        out.append('=').append(Double.doubleToRawLongBits(slab.values[i]));
        EncodedHistogram histogram = slab.histograms() == null ? null : slab.histograms()[i];
        out.append(histogram == null ? "" : "/" + histogram.fingerprint());
      }
    }
    return out.toString();
  }
}
