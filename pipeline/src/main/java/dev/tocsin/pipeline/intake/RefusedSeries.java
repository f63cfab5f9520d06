package dev.tocsin.pipeline.intake;

import dev.tocsin.model.limit.Limits;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.world.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Which tenants bring series that there is no room for: each is told of once, and once again when
/// it has come through [#HEALED_NANOS] without a refusal. Series that are known go on. Any thread.
public final class RefusedSeries {
  /// So long after the last refusal a tenant counts as healed, nanoseconds.
  private static final long HEALED_NANOS = 60_000_000_000L;

  /// Is told, outside of any lock.
  public interface Listener {
    void full(Tenant tenant);

    /// @param refused since it was full; the same series asked for again counts again
    void healed(Tenant tenant, long refused);
  }

  /// @param refused series, as often as they were asked for
  /// @param isFull whether there was a refusal a short time ago
  public record Standing(Tenant tenant, long refused, boolean isFull) {}

  private static final class State {
    final AtomicLong refused = new AtomicLong();
    private boolean full;
    private long lastNanos;
    private long before;

    /// Whether it was not full before.
    synchronized boolean refusedAt(long nanos) {
      long total = refused.getAndIncrement();
      lastNanos = nanos;
      boolean first = !full;
      before = first ? total : before;
      full = true;
      return first;
    }

    /// How many were refused, where it is full no more; otherwise 0.
    synchronized long healedAt(long nanos) {
      if (!full || nanos - lastNanos < HEALED_NANOS) {
        return 0;
      }
      full = false;
      return refused.get() - before;
    }

    synchronized boolean isFull() {
      return full;
    }
  }

  private final Clock clock;
  private final Map<Tenant, State> states = new ConcurrentHashMap<>();
  private volatile Listener listener =
      new Listener() {
        @Override
        public void full(Tenant tenant) {}

        @Override
        public void healed(Tenant tenant, long refused) {}
      };

  RefusedSeries(Clock clock) {
    this.clock = clock;
  }

  public void onChange(Listener told) {
    listener = told;
  }

  void refused(Tenant tenant) {
    State state = states.get(tenant);
    if (state == null) {
      // Beyond it nobody is told which of them it is.
      boolean known = states.size() < Limits.TENANTS_MAX;
      state = states.computeIfAbsent(known ? tenant : Tenant.DEFAULT, _ -> new State());
    }
    if (state.refusedAt(clock.monotonicNanos())) {
      listener.full(tenant);
    }
  }

  /// Looks who is healed; from time to time.
  public void look() {
    long nowNanos = clock.monotonicNanos();
    states.forEach(
        (tenant, state) -> {
          long refused = state.healedAt(nowNanos);
          if (refused > 0) {
            listener.healed(tenant, refused);
          }
        });
  }

  /// By tenant; those that were ever refused one.
  public List<Standing> standings() {
    return states.entrySet().stream()
        .map(
            entry ->
                new Standing(
                    entry.getKey(), entry.getValue().refused.get(), entry.getValue().isFull()))
        .sorted(Comparator.comparing(standing -> standing.tenant().id()))
        .toList();
  }
}
