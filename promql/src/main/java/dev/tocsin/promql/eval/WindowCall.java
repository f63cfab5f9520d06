package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.eval.window.Window;
import dev.tocsin.promql.eval.window.WindowFunction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A function of a range vector, as `rate(x[5m])`.
final class WindowCall implements VectorNode {
  /// Looks at the scalar arguments before they are used.
  @FunctionalInterface
  interface Check {
    Check NONE = _ -> {};

    void check(double[] scalars);
  }

  /// Told of each series that has a result.
  @FunctionalInterface
  interface Watch {
    Watch NONE = _ -> {};

    void sees(Labels labels);
  }

  private final Run run;
  private final RangeInput input;
  private final WindowFunction function;
  private final List<ScalarNode> arguments;
  private final boolean keepsName;
  private final NameRemoval names;
  private final Check check;
  private final Watch watch;
  private final double[] scalars;
  private final Samples out = new Samples();

  /// Which series first had labels once its name was removed.
  private final Map<Labels, Labels> owners = new HashMap<>();

  WindowCall(
      Run run,
      RangeInput input,
      WindowFunction function,
      List<ScalarNode> arguments,
      boolean keepsName,
      NameRemoval names,
      Check check,
      Watch watch) {
    this.run = run;
    this.input = input;
    this.function = function;
    this.arguments = arguments;
    this.keepsName = keepsName;
    this.names = names;
    this.check = check;
    this.watch = watch;
    this.scalars = new double[arguments.size()];
  }

  @Override
  public Samples at(long timeMs) {
    out.clear();
    for (int i = 0; i < scalars.length; i++) {
      scalars[i] = arguments.get(i).at(timeMs);
    }
    input.aim(timeMs);
    List<Track> tracks = input.tracks();
    boolean checked = false;
    for (int i = 0; i < tracks.size(); i++) {
      Track track = tracks.get(i);
      run.poll();
      Window window = input.window(track);
      if (window.count() == 0) {
        continue;
      }
      run.use(window.count());
      run.tally().inWindow(window.count(), input.fresh(window));
      if (!checked) {
        check.check(scalars);
        checked = true;
      }
      double result = function.apply(window, scalars);
      if (!WindowFunction.isNone(result)) {
        add(track, result);
      }
    }
    return out;
  }

  private void add(Track track, double result) {
    Labels source = track.labels();
    boolean drops = !keepsName || track.dropsName();
    Labels labels = drops ? names.of(source) : source;
    // Two series of the same labels are an error even where they never meet at one step.
    if (!labels.equals(source)) {
      Labels owner = owners.putIfAbsent(labels, source);
      if (owner != null && !owner.equals(source)) {
        throw Samples.sameLabels();
      }
    }
    watch.sees(source);
    out.add(labels, result, drops);
  }
}
