package dev.tocsin.engine.stream;

import dev.tocsin.model.input.Settle;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.page.IntPages;
import dev.tocsin.model.page.LongPages;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.parse.PromqlParser;
import dev.tocsin.rules.state.StateReader;
import dev.tocsin.rules.state.StateWriter;
import dev.tocsin.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Hides the samples of a scrape from the looks between slots until the scrape has settled: its
/// settle time is over since its first part came, or its source has delivered a newer one. To a
/// look it is as if all parts came at that moment. Slots and queries see every sample at once, and
/// a rule never sees less between slots than its last slot saw ([Watch#saw]).
///
/// A scrape is what a source delivers with one timestamp. One scrape of a source waits at a time,
/// the newest; a part of an older one, or of one that has settled, is late and is shown at once.
///
/// All of it follows from the inputs; what waits is in the checkpoint. Engine's thread, but for
/// [#stats].
public final class Settling {
  /// Sources at once, about 150 bytes each; series of others are shown at once, and counted.
  static final int SOURCES_MAX = 10_000;

  /// Series that wait at once, of all sources; a scrape beyond it settles at once, and is counted.
  static final int WAITING_MAX = 100_000;

  /// Is told of a sample that looks may see from now on.
  @FunctionalInterface
  public interface Shown {
    void show(int id, long timeMs);
  }

  private static final long NOTHING = ScrapeSource.NOTHING;

  /// In [#numbers], where a series is of no source.
  private static final int NO_SOURCE = -1;

  private record Times(List<Matcher> matchers, long settleMs) {}

  private final Store store;
  private final Tenant tenant;
  private final int sourcesMax;
  private final int waitingMax;
  private Settle settings = Settle.NONE;
  private boolean isOff = true;
  private List<Times> times = List.of();
  private Map<Labels, ScrapeSource> byLabels = new HashMap<>();
  private List<ScrapeSource> sources = new ArrayList<>();

  /// By id of the store: the number of its source + 1; 0 where that is not known yet.
  private IntPages numbers = new IntPages();

  /// By id of the store: the input that brought its sample that waits; 0: none does.
  private LongPages arrivals = new LongPages();

  /// All sources that wait, and some that did.
  private PriorityQueue<ScrapeSource> queue = newQueue();

  private int waiting;
  private long elapsed;
  private long newer;
  private long overflow;
  private long reload;
  private long late;
  private volatile SettleStats stats = SettleStats.NONE;

  public Settling(Store store, Tenant tenant) {
    this(store, tenant, SOURCES_MAX, WAITING_MAX);
  }

  Settling(Store store, Tenant tenant, int sourcesMax, int waitingMax) {
    this.store = store;
    this.tenant = tenant;
    this.sourcesMax = sourcesMax;
    this.waitingMax = waitingMax;
  }

  private static PriorityQueue<ScrapeSource> newQueue() {
    return new PriorityQueue<>(
        Comparator.comparingLong((ScrapeSource one) -> one.queuedMs)
            .thenComparingInt(one -> one.number));
  }

  /// Other times from now on. Where they differ, all that waits settles, and is forgotten.
  ///
  /// @param next whose matchers the configuration has checked
  public void configure(Settle next, Shown shown) {
    if (next.equals(settings)) {
      return;
    }
    for (ScrapeSource source : sources) {
      if (source.isWaiting()) {
        reload++;
        settle(source, shown);
      }
    }
    settings = next;
    isOff = next.isOff();
    times =
        next.overrides().stream()
            .map(one -> new Times(PromqlParser.parseSelector(one.matchers()), one.settleMs()))
            .toList();
    byLabels = new HashMap<>();
    sources = new ArrayList<>();
    numbers = new IntPages();
    arrivals = new LongPages();
    queue = newQueue();
    publish();
  }

  /// A sample was taken that came with what may be a part of a scrape. Shows what need not wait any
  /// more, and the sample itself where it need not.
  ///
  /// @param seq of the input
  public void arrived(int id, long timeMs, long seq, long nowMs, Shown shown) {
    ScrapeSource source = isOff ? null : source(id);
    if (source == null) {
      shown.show(id, timeMs);
      return;
    }
    if (source.isWaiting() && timeMs > source.pendingMs) {
      newer++;
      settle(source, shown);
    }
    if (source.isWaiting() ? timeMs < source.pendingMs : timeMs <= source.settledMs) {
      late++;
      shown.show(id, timeMs);
    } else if (waiting >= waitingMax) {
      overflow++;
      source.pendingMs = timeMs;
      settle(source, shown);
      shown.show(id, timeMs);
    } else {
      await(source, id, timeMs, seq, nowMs);
    }
  }

  private void await(ScrapeSource source, int id, long timeMs, long seq, long nowMs) {
    if (!source.isWaiting()) {
      source.pendingMs = timeMs;
      source.dueMs = nowMs + source.settleMs;
      enqueue(source);
    }
    source.add(id);
    arrivals.set(id, seq);
    waiting++;
  }

  private void enqueue(ScrapeSource source) {
    // One that is there already comes earlier than it has to, and is put in again then.
    if (source.queuedMs == NOTHING) {
      source.queuedMs = source.dueMs;
      queue.add(source);
    }
  }

  private void settle(ScrapeSource source, Shown shown) {
    source.settle();
    int count = source.count();
    for (int i = 0; i < count; i++) {
      arrivals.set(source.id(i), 0);
    }
    waiting -= count;
    source.forget();
    for (int i = 0; i < count; i++) {
      shown.show(source.id(i), source.settledMs);
    }
  }

