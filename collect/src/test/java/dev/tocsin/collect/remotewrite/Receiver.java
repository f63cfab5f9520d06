package dev.tocsin.collect.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Accounting;
import dev.tocsin.pipeline.accounting.Accounts;
import dev.tocsin.pipeline.accounting.Durability;
import dev.tocsin.pipeline.intake.Intake;
import dev.tocsin.pipeline.intake.SeriesTable;
import dev.tocsin.pipeline.ring.Entry;
import dev.tocsin.pipeline.ring.Ring;
import dev.tocsin.pipeline.ring.RingSize;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.time.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A receiver on a real intake and ring. Both readers run inside of every commit, so that an answer
/// never waits: the engine side notes what came, the journal side says that it is safe.
public final class Receiver {
  public static final long NOW_MS = 1_764_000_000_000L;

  /// A sample that came out of the ring.
  public record Came(Labels labels, long timeMs, long bits) {}

  public final Accounting accounting = new Accounting();
  public final Durability durability = new Durability(accounting, 0);
  public final Intake intake;
  final RemoteWriteHandler handler;
  public final List<Came> came = new ArrayList<>();

  /// The histograms that came, with their times.
  final Map<Long, FloatHistogram> histograms = new TreeMap<>();

  private final Map<Integer, Labels> series = new TreeMap<>();
  private final Ring ring;
  private boolean stuck;
  private boolean broken;

  public Receiver(RemoteWriteLimits limits, int slabs, int seriesMax) {
    ring = new Ring(new RingSize(slabs, 64, 8), 0, accounting::enginePast);
    Clock clock =
        new Clock() {
          @Override
          public long wallNanos() {
            return NOW_MS * 1_000_000;
          }

          @Override
          public long monotonicNanos() {
            return 0;
          }
        };
    SeriesTable table = new SeriesTable(seriesMax, 16 << 20, 42);
    intake = new Intake(clock, ring, table, accounting, () -> 0.0, NOW_MS);
    ring.wakeJournalBy(this::drain);
    handler = new RemoteWriteHandler(intake, durability, Tenant.DEFAULT, limits);
  }

  /// From now on nobody reads the ring.
  public void getStuck() {
    stuck = true;
  }

  /// From now on somebody does.
  public void getUnstuck() {
    stuck = false;
    drain();
  }

  /// From now on the journal writes nothing.
  public void breakJournal() {
    broken = true;
  }

  private synchronized void drain() {
    if (stuck) {
      return;
    }
    for (Entry entry = ring.engine().poll(); entry != null; entry = ring.engine().poll()) {
      note(entry);
      ring.engine().done(entry);
    }
    for (Entry entry = ring.journal().poll(); entry != null; entry = ring.journal().poll()) {
      if (broken) {
        durability.failed(entry.seq(), "broken");
      } else {
        durability.durable(entry.seq());
      }
      ring.journal().done(entry);
    }
  }

  private void note(Entry entry) {
    if (entry.input() instanceof Input.Transaction transaction) {
      transaction.definitions().forEach(d -> series.put(d.ref(), d.labels()));
      for (Slab slab : transaction.slabs()) {
        for (int i = 0; i < slab.count(); i++) {
          Labels labels = series.getOrDefault(slab.refs[i], Labels.empty());
          EncodedHistogram histogram = slab.histograms() == null ? null : slab.histograms()[i];
          if (histogram != null) {
            histograms.put(slab.timesMs[i], histogram.decode());
          }
          came.add(new Came(labels, slab.timesMs[i], Double.doubleToRawLongBits(slab.values[i])));
        }
      }
    }
  }

  HttpReply post(byte[] content) {
    return handle(FakeRequest.of(content));
  }

  HttpReply handle(FakeRequest request) {
    try {
      return handler.handle(request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Accounts balanced() {
    Accounts accounts = accounting.snapshot();
    assertThat(accounts.isBalanced()).as("%s", accounts).isTrue();
    return accounts;
  }

  public static String text(HttpReply reply) {
    return new String(reply.content(), StandardCharsets.UTF_8);
  }
}
