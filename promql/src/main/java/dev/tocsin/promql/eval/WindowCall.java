package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.eval.window.MixedFunction;
import dev.tocsin.promql.eval.window.Outcome;
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
    Check NONE = (_, _) -> true;

    /// Returns whether that was enough for this step.
    ///
    /// @param floats whether the window they are first used with holds floats
    boolean check(double[] scalars, boolean floats);
  }

  /// Told of each series that has a number as result.
  @FunctionalInterface
  interface Watch {
    Watch NONE = _ -> {};

    void sees(Labels labels);
  }

  private final Run run;
  private final RangeInput input;
  private final WindowFunction function;
  private final MixedFunction mixed;
  private final SeriesRemarks remarks;
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
      MixedFunction mixed,
      SeriesRemarks remarks,
      List<ScalarNode> arguments,
      boolean keepsName,
      NameRemoval names,
      Check check,
      Watch watch) {
    this.run = run;
    this.input = input;
    this.function = function;
    this.mixed = mixed;
    this.remarks = remarks;
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
      remarks.about(track.labels());
      boolean floats = window.histogramCount() < window.count();
      checked = checked || check.check(scalars, floats);
      if (window.histogramCount() > 0) {
        addMixed(track, window);
        continue;
      }
      run.use(window.count());
      double result = function.apply(window, scalars);
      if (!WindowFunction.isNone(result)) {
        boolean drops = !keepsName || track.dropsName();
        watch.sees(track.labels());
        out.add(labels(track.labels(), drops), result, drops);
      }
    }
    return out;
  }

  private void addMixed(Track track, Window window) {
    run.use(input.weight(track));
    Outcome outcome = mixed.apply(window, scalars);
    if (outcome == null) {
      return;
    }
    if (outcome.histogram() == null) {
      watch.sees(track.labels());
    }
    boolean drops = !keepsName || track.dropsName();
    out.add(labels(track.labels(), drops), outcome.value(), outcome.histogram(), drops);
  }

  private Labels labels(Labels source, boolean drops) {
    Labels labels = drops ? names.of(source) : source;
    // Two series of the same labels are an error even where they never meet at one step.
    if (!labels.equals(source)) {
      Labels owner = owners.putIfAbsent(labels, source);
      if (owner != null && !owner.equals(source)) {
        throw Samples.sameLabels();
      }
    }
    return labels;
  }
}
