package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.data.Matcher;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// info: an element gets the labels of the info series of the same `instance` and `job`, those
/// asked for or all. Of several info series the newest counts. Source: Prometheus, promql/info.go.
final class InfoNode implements VectorNode {
  private static final List<String> IDENTIFYING = List.of("instance", "job");
  private static final List<String> SIGNATURE = List.of("instance", "job", Labels.METRIC_NAME);

  private final VectorNode base;
  private final InstantSelector infos;
  private final List<Matcher> nameMatchers;
  private final List<Matcher> dataMatchers;
  private final Set<String> wanted = new HashSet<>();

  /// By signature: the index of the newest.
  private final Map<Labels, Integer> newest = new HashMap<>();

  private final Set<String> names = new LinkedHashSet<>();
  private final Samples out = new Samples();

  /// @param infos the info series
  /// @param dataMatchers whose labels are wanted; all where there are none
  InfoNode(
      VectorNode base,
      InstantSelector infos,
      List<Matcher> nameMatchers,
      List<Matcher> dataMatchers) {
    this.base = base;
    this.infos = infos;
    this.nameMatchers = nameMatchers;
    this.dataMatchers = dataMatchers;
    for (Matcher matcher : dataMatchers) {
      wanted.add(matcher.name());
    }
  }

  @Override
  public Samples at(long timeMs) {
    Samples in = base.at(timeMs);
    out.clear();
    if (in.isEmpty()) {
      return out;
    }
    Samples found = infos.timestampsAt(timeMs);
    index(found, in);
    for (int i = 0; i < in.size(); i++) {
      Labels labels = in.labels(i);
      if (isInfo(labels)) {
        out.add(in, i);
      } else {
        enrich(in, i, found);
      }
    }
    out.requireUnique();
    return out;
  }

  private boolean isInfo(Labels labels) {
    String name = labels.metricName();
    for (Matcher matcher : nameMatchers) {
      if (!matcher.accepts(name)) {
        return false;
      }
    }
    return true;
  }

  /// Only info series about some element count.
  private void index(Samples found, Samples in) {
    newest.clear();
    names.clear();
    Map<String, Set<String>> known = new HashMap<>();
    for (int i = 0; i < in.size(); i++) {
      Labels labels = in.labels(i);
      if (!isInfo(labels)) {
        for (String name : IDENTIFYING) {
          if (labels.has(name)) {
            known.computeIfAbsent(name, _ -> new HashSet<>()).add(labels.get(name));
          }
        }
      }
    }
    if (known.isEmpty()) {
      return;
    }
    for (int i = 0; i < found.size(); i++) {
      Labels labels = found.labels(i);
      if (known.entrySet().stream()
          .allMatch(entry -> entry.getValue().contains(labels.get(entry.getKey())))) {
        keepNewest(found, i);
      }
    }
  }

  private void keepNewest(Samples found, int index) {
    Labels labels = found.labels(index);
    if (found.isHistogram(index)) {
      throw EvalException.execution(
          "this should be an info metric, with float samples: " + LabelText.of(labels));
    }
    names.add(labels.metricName());
    Integer before = newest.putIfAbsent(labels.only(SIGNATURE), index);
    if (before == null) {
      return;
    }
    double time = found.value(index);
    double timeBefore = found.value(before);
    if (time == timeBefore) {
      throw EvalException.execution(
          "found duplicate series for info metric: existing "
              + LabelText.of(found.labels(before))
              + " @ "
              + Math.round(timeBefore * 1000)
              + ", new "
              + LabelText.of(labels)
              + " @ "
              + Math.round(time * 1000));
    }
    if (time > timeBefore) {
      newest.put(labels.only(SIGNATURE), index);
    }
  }

  private void enrich(Samples in, int index, Samples found) {
    Labels labels = in.labels(index);
    Labels identifying = labels.only(IDENTIFYING);
    Labels.Builder added = Labels.builder();
    boolean matched = false;
    for (String name : names) {
      Labels signature = identifying.toBuilder().set(Labels.METRIC_NAME, name).build();
      Integer info = newest.get(signature);
      if (info != null) {
        matched = true;
        found.labels(info).forEach((label, value) -> add(added, labels, label, value));
      }
    }
    if (matched || dataMatchers.stream().allMatch(matcher -> matcher.accepts(""))) {
      Labels all = labels.toBuilder().setAll(added.build()).build();
      out.add(all, in.value(index), in.histogram(index), in.dropsName(index));
    }
  }

  private void add(Labels.Builder added, Labels base, String label, String value) {
    if (label.equals(Labels.METRIC_NAME) || (!wanted.isEmpty() && !wanted.contains(label))) {
      return;
    }
    String before = added.get(label);
    if (!before.isEmpty() && !before.equals(value)) {
      throw EvalException.execution("conflicting label: " + label);
    }
    if (!base.has(label)) {
      added.set(label, value);
    }
  }
}
