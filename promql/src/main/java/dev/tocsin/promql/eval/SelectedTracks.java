package dev.tocsin.promql.eval;

import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.data.SeriesData;
import dev.tocsin.promql.data.SeriesSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The series of a range selector, without stale markers.
///
/// @param statsOnly whether buckets of histograms are not needed
/// @param fromMs the earliest time looked at; Unix milliseconds
/// @param toMs the latest, inclusive
record SelectedTracks(
    SeriesSource source, List<Matcher> matchers, boolean statsOnly, long fromMs, long toMs)
    implements RangeInput.TrackSource {
  @Override
  public List<Track> all() {
    List<Track> tracks = new ArrayList<>();
    for (SeriesData data : source.select(matchers, fromMs, toMs)) {
      tracks.add(track(data));
    }
    return tracks;
  }

  @Override
  public void forEach(Predicate<Track> visitor) {
    source.forEach(matchers, fromMs, toMs, data -> visitor.test(track(data)));
  }

  private Track track(SeriesData data) {
    Track track = Track.withoutMarkers(data);
    return statsOnly ? track.withoutBuckets() : track;
  }
}
