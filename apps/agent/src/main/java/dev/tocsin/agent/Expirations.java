package dev.tocsin.agent;

import dev.tocsin.engine.Engine;
import dev.tocsin.engine.IdleSeries;
import dev.tocsin.model.limit.Limits;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.intake.Intake;
import dev.tocsin.pipeline.intake.RefusedSeries;
import dev.tocsin.world.time.Clock;
import java.util.function.Consumer;

/// Has series forgotten that get no samples any more: the engine says which, the intake forgets
/// them and tells the engine and the journal in their turn. After [#keepMs]; where there is little
/// room left, as soon as no rule sees their last sample. Engine's thread, but for the counts.
final class Expirations {
  private static final long LOOK_NANOS = 60_000_000_000L;

  /// The same where there is little room left.
  private static final long TIGHT_LOOK_NANOS = 5_000_000_000L;

  /// After the ring had no place.
  private static final long AGAIN_NANOS = 1_000_000_000L;

  /// From so much of the room for series on there is little left.
  private static final double TIGHT_FROM = 0.75;

  /// Series whose names are renewed before other work has its turn: half a millisecond.
  private static final int RENEWED_AT_ONCE = 256;

  private final Engine engine;
  private final Intake intake;
  private final Clock clock;
  private final long keepMs;
  private final long startedNanos;
  private long nextNanos;

  /// The input that was sequenced last, and not applied.
  private long askedSeq;

  /// Looked again when it is applied: there were more.
  private boolean more;

  private boolean renewing;
  private volatile long expired;

  Expirations(Engine engine, Intake intake, Clock clock, long keepMs, Consumer<String> log) {
    this.engine = engine;
    this.intake = intake;
    this.clock = clock;
    this.keepMs = keepMs;
    this.startedNanos = clock.monotonicNanos();
    this.nextNanos = startedNanos + TIGHT_LOOK_NANOS;
    intake.refusedSeries().onChange(new Told(log));
  }

  /// Once when a tenant has no more room, once when it has again.
  private record Told(Consumer<String> log) implements RefusedSeries.Listener {
    @Override
    public void full(Tenant tenant) {
      log.accept(
          "There is no room for more series%s: new ones are refused, those that are known go on."
                  .formatted(of(tenant))
              + " Send fewer, or give more with storage.memory_mebibytes and the heap.");
    }

    @Override
    public void healed(Tenant tenant, long refused) {
      log.accept(
          "No series%s was refused for a minute. Refused before: %d, as often as they were asked for."
              .formatted(of(tenant), refused));
    }

    private static String of(Tenant tenant) {
      return tenant.equals(Tenant.DEFAULT) ? "" : " of the tenant \"" + tenant.id() + "\"";
    }
  }

  /// Series forgotten so far. Any thread.
  long expired() {
    return expired;
  }

  /// When to look, by the monotonic clock.
  long deadlineNanos() {
    return nextNanos;
  }

  /// The engine is past this input.
  void applied(long seq) {
    if (askedSeq != 0 && seq >= askedSeq) {
      askedSeq = 0;
      renewing = true;
      if (more) {
        nextNanos = clock.monotonicNanos();
      }
    }
  }

  /// A piece of work, between two inputs. Whether there is more of it now.
  boolean step() {
    if (renewing) {
      boolean here = engine.renewNames(RENEWED_AT_ONCE);
      renewing = intake.renewNames(RENEWED_AT_ONCE) || here;
    }
    long nowNanos = clock.monotonicNanos();
    if (nowNanos - nextNanos >= 0 && askedSeq == 0) {
      look(nowNanos);
    }
    return renewing;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // the engine's thread
  private void look(long nowNanos) {
    intake.refusedSeries().look();
    boolean tight = intake.seriesFill() >= TIGHT_FROM;
    nextNanos = nowNanos + (tight ? TIGHT_LOOK_NANOS : LOOK_NANOS);
    more = false;
    // After a start nobody has sent anything yet.
    if (nowNanos - startedNanos < (tight ? LOOK_NANOS : keepMs * 1_000_000)) {
      return;
    }
    long nowMs = clock.wallMillis();
    long wantedMs = tight ? 0 : keepMs;
    IdleSeries idle = engine.idle(nowMs, wantedMs, Limits.EXPIRED_MAX);
    if (idle.isEmpty()) {
      return;
    }
    askedSeq = intake.expire(idle.refs(), idle.lastTimesMs(), nowMs - wantedMs);
    if (askedSeq == 0) {
      nextNanos = nowNanos + AGAIN_NANOS;
    } else {
      more = idle.refs().length == Limits.EXPIRED_MAX;
      expired += idle.refs().length;
    }
  }
}
