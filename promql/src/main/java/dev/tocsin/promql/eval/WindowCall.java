package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.eval.window.Window;
import dev.tocsin.promql.eval.window.WindowFunction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A function of a range vector, as `rate(x[5m])`.
final class WindowCall implements SeriesMajor {
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
  private final Timeline timeline;
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
      Timeline timeline,
      RangeInput input,
      WindowFunction function,
      List<ScalarNode> arguments,
      boolean keepsName,
      NameRemoval names,
      Check check,
      Watch watch) {
    this.run = run;
    this.timeline = timeline;
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
  public boolean forEachSeries(SeriesVisitor visitor) {
    double[][] arguments = argumentsByStep();
    double[] results = new double[arguments.length];
    boolean[] floats = {true};
    input.forEachTrack(
        track -> {
          run.poll();
          if (fill(track, arguments, results)) {
            visitor.visit(labels(track), drops(track), results);
          }
          return floats[0];
        });
    return floats[0];
  }

  /// The scalar arguments at each step: they want to be asked in the order of time.
  private double[][] argumentsByStep() {
    double[][] all = new double[(int) timeline.steps()][];
    for (int step = 0; step < all.length; step++) {
      long timeMs = timeline.startMs() + step * timeline.stepMs();
      all[step] = arguments.stream().mapToDouble(argument -> argument.at(timeMs)).toArray();
    }
    return all;
  }

  /// Whether there is any result.
  private boolean fill(Track track, double[][] arguments, double[] results) {
    boolean any = false;
    long timeMs = timeline.startMs();
    for (int step = 0; step < results.length; step++) {
      input.aim(timeMs);
      Window window = input.window(track);
      results[step] = WindowFunction.NONE;
      if (window.count() > 0) {
        run.use(window.count());
        check.check(arguments[step]);
        results[step] = function.apply(window, arguments[step]);
        any |= !WindowFunction.isNone(results[step]);
      }
      timeMs += timeline.stepMs();
    }
    return any;
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
      if (!checked) {
        check.check(scalars);
        checked = true;
      }
      double result = function.apply(window, scalars);
      if (!WindowFunction.isNone(result)) {
        out.add(labels(track), result, drops(track));
      }
    }
    return out;
  }

  private boolean drops(Track track) {
    return !keepsName || track.dropsName();
  }

  private Labels labels(Track track) {
    Labels source = track.labels();
    Labels labels = drops(track) ? names.of(source) : source;
    // Two series of the same labels are an error even where they never meet at one step.
    if (!labels.equals(source)) {
      Labels owner = owners.putIfAbsent(labels, source);
      if (owner != null && !owner.equals(source)) {
        throw Samples.sameLabels();
      }
    }
    watch.sees(source);
    return labels;
  }
}
