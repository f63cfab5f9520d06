package dev.tocsin.bench.crash.sent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bench.remotewrite.TimedSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whatever is wrong with what is stored is found.
class NumberedSenderTest {
  private final NumberedSender sender = new NumberedSender("s", 1000, new SplittableRandom(1));
  private final List<NumberedRequest> requests = new ArrayList<>();

  @BeforeEach
  void send() {
    for (int i = 0; i < 5; i++) {
      NumberedRequest request = sender.next(600, 1000 + i);
      requests.add(request);
      if (i < 4) {
        request.acknowledged();
      }
    }
  }

  private static List<StoredSeries> stored(List<TimedSample> samples) {
    return samples.stream()
        .collect(java.util.stream.Collectors.groupingBy(it -> it.series().get("series")))
        .entrySet()
        .stream()
        .map(
            it ->
                new StoredSeries(
                    it.getKey(),
                    it.getValue().stream().mapToLong(TimedSample::timeMs).toArray(),
                    it.getValue().stream().mapToDouble(TimedSample::value).toArray()))
        .toList();
  }

  /// The samples of the first so many requests.
  private List<TimedSample> sent(int count) {
    List<TimedSample> all = new ArrayList<>();
    requests.subList(0, count).forEach(request -> all.addAll(request.samples()));
    return all;
  }

  @Test
  void whatWasAcknowledgedMayBeAllThatIsThere() {
    Verdict verdict = sender.check(stored(sent(4)), 0);
    assertThat(verdict.isGood()).isTrue();
    assertThat(verdict.looked()).isEqualTo(2400);
    assertThat(verdict.unansweredGone()).isEqualTo(1);
  }

  @Test
  void aRequestWithoutAnAnswerMayBeThereAsAWhole() {
    Verdict verdict = sender.check(stored(sent(5)), 0);
    assertThat(verdict.isGood()).isTrue();
    assertThat(verdict.unansweredThere()).isEqualTo(1);
  }

  @Test
  void aPartOfARequestIsFound() {
    Verdict verdict = sender.check(stored(sent(5).subList(0, 2401)), 0);
    assertThat(verdict.isGood()).isFalse();
    assertThat(verdict.halves()).isEqualTo(1);
    assertThat(verdict.findings().toString()).contains("1 of 600 samples of a request without");
  }

  @Test
  void aMissingSampleIsFound() {
    List<TimedSample> all = sent(4);
    all.remove(700);
    Verdict verdict = sender.check(stored(all), 0);
    assertThat(verdict.isGood()).isFalse();
    assertThat(verdict.missing()).isEqualTo(1);
    assertThat(sender.check(stored(List.of()), 0).missing()).isEqualTo(2400);
  }

  @Test
  void aSampleThatIsThereTwiceIsFound() {
    List<StoredSeries> all = new ArrayList<>(stored(sent(4)));
    StoredSeries one = all.removeFirst();
    int count = one.timesMs().length;
    long[] times = Arrays.copyOf(one.timesMs(), count + 1);
    double[] values = Arrays.copyOf(one.values(), count + 1);
    times[count] = times[count - 1];
    values[count] = values[count - 1];
    all.add(new StoredSeries(one.series(), times, values));
    Verdict verdict = sender.check(all, 0);
    assertThat(verdict.isGood()).isFalse();
    assertThat(verdict.twice()).isEqualTo(1);
  }

  @Test
  void anotherValueAndASampleThatNobodySentAreFound() {
    List<TimedSample> all = sent(4);
    TimedSample first = all.getFirst();
    all.set(0, new TimedSample(first.series(), first.timeMs(), first.value() + 1));
    TimedSample last = all.getLast();
    all.add(new TimedSample(last.series(), last.timeMs() + 50, 3));
    Verdict verdict = sender.check(stored(all), 0);
    assertThat(verdict.isGood()).isFalse();
    assertThat(verdict.strange()).isEqualTo(2);
    assertThat(verdict.missing()).isEqualTo(1);
  }

  @Test
  void whatIsTooOldIsLookedForNoMore() {
    long middleMs = requests.get(2).samples().getFirst().timeMs();
    List<TimedSample> late = sent(4).stream().filter(it -> it.timeMs() > middleMs).toList();
    Verdict verdict = sender.check(stored(late), middleMs);
    assertThat(verdict.isGood()).isTrue();
    assertThat(verdict.looked()).isEqualTo(late.size()).isPositive().isLessThan(2400);
    sender.forgetThrough(middleMs);
    assertThat(sender.check(stored(late), middleMs).looked()).isEqualTo(late.size());
  }

  @Test
  void noSampleOfASeriesHasTheTimeOfAnother() {
    List<StoredSeries> all = stored(sent(5));
    for (StoredSeries one : all) {
      assertThat(one.timesMs()).isSorted().doesNotHaveDuplicates();
      assertThat(one.values()).isSorted().doesNotHaveDuplicates();
    }
  }
}
