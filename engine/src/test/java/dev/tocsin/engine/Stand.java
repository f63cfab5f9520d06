package dev.tocsin.engine;

import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.input.RuleSet.RuleText;
import dev.tocsin.model.input.RuleSettings;
import dev.tocsin.model.input.RuleSettings.Mode;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.promql.eval.EvalOptions;
import dev.tocsin.promql.eval.Evaluator;
import dev.tocsin.promql.parse.PromqlParser;
import dev.tocsin.promql.value.Value;
import dev.tocsin.store.StoreLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An engine on a test stand: gives inputs their numbers and times, and writes series by their
/// labels. Slots are at whole multiples of the interval.
final class Stand {
  static final EngineOptions OPTIONS =
      EngineOptions.of(new StoreLimits(10_000, 4 << 20)).withSlots(EngineOptions.Slots.ALIGNED);

  Engine engine;
  final List<AlertEvent> events = new ArrayList<>();
  private final Map<Labels, Integer> refs = new HashMap<>();
  private int nextRef;
  private long seq;
  long nowMs;

  Stand() {
    this(OPTIONS);
  }

  Stand(EngineOptions options) {
    engine = new Engine(options);
  }

  /// On the grid alone.
  static RuleSet rules(String... files) {
    return rules(Mode.STRICT, files);
  }

  static RuleSet rules(Mode mode, String... files) {
    List<RuleText> texts = new ArrayList<>();
    for (String file : files) {
      texts.add(new RuleText("r" + texts.size() + ".yml", file));
    }
    return new RuleSet(texts, Labels.of("dc", "x"), "http://here", 60_000, 0)
        .with(RuleSettings.DEFAULT.withMode(mode));
  }

  /// A file with one group, interval 10 s; `rules` are its items.
  static String group(String rules) {
    return group("interval: 10s", rules);
  }

  static String group(String settings, String rules) {
    return "groups:\n  - name: g\n" + settings.indent(4) + "    rules:\n" + rules.strip().indent(6);
  }

  List<AlertEvent> step(Input input) {
    List<AlertEvent> now = engine.step(++seq, nowMs, input);
    events.addAll(now);
    return now;
  }

  void load(String... files) {
    step(new Input.Reload(rules(files)));
  }

  /// The same with both clocks.
  void stream(String... files) {
    step(new Input.Reload(rules(Mode.STREAM, files)));
  }

  /// One sample, at this time and received at this time, of `name, value, ...` labels.
  void sample(long timeMs, double value, String metric, String... labels) {
    Slab slab = new Slab();
    slab.add(0, timeMs, value);
    transaction(slab, metric, labels);
  }

  /// The same, of a whole label set.
  void sample(long timeMs, double value, Labels series) {
    Slab slab = new Slab();
    slab.add(0, timeMs, value);
    transaction(slab, series);
  }

  /// The same with a native histogram.
  void histogram(long timeMs, FloatHistogram histogram, String metric, String... labels) {
    Slab slab = new Slab();
    slab.addHistogram(0, timeMs, EncodedHistogram.of(histogram));
    transaction(slab, metric, labels);
  }

  /// @param slab with one sample, whatever its reference
  private void transaction(Slab slab, String metric, String... labels) {
    transaction(slab, Labels.of(labels).toBuilder().set(Labels.METRIC_NAME, metric).build());
  }

  private void transaction(Slab slab, Labels all) {
    List<SeriesDefinition> definitions = new ArrayList<>();
    Integer known = refs.get(all);
    int ref = known == null ? nextRef++ : known;
    if (known == null) {
      refs.put(all, ref);
      definitions.add(new SeriesDefinition(ref, Tenant.DEFAULT, all));
    }
    slab.refs[0] = ref;
    long receivedNanos = slab.timesMs[0] * 1_000_000 + 7;
    step(new Input.Transaction(Tenant.DEFAULT, receivedNanos, definitions, List.of(slab)));
  }

  /// A part of a scrape, received now: samples of this time, by `name a=b c=d`.
  List<AlertEvent> part(long timeMs, Map<String, Double> samples) {
    Slab slab = new Slab();
    List<SeriesDefinition> definitions = new ArrayList<>();
    new TreeMap<>(samples)
        .forEach(
            (text, value) -> {
              Labels labels = labels(text);
              Integer known = refs.get(labels);
              int ref = known == null ? nextRef++ : known;
              if (known == null) {
                refs.put(labels, ref);
                definitions.add(new SeriesDefinition(ref, Tenant.DEFAULT, labels));
              }
              slab.add(ref, timeMs, value);
            });
    return step(
        new Input.Transaction(
            Tenant.DEFAULT, nowMs * 1_000_000 + 7, true, definitions, List.of(slab)));
  }

  private static Labels labels(String text) {
    Labels.Builder labels = Labels.builder();
    String[] words = text.split(" ");
    labels.set(Labels.METRIC_NAME, words[0]);
    for (int i = 1; i < words.length; i++) {
      int at = words[i].indexOf('=');
      labels.set(words[i].substring(0, at), words[i].substring(at + 1));
    }
    return labels.build();
  }

  /// Has series forgotten that got no sample for so long. Returns how many came from outside.
  int expire(long keepMs) {
    IdleSeries idle = engine.idle(nowMs, keepMs, 1000);
    List<Integer> gone = Arrays.stream(idle.refs()).boxed().toList();
    refs.values().removeAll(new HashSet<>(gone));
    step(new Input.Expire(gone, nowMs - keepMs));
    return gone.size();
  }

  /// Lets the time come to this.
  List<AlertEvent> tick(long atMs) {
    nowMs = atMs;
    return step(new Input.Tick());
  }

  void restart(long atMs) {
    restore();
    nowMs = atMs;
    step(new Input.Restarted());
  }

  /// Goes on with a copy of the engine.
  void restore() {
    engine = copy(bytes());
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      engine.checkpoint(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  static Engine copy(byte[] bytes) {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      Engine engine = Engine.restore(in, OPTIONS);
      if (in.read() >= 0) {
        throw new AssertionError("the checkpoint was not read to its end");
      }
      return engine;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// The result of an instant query, sorted: `labels value`, or `labels histogram`.
  List<String> query(String text, long timeMs) {
    Value value =
        new Evaluator(engine.source(Tenant.DEFAULT), EvalOptions.DEFAULT)
            .instant(PromqlParser.parse(text), timeMs)
            .value();
    return ((Value.Vector) value)
        .elements().stream().map(one -> one.labels() + " " + text(one)).sorted().toList();
  }

  private static String text(Value.Element element) {
    FloatHistogram histogram = element.histogram();
    return histogram == null ? Double.toString(element.value()) : histogram.toString();
  }

  EngineView.Rule rule(int index) {
    return engine.view().groups().getFirst().rules().get(index);
  }

  /// `KIND alertname` of what was told, and forgets it.
  List<String> told() {
    List<String> told = events.stream().map(event -> event.kind() + " " + event.labels()).toList();
    events.clear();
    return told;
  }
}
