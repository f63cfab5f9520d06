package dev.tocsin.collect.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import dev.tocsin.collect.series.ByteBudget;
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
final class OtlpReceiver {
  static final long NOW_MS = 1_764_000_000_000L;

  /// A sample that came out of the ring, as `name{a="b"} value @ time since NOW_MS`.
  final List<String> came = new ArrayList<>();

  final List<FloatHistogram> histograms = new ArrayList<>();
  final Accounting accounting = new Accounting();
  final Durability durability = new Durability(accounting, 0);
  final Intake intake;
  private final OtlpHandler handler;
  private final OtlpGrpcHandler grpc;
  private final Map<Integer, Labels> series = new TreeMap<>();
  private final Ring ring;
  private boolean broken;
  private boolean stopped;

  OtlpReceiver() {
    this(OtlpOptions.DEFAULT, OtlpLimits.DEFAULT, 64, 10_000);
  }

  OtlpReceiver(OtlpOptions options, OtlpLimits limits, int slabs, int seriesMax) {
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
    OtlpIntake otlp =
        new OtlpIntake(
            intake, durability, Tenant.DEFAULT, options, limits, new ByteBudget(16 << 20));
    handler = new OtlpHandler(otlp);
    grpc = new OtlpGrpcHandler(otlp);
  }

  /// From now on the journal writes nothing.
  void breakJournal() {
    broken = true;
  }

  /// From now on nobody reads the ring.
  void stop() {
    stopped = true;
  }

  /// From now on somebody does.
  void goOn() {
    stopped = false;
    drain();
  }

  private synchronized void drain() {
    if (stopped) {
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
            histograms.add(histogram.decode());
          }
          String value = histogram == null ? Double.toString(slab.values[i]) : "histogram";
          if (histogram == null && Double.isNaN(slab.values[i])) {
            value = Long.toHexString(Double.doubleToRawLongBits(slab.values[i]));
          }
          came.add(labels + " " + value + " @ " + (slab.timesMs[i] - NOW_MS));
        }
      }
    }
  }

  HttpReply post(byte[] content) {
    return handle(OtlpRequest.protobuf(content));
  }

  HttpReply grpc(OtlpRequest request) {
    try {
      return grpc.handle(request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpReply json(String content) {
    return handle(OtlpRequest.json(content));
  }

  HttpReply handle(OtlpRequest request) {
    try {
      return handler.handle(request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Accounts balanced() {
    Accounts accounts = accounting.snapshot();
    assertThat(accounts.isBalanced()).as("%s", accounts).isTrue();
    return accounts;
  }

  /// What the answer says, read by protobuf-java: of a partial success `N: text`, of a failure
  /// `code N: text`, empty for a full success.
  static String said(HttpReply reply) {
    try {
      CodedInputStream in = CodedInputStream.newInstance(reply.content());
      if (in.isAtEnd()) {
        return "";
      }
      String before = "code ";
      if (reply.status() == 200) {
        assertThat(in.readTag()).isEqualTo(10);
        in.pushLimit(in.readRawVarint32());
        before = "";
      }
      assertThat(in.readTag()).isEqualTo(8);
      long number = in.readInt64();
      assertThat(in.readTag()).isEqualTo(18);
      return before + number + ": " + in.readStringRequireUtf8();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(HttpReply reply) {
    return new String(reply.content(), StandardCharsets.UTF_8);
  }
}
