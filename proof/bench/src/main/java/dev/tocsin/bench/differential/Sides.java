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
import dev.tocsin.promql.data.SeriesData;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Prometheus and Tocsin with the same samples in them, written by remote write.
final class Sides implements AutoCloseable {
  /// Heap of the agent: queries here are larger than the shipped 48 MB are meant for.
  static final String JAVA_OPTIONS = "-Xmx256m";

  private static final int SAMPLES_OF_A_WRITE = 4000;
  private static final Duration SOON = Duration.ofSeconds(30);

  private final WorkFolder folder = WorkFolder.make("promql-diff");
  private final WorkFolder peerFolder = WorkFolder.make("promql-diff-peer");
  private final PrometheusPeer prometheus;
  private final TocsinAgent agent;
  private final ApiSide prometheusSide;
  private final ApiSide agentSide;
  private final Side evaluator;

  private Sides(Path program, List<Family> families, long baseMs) {
    prometheus =
        PrometheusPeer.start(program, peerFolder.path(), "{}\n", PrometheusPeer.EXPERIMENTAL);
    agent =
        new TocsinAgent.Setup(
                folder.path(),
                java.util.Optional.of("host: {enabled: false}\n"),
                0,
                List.of(),
                Map.of("TOCSIN_SKIP_BUILD", "1", "TOCSIN_JAVA_OPTIONS", JAVA_OPTIONS),
                false)
            .start()
            .untilReady();
    prometheusSide = new ApiSide(prometheus.address());
    agentSide = new ApiSide(agent.address());
    evaluator = new EvaluatorSide(inMemory(families, baseMs));
  }

  /// @param program Prometheus 3
  /// @param baseMs the end of the data
  static Sides start(Path program, List<Family> families, long baseMs) throws IOException {
    Sides sides = new Sides(program, families, baseMs);
    List<TimedSample> samples = samples(families, baseMs);
    write(sides.prometheus.writeAddress(), samples);
    write(sides.agent.writeAddress(), samples);
    Question all =
        Question.instant("sum(count_over_time({__name__=~\".+\"}[2h]))", baseMs + 60_000);
    Answer wanted = sides.prometheusSide.ask(all);
    Await.until(
        "Tocsin has what was written; Prometheus says " + wanted,
        SOON,
        () -> sides.agentSide.ask(all).equals(wanted));
    return sides;
  }

  private static List<TimedSample> samples(List<Family> families, long baseMs) {
    List<TimedSample> all = new ArrayList<>();
    for (Family family : families) {
      for (PlannedSeries one : family.series()) {
        for (int i = 0; i < one.timesMs().length; i++) {
          all.add(new TimedSample(one.labels(), baseMs + one.timesMs()[i], one.values()[i]));
        }
      }
    }
    // Stable: both sides get to know the series in the same order.
    all.sort(Comparator.comparingLong(TimedSample::timeMs));
    return all;
  }

  private static void write(URI address, List<TimedSample> samples) throws IOException {
    try (RemoteWriteSender sender = RemoteWriteSender.open(address)) {
      for (int from = 0; from < samples.size(); from += SAMPLES_OF_A_WRITE) {
        int to = Math.min(samples.size(), from + SAMPLES_OF_A_WRITE);
        HttpAnswer answer = sender.send(samples.subList(from, to));
        if (answer.status() != 204) {
          throw new IllegalStateException(address + " answered a write with " + answer);
        }
      }
    }
  }

  private static List<SeriesData> inMemory(List<Family> families, long baseMs) {
    List<SeriesData> all = new ArrayList<>();
    for (Family family : families) {
      for (PlannedSeries one : family.series()) {
        long[] times = one.timesMs().clone();
        for (int i = 0; i < times.length; i++) {
          times[i] += baseMs;
        }
        all.add(new SeriesData(one.labels(), times, one.values(), 0, times.length));
      }
    }
    // As the others came to know them.
    all.sort(Comparator.comparingLong(one -> one.timesMs()[0]));
    return all;
  }

  Side prometheus() {
    return prometheusSide;
  }

  /// The agent over HTTP.
  Side agent() {
    return agentSide;
  }

  /// Tocsin's evaluator in this process.
  Side evaluator() {
    return evaluator;
  }

  @Override
  public void close() {
    prometheusSide.close();
    agentSide.close();
    agent.close();
    prometheus.close();
    folder.close();
    peerFolder.close();
  }
}
