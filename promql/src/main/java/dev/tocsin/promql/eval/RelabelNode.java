package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;

/// label_replace and label_join: other labels, the same values. A metric name written by them
/// stays.
final class RelabelNode implements VectorNode {
  private final Run run;
  private final VectorNode inner;
  private final Relabelling rule;
  private final LabelMapping mapping;
  private final boolean writesName;
  private final Samples out = new Samples();

  RelabelNode(Run run, VectorNode inner, Relabelling rule, String target, Timeline timeline) {
    this.run = run;
    this.inner = inner;
    this.rule = rule;
    this.mapping = new LabelMapping(timeline, rule::apply);
    this.writesName = target.equals(Labels.METRIC_NAME);
  }

  @Override
  public Samples at(long timeMs) {
    Samples in = inner.at(timeMs);
    out.clear();
    for (int i = 0; i < in.size(); i++) {
      run.poll(); // a regular expression may take its time for each
      Labels labels = in.labels(i);
      boolean named = writesName && in.dropsName(i) && rule.writes(labels);
      boolean drops = in.dropsName(i) && !named;
      out.add(mapping.of(labels), in.value(i), in.histogram(i), drops);
    }
    out.requireUnique();
    return out;
  }
}
