package dev.tocsin.collect.host;

import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.pipeline.accounting.Refusal;
import dev.tocsin.pipeline.intake.Admission;
import dev.tocsin.pipeline.intake.Intake;
import dev.tocsin.pipeline.intake.Staging;
import dev.tocsin.world.World;
import dev.tocsin.world.schedule.Worker;
import dev.tocsin.world.time.Clock;
import java.util.List;

/// Measures the host at a steady interval, one transaction a collection; slower where the pipeline
/// asks for it. A series that is not there any more ends with a stale marker. Does not wait for the
/// journal: a number that is a second old is worth nothing when it comes again.
public final class HostSource implements Worker {
  private final Clock clock;
  private final Intake intake;
  private final HostConfig config;
  private final HostSeries series;
  private final HostCollector collector;
  private final HostSeries.RefSource references = new References();
  private final Object lock = new Object();
  private volatile long dueNanos;
  private long collections;
  private long busy;

  public HostSource(World world, Intake intake, HostConfig config) {
    clock = world.clock();
    this.intake = intake;
    this.config = config;
    String instance = config.instance().isEmpty() ? world.host().name() : config.instance();
    int seriesMax = Math.min(HostSeries.SERIES_MAX, intake.samplesMax());
    series = new HostSeries(config.job(), instance, seriesMax);
    collector = new HostCollector(world, config, series);
    dueNanos = clock.monotonicNanos();
  }

  private final class References implements HostSeries.RefSource {
    @Override
    public int ref(Labels labels) {
      return intake.ref(config.tenant(), labels);
    }

    @Override
    public boolean isGiven(int ref) {
      return intake.isGiven(ref);
    }
  }

  @Override
  public String name() {
    return "host";
  }

  @Override
  public long deadlineNanos() {
    return dueNanos;
  }

  @Override
  public int step() {
    long nowNanos = clock.monotonicNanos();
    if (nowNanos < dueNanos) {
      return 0;
    }
    collectOnce();
    long intervalNanos = intake.pace().stretch(config.intervalMs() * 1_000_000);
    long next = dueNanos + intervalNanos;
    // A collection that was missed is not made up for.
    dueNanos = next > nowNanos ? next : nowNanos + intervalNanos;
    return 1;
  }

  private void collectOnce() {
    long receivedNanos = clock.wallNanos();
    long nowMs = Math.floorDiv(receivedNanos, 1_000_000);
    synchronized (lock) {
      collector.collect(nowMs);
      collections++;
      send(nowMs, receivedNanos);
    }
  }

  private void send(long nowMs, long receivedNanos) {
    int samples = series.resolve(references);
    if (series.withoutRef() > 0) {
      intake.refuse(Refusal.SERIES_LIMIT, series.withoutRef());
    }
    switch (intake.begin(config.tenant(), samples, receivedNanos)) {
      case Admission.Busy _ -> {
        busy++;
        intake.refuse(Refusal.BUSY, samples);
      }
      case Admission.Admitted(Staging staging) -> {
        try (staging) {
          series.emit(
              (_, ref, value, ended) -> staging.add(ref, nowMs, ended ? StaleMarker.VALUE : value));
          staging.commit();
        }
      }
    }
  }

  /// Every metric there was so far, sorted by name. Any thread.
  public List<MetricInfo> metrics() {
    synchronized (lock) {
      return series.metrics();
    }
  }

  /// Shows the newest collection. Any thread; the next collection waits meanwhile, so be quick.
  public void visit(MetricVisitor visitor) {
    synchronized (lock) {
      series.visit(visitor);
    }
  }

  /// Any thread.
  public HostStats stats() {
    synchronized (lock) {
      return new HostStats(collections, busy, series.turnedAway(), collector.failures());
    }
  }
}
