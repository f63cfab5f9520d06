package dev.tocsin.promql.eval.window;

/// Takes what a function has to say about the samples it met: the warnings and infos of Prometheus.
public interface Remarks {
  /// Hears nothing.
  Remarks NONE = new Ignored();

  /// The name of the metric looked at; empty where it has none.
  String metric();

  void warn(String text);

  void inform(String text);

  /// A sample says to have started before the one in front of it was taken.
  void startTimeOverlaps();

  /// What nobody wants to know.
  record Ignored() implements Remarks {
    @Override
    public String metric() {
      return "";
    }

    @Override
    public void warn(String text) {}

    @Override
    public void inform(String text) {}

    @Override
    public void startTimeOverlaps() {}
  }
}
