package dev.tocsin.bench.differential;

import dev.tocsin.bench.differential.answer.Answer;
import dev.tocsin.bench.differential.answer.ApiSide;
import dev.tocsin.bench.differential.answer.EvaluatorSide;
import dev.tocsin.bench.differential.answer.Question;
import dev.tocsin.bench.differential.answer.Side;
import dev.tocsin.bench.differential.data.Family;
import dev.tocsin.bench.differential.data.PlannedSeries;
import dev.tocsin.bench.http.HttpAnswer;
import dev.tocsin.bench.peer.PrometheusPeer;
import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.process.Await;
import dev.tocsin.bench.process.WorkFolder;
import dev.tocsin.bench.remotewrite.RemoteWriteSender;
import dev.tocsin.bench.remotewrite.TimedSample;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.data.SeriesData;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Prometheus and Tocsin with the same samples in them, written by remote write.
final class Sides implements AutoCloseable {
  /// Heap of the agent: queries here are larger than the shipped 48 MB are meant for.
  static final String JAVA_OPTIONS = "-Xmx256m";

  private static final int SAMPLES_OF_A_WRITE = 4000;
  private static final Duration SOON = Duration.ofSeconds(30);

  private final WorkFolder folder = WorkFolder.make("promql-diff");
  private final WorkFolder peerFolder = WorkFolder.make("promql-diff-peer");
  private final PrometheusPeer prometheus;
  private final ApiSide prometheusSide;
  private final @Nullable TocsinAgent agent;
  private final @Nullable ApiSide agentSide;
  private final Side evaluator;

  private Sides(Path program, List<Family> families, long baseMs, boolean withAgent) {
    prometheus =
        PrometheusPeer.start(
            program.toString(), peerFolder.path(), "{}\n", PrometheusPeer.EXPERIMENTAL);
    prometheusSide = new ApiSide(prometheus.address());
    agent = withAgent ? agent() : null;
    agentSide = agent == null ? null : new ApiSide(agent.address());
    evaluator = new EvaluatorSide(inMemory(families, baseMs));
  }

  private TocsinAgent agent() {
    return new TocsinAgent.Setup(
            folder.path(),
            Optional.of("host: {enabled: false}\n"),
            0,
            List.of(),
            Map.of("TOCSIN_SKIP_BUILD", "1", "TOCSIN_JAVA_OPTIONS", JAVA_OPTIONS),
            false)
        .start()
        .untilReady();
  }

  /// @param program Prometheus 3
  /// @param baseMs the end of the data
  /// @param withAgent without it Tocsin is its evaluator in this process
  static Sides start(Path program, List<Family> families, long baseMs, boolean withAgent)
      throws IOException {
    Sides sides = new Sides(program, families, baseMs, withAgent);
    List<TimedSample> samples = samples(families, baseMs);
    write(sides.prometheus.writeAddress(), samples);
    TocsinAgent agent = sides.agent;
    if (agent != null) {
      write(agent.writeAddress(), samples);
      for (Family family : families) {
        sides.awaitSamples(family, baseMs);
      }
    }
    return sides;
  }

  /// Waits until Tocsin counts as many samples as Prometheus does.
  private void awaitSamples(Family family, long baseMs) {
    String all = "sum(count_over_time({\"" + family.name() + "\"}[2h]))";
    Question question = Question.instant(all, baseMs + 60_000);
    Answer wanted = prometheusSide.ask(question);
    if (!wanted.hasResult()) {
      throw new IllegalStateException("Prometheus has no " + family.name() + ": " + wanted);
    }
    Await.until(
        "Tocsin has " + wanted + " of " + family.name() + " as Prometheus has",
        SOON,
        () -> tocsin().ask(question).equals(wanted));
  }

  private static List<TimedSample> samples(List<Family> families, long baseMs) {
    List<TimedSample> all = new ArrayList<>();
    for (Family family : families) {
      for (PlannedSeries one : family.series()) {
        for (int i = 0; i < one.timesMs().length; i++) {
          all.add(
              new TimedSample(
                  one.labels(), baseMs + one.timesMs()[i], one.values()[i], one.histogram(i)));
        }
      }
    }
    // Stable: both sides get to know the series in the same order.
    all.sort(Comparator.comparingLong(TimedSample::timeMs));
    return all;
  }

  private static void write(URI address, List<TimedSample> samples) throws IOException {
    try (RemoteWriteSender sender = RemoteWriteSender.open(address)) {
      int from = 0;
      while (from < samples.size()) {
        int to = end(samples, from);
        HttpAnswer answer = sender.send(samples.subList(from, to));
        if (answer.status() != 204) {
          throw new IllegalStateException(address + " answered a write with " + answer);
        }
        from = to;
      }
    }
  }

  /// Where a write has to stop: within one, Prometheus takes all floats of a series before its
  /// histograms, and then refuses those that are older.
  private static int end(List<TimedSample> samples, int from) {
    int max = Math.min(samples.size(), from + SAMPLES_OF_A_WRITE);
    Map<Labels, Boolean> isFloat = new HashMap<>();
    for (int i = from; i < max; i++) {
      boolean now = samples.get(i).histogram() == null;
      Boolean before = isFloat.put(samples.get(i).series(), now);
      if (before != null && before != now) {
        return i;
      }
    }
    return max;
  }

  private static List<SeriesData> inMemory(List<Family> families, long baseMs) {
    List<SeriesData> all = new ArrayList<>();
    for (Family family : families) {
      for (PlannedSeries one : family.series()) {
        long[] times = one.timesMs().clone();
        for (int i = 0; i < times.length; i++) {
          times[i] += baseMs;
        }
        all.add(
            new SeriesData(
                one.labels(), times, one.values(), one.histograms(), null, 0, times.length));
      }
    }
    // As the others came to know them.
    all.sort(Comparator.comparingLong(one -> one.timesMs()[0]));
    return all;
  }

  Side prometheus() {
    return prometheusSide;
  }

  /// The agent over HTTP, or the evaluator where there is none.
  Side tocsin() {
    return agentSide == null ? evaluator : agentSide;
  }

  /// What the agent has said so far.
  String agentLog() {
    return agent == null ? "" : agent.run().log();
  }

  /// Tocsin's evaluator in this process.
  Side evaluator() {
    return evaluator;
  }

  @Override
  public void close() {
    prometheusSide.close();
    if (agent != null && agentSide != null) {
      agentSide.close();
      agent.close();
    }
    prometheus.close();
    folder.close();
    peerFolder.close();
  }
}
