package dev.tocsin.agent.api;

import dev.tocsin.model.json.JsonWriter;
import dev.tocsin.promql.eval.SampleCounts;

/// What a query took: the member `stats` of its answer. Selecting, evaluating and sorting are one
/// here, so preparation and sorting take no time of their own.
///
/// @param startMs Unix milliseconds of the first step
/// @param perStep whether each step is told too
record QueryStats(
    long queuedNanos,
    long evaluationNanos,
    SampleCounts samples,
    long startMs,
    long stepMs,
    boolean perStep) {
  void write(JsonWriter json) {
    json.beginObject().name("timings").beginObject();
    json.field("evalTotalTime", evaluationNanos / 1e9).field("resultSortTime", 0L);
    json.field("queryPreparationTime", 0L).field("innerEvalTime", evaluationNanos / 1e9);
    json.field("execQueueTime", queuedNanos / 1e9);
    json.field("execTotalTime", (queuedNanos + evaluationNanos) / 1e9).endObject();
    json.name("samples").beginObject();
    if (perStep) {
      steps(json.name("totalQueryableSamplesPerStep"), samples.totalPerStep());
    }
    json.field("totalQueryableSamples", samples.total());
    if (perStep) {
      steps(json.name("samplesReadPerStep"), samples.readPerStep());
    }
    json.field("samplesRead", samples.read()).field("peakSamples", samples.peak());
    json.endObject().endObject();
  }

  private void steps(JsonWriter json, long[] counts) {
    json.beginArray();
    for (int i = 0; i < counts.length; i++) {
      json.beginArray().seconds(startMs + i * stepMs).value(counts[i]).endArray();
    }
    json.endArray();
  }
}
