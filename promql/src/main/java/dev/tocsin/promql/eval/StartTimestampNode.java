package dev.tocsin.promql.eval;

/// start_timestamp: since when the sample of a selector has been counting; Unix seconds, 0 where
/// unknown.
final class StartTimestampNode implements VectorNode {
  private final InstantSelector selector;
  private final NameRemoval names;
  private final Samples out = new Samples();

  StartTimestampNode(InstantSelector selector, NameRemoval names) {
    this.selector = selector;
    this.names = names;
  }

  @Override
  public Samples at(long timeMs) {
    Samples in = selector.startTimestampsAt(timeMs);
    out.clear();
    for (int i = 0; i < in.size(); i++) {
      out.add(names.of(in.labels(i)), in.value(i), true);
    }
    names.finish(out);
    return out;
  }
}