  /// The step is done: shows the scrapes whose time is over.
  public void settleDue(long nowMs, Shown shown) {
    if (isOff) {
      return;
    }
    for (ScrapeSource first = queue.peek();
        first != null && first.queuedMs <= nowMs;
        first = queue.peek()) {
      queue.remove();
      first.queuedMs = NOTHING;
      if (first.isWaiting() && first.dueMs <= nowMs) {
        elapsed++;
        settle(first, shown);
      } else if (first.isWaiting()) {
        enqueue(first);
      }
    }
    publish();
  }

  /// When [#settleDue] is due although nothing arrives, or earlier; Unix milliseconds.
  public long deadlineMs() {
    ScrapeSource first = queue.peek();
    return first == null ? NOTHING : first.queuedMs;
  }

  /// All samples that wait, in no order.
  public void forEachWaiting(Shown visitor) {
    if (waiting == 0) {
      return;
    }
    for (ScrapeSource source : queue) {
      for (int i = 0; i < source.count(); i++) {
        visitor.show(source.id(i), source.pendingMs);
      }
    }
  }

  /// Whether there is anything that looks must not see yet.
  boolean hidesAny() {
    return waiting > 0;
  }

  /// Up to when a look for this rule may see samples of the series, Unix milliseconds;
  /// `Long.MAX_VALUE`: all.
  public long untilMs(int id, Watch watch) {
    if (waiting == 0) {
      return NOTHING;
    }
    long seq = arrivals.get(id);
    if (seq == 0) {
      return NOTHING;
    }
    long pendingMs = sources.get(numbers.get(id) - 1).pendingMs;
    return watch.hasSeen(seq, pendingMs) ? NOTHING : pendingMs - 1;
  }

  private @Nullable ScrapeSource source(int id) {
    int number = numbers.get(id);
    if (number == 0) {
      number = assign(id);
      numbers.set(id, number);
    }
    return number == NO_SOURCE ? null : sources.get(number - 1);
  }

  private int assign(int id) {
    if (!store.tenant(id).equals(tenant)) {
      return NO_SOURCE;
    }
    Labels labels = store.labels(id).only(settings.sourceLabels());
    ScrapeSource known = byLabels.get(labels);
    if (known != null) {
      return known.number + 1;
    }
    long settleMs = labels.isEmpty() ? 0 : settleMs(labels);
    if (settleMs == 0) {
      return NO_SOURCE;
    }
    if (sources.size() >= sourcesMax) {
      overflow++;
      return NO_SOURCE;
    }
    return create(labels, settleMs, id).number + 1;
  }

  private long settleMs(Labels labels) {
    for (Times one : times) {
      if (one.matchers.stream().allMatch(matcher -> matcher.accepts(labels))) {
        return one.settleMs;
      }
    }
    return settings.settleMs();
  }

  private ScrapeSource create(Labels labels, long settleMs, int id) {
    ScrapeSource source = new ScrapeSource(sources.size(), settleMs, id);
    sources.add(source);
    byLabels.put(labels, source);
    return source;
  }

  private void publish() {
    SettleStats next =
        new SettleStats(elapsed, newer, overflow, reload, late, waiting, sources.size());
    if (!next.equals(stats)) {
      stats = next;
    }
  }

  /// The series by which sources are known.
  public void forEachNamed(IntConsumer visitor) {
    for (ScrapeSource source : sources) {
      visitor.accept(source.firstId);
      for (int i = 0; i < source.count(); i++) {
        visitor.accept(source.id(i));
      }
    }
  }

  /// As after the last step. Any thread.
  public SettleStats stats() {
    return stats;
  }

  /// Writes what [#read] reads; the settings are in the rules.
  public void write(StateWriter out) throws IOException {
    out.number(sources.size());
    for (ScrapeSource source : sources) {
      out.number(source.firstId);
      out.number(source.settledMs);
      out.number(source.pendingMs);
      out.number(source.dueMs);
      out.number(source.count());
      for (int i = 0; i < source.count(); i++) {
        out.number(source.id(i));
        out.number(arrivals.get(source.id(i)));
      }
    }
  }

  /// What [#write] wrote, after [#configure]. Anything else is an [IOException].
  public void read(StateReader in) throws IOException {
    int count = in.count();
    for (int i = 0; i < count; i++) {
      int firstId = id(in);
      Labels labels = store.labels(firstId).only(settings.sourceLabels());
      if (byLabels.containsKey(labels)) {
        throw new IOException("not a checkpoint: the source " + labels + " twice");
      }
      ScrapeSource source = create(labels, settleMs(labels), firstId);
      source.settledMs = in.number();
      long pendingMs = in.number();
      long dueMs = in.number();
      read(in, source, pendingMs, dueMs);
    }
    publish();
  }

  private void read(StateReader in, ScrapeSource source, long pendingMs, long dueMs)
      throws IOException {
    source.pendingMs = pendingMs;
    source.dueMs = dueMs;
    int parts = in.count();
    for (int i = 0; i < parts; i++) {
      int id = id(in);
      long seq = in.number();
      if (!source.isWaiting() || seq <= 0 || source(id) != source) {
        throw new IOException("not a checkpoint: series " + id + " waits with another source");
      }
      source.add(id);
      arrivals.set(id, seq);
      waiting++;
    }
    if (source.isWaiting()) {
      enqueue(source);
    }
  }

  private int id(StateReader in) throws IOException {
    int id = in.integer();
    if (id < 0 || id >= store.idsEnd()) {
      throw new IOException("not a checkpoint: series " + id + " of " + store.idsEnd());
    }
    return id;
  }
}
