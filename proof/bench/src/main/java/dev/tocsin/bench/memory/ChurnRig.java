package dev.tocsin.bench.memory;

import dev.tocsin.engine.Engine;
import dev.tocsin.engine.EngineOptions;
import dev.tocsin.engine.IdleSeries;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.limit.Limits;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Accounting;
import dev.tocsin.pipeline.intake.Admission;
import dev.tocsin.pipeline.intake.Intake;
import dev.tocsin.pipeline.intake.SeriesKey;
import dev.tocsin.pipeline.intake.SeriesTable;
import dev.tocsin.pipeline.intake.Staging;
import dev.tocsin.pipeline.journal.format.EntryEncoder;
import dev.tocsin.pipeline.journal.format.ReferenceTable;
import dev.tocsin.pipeline.ring.Entry;
import dev.tocsin.pipeline.ring.EntryReader;
import dev.tocsin.pipeline.ring.Ring;
import dev.tocsin.pipeline.ring.RingSize;
import dev.tocsin.store.StoreLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The parts that remember series, with series that come and go in virtual time: at every step of a
/// minute a part of them is replaced by new ones. Rules watch them.
public final class ChurnRig {
  private static final int SERIES_MAX = 65_536;
  private static final long NAMES_BYTES_MAX = 10 << 20;
  private static final long STEP_MS = 60_000;

  /// Steps that a series lives.
  private static final int STEPS = 4;

  private static final int TRANSACTION_SAMPLES = 8192;

  private static final String RULES =
      """
      groups:
        - name: g
          interval: 1m
          rules:
            - alert: Busy
              expr: sum by (container) (rate(http_server_requests_total[2m])) > 1e12
            - alert: Down
              expr: http_server_queue_seconds_total < 0
              for: 5m
      """;

  private final VirtualClock clock = new VirtualClock();
  private final ClusterSeries shape = new ClusterSeries(true);
  private final int perStep;
  private final int stayOneIn;
  private final Ring ring;
  private final Intake intake;
  private final Engine engine;
  private final ReferenceTable references;
  private final EntryEncoder encoder;
  private SeriesNames names = new SeriesNames(1);
  private final Deque<int[]> living = new ArrayDeque<>();
  private final List<Integer> staying = new ArrayList<>();
  private int made;

  /// @param live series with samples at one time
  /// @param stayOneIn so many a series one stays for good
  public ChurnRig(int live, int stayOneIn) {
    this.perStep = live / STEPS;
    this.stayOneIn = stayOneIn;
    Accounting accounting = new Accounting();
    ring = new Ring(RingSize.DEFAULT, 0, accounting::enginePast);
    SeriesTable table = new SeriesTable(SERIES_MAX, NAMES_BYTES_MAX, names);
    intake = new Intake(clock, ring, table, accounting, () -> 0, 0);
    engine = new Engine(EngineOptions.of(new StoreLimits(SERIES_MAX, 8 << 20, 8 << 20)), names);
    references = new ReferenceTable(names);
    encoder = new EntryEncoder(new Nowhere(), references, () -> 0);
    RuleSet.RuleText rules = new RuleSet.RuleText("r.yml", RULES);
    submit(new Input.Reload(new RuleSet(List.of(rules), Labels.empty(), "", 60_000, 0)));
  }

  /// Series there were so far.
  public int made() {
    return made;
  }

  /// Series that are remembered.
  public int there() {
    return engine.store().seriesCount();
  }

  public long namesBytes() {
    return names.bytes();
  }

  public long liveHeapBytes() {
    return FullCollection.now().liveBytes();
  }

  /// Until so many were made.
  public void runUntil(int all) {
    while (made < all) {
      step();
    }
  }

  private void step() {
    clock.wallMs += STEP_MS;
    int[] fresh = new int[perStep];
    for (int i = 0; i < perStep; i++) {
      fresh[i] = ref(made);
      if (made++ % stayOneIn == 0) {
        staying.add(fresh[i]);
      }
    }
    living.addLast(fresh);
    if (living.size() > STEPS) {
      living.removeFirst();
    }
    living.forEach(this::samples);
    samples(staying.stream().mapToInt(Integer::intValue).toArray());
    submit(new Input.Tick());
    expire();
    names = names.newest(); // old ones keep all that follow
  }

  private int ref(int number) {
    byte[] key = SeriesKey.of(shape.labels(number));
    int ref = intake.ref(Tenant.DEFAULT, key, 0, key.length);
    if (ref != number) {
      throw new IllegalStateException(
          "series " + number + " has the reference " + ref + "; " + there() + " are there");
    }
    if (number % 1024 == 0) {
      drain();
    }
    return ref;
  }

  private void samples(int[] refs) {
    for (int from = 0; from < refs.length; from += TRANSACTION_SAMPLES) {
      int to = Math.min(refs.length, from + TRANSACTION_SAMPLES);
      switch (intake.begin(Tenant.DEFAULT, to - from, clock.wallNanos())) {
        case Admission.Busy busy -> throw new IllegalStateException(busy.reason());
        case Admission.Admitted(Staging staging) -> {
          try (staging) {
            for (int i = from; i < to; i++) {
              staging.add(refs[i], clock.wallMillis(), refs[i]);
            }
            var receipt = staging.commit();
            // Those that stay are among the living at first, and then sent twice.
            if (receipt.hasErrors()) {
              throw new IllegalStateException("samples are refused: " + receipt);
            }
          }
        }
      }
      drain();
    }
  }

  private void expire() {
    IdleSeries idle = engine.idle(clock.wallMillis(), 0, Limits.EXPIRED_MAX);
    while (!idle.isEmpty()) {
      if (intake.expire(idle.refs(), idle.lastTimesMs(), clock.wallMillis()) == 0) {
        throw new IllegalStateException("no place in the ring");
      }
      drain();
      idle = engine.idle(clock.wallMillis(), 0, Limits.EXPIRED_MAX);
    }
    boolean more = true;
    while (more) {
      boolean intakes = intake.renewNames(256);
      boolean journals = references.renew(256);
      more = engine.renewNames(256) || journals || intakes;
    }
  }

  private void submit(Input input) {
    if (intake.submit(input) == 0) {
      throw new IllegalStateException("no place in the ring");
    }
    drain();
  }

  private void drain() {
    EntryReader forEngine = ring.engine();
    for (Entry entry = forEngine.poll(); entry != null; entry = forEngine.poll()) {
      engine.step(entry.seq(), entry.nowMs(), entry.input());
      forEngine.done(entry);
    }
    EntryReader forJournal = ring.journal();
    for (Entry entry = forJournal.poll(); entry != null; entry = forJournal.poll()) {
      encoder.begin(entry);
      while (encoder.isBusy()) {
        encoder.step();
      }
      forJournal.done(entry);
    }
  }
}
