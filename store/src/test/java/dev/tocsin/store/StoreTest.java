package dev.tocsin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import org.junit.jupiter.api.Test;

class StoreTest {
  private static final Tenant OTHER = new Tenant("other");
  private static final Labels UP = Labels.of("__name__", "up", "job", "node");

  private final Store store = new Store(new StoreLimits(3, 1 << 20));

  @Test
  void idsAreDenseInOrderOfCreationPerTenant() {
    assertThat(store.find(Tenant.DEFAULT, UP)).isEqualTo(-1);
    assertThat(store.intern(Tenant.DEFAULT, UP)).isZero();
    assertThat(store.intern(OTHER, UP)).isEqualTo(1);
    assertThat(store.intern(Tenant.DEFAULT, Labels.empty())).isEqualTo(2);
    assertThat(store.intern(Tenant.DEFAULT, UP)).isZero();
    assertThat(store.find(OTHER, UP)).isEqualTo(1);
    assertThat(store.seriesCount()).isEqualTo(3);
    assertThat(store.labels(0)).isEqualTo(UP);
    assertThat(store.labels(2)).isEqualTo(Labels.empty());
    assertThat(store.tenant(1)).isEqualTo(OTHER);
    assertThat(store.ids(Tenant.DEFAULT)).containsExactly(0, 2);
    assertThat(store.ids(OTHER, "job", "node")).containsExactly(1);
  }

  @Test
  void aTenantSeesNothingOfAnother() {
    store.intern(OTHER, UP);
    assertThat(store.ids(Tenant.DEFAULT)).isEmpty();
    assertThat(store.ids(Tenant.DEFAULT, "job", "node")).isEmpty();
    assertThat(store.labelNames(Tenant.DEFAULT)).isEmpty();
    assertThat(store.labelValues(Tenant.DEFAULT, "job")).isEmpty();
    assertThat(store.labelNames(OTHER)).containsExactly("__name__", "job");
    assertThat(store.labelValues(OTHER, "job")).containsExactly("node");
  }

  @Test
  void beyondTheLimitNewSeriesAreRefusedAndCounted() {
    for (int i = 0; i < 3; i++) {
      store.intern(Tenant.DEFAULT, Labels.of("i", "" + i));
    }
    assertThat(store.intern(Tenant.DEFAULT, UP)).isEqualTo(-1);
    assertThat(store.intern(Tenant.DEFAULT, Labels.of("i", "1"))).isEqualTo(1);
    assertThat(store.stats().seriesRefused()).isEqualTo(1);
    assertThat(store.stats().series()).isEqualTo(3);
    assertThat(store.labelNames(Tenant.DEFAULT)).containsExactly("i");
  }

  @Test
  void aSampleThatIsNotNewerChangesNothing() {
    int id = store.intern(Tenant.DEFAULT, UP);
    assertThat(store.append(id, 1000, 1)).isTrue();
    assertThat(store.append(id, 1000, 2)).isFalse();
    assertThat(store.append(id, 999, 2)).isFalse();
    assertThat(store.lastTimeMs(id)).isEqualTo(1000);
    assertThat(store.lastValue(id)).isEqualTo(1);
    assertThat(store.stats()).isEqualTo(new StoreStats(1, 0, 1, 2, 1, 0, 0));
  }

  @Test
  void aStaleMarkerStaysOneInWindowAndChunk() {
    int id = store.intern(Tenant.DEFAULT, UP);
    for (int i = 0; i < 1000; i++) {
      store.append(id, i, StaleMarker.VALUE);
    }
    Samples samples = store.read(id, 0, 1000);
    assertThat(samples.count()).isEqualTo(1000);
    for (double value : samples.values()) {
      assertThat(StaleMarker.is(value)).isTrue();
    }
    assertThat(StaleMarker.is(store.lastValue(id))).isTrue();
  }

  @Test
  void theNewestSamplesAreLentWithoutACopy() {
    int id = store.intern(Tenant.DEFAULT, UP);
    for (int i = 0; i < 1000; i++) {
      store.append(id, i, i);
    }
    Samples lent = store.lend(id, 980, 2000);
    assertThat(lent.count()).isEqualTo(20);
    assertThat(lent.values()[lent.from()]).isEqualTo(980);
    assertThat(store.lend(id, 990, 995).timesMs()).isSameAs(lent.timesMs());
    assertThat(store.lend(id, 5, 995).count()).isEqualTo(991);
  }

  @Test
  void whatWasReadDoesNotChange() {
    int id = store.intern(Tenant.DEFAULT, UP);
    store.append(id, 0, 0);
    Samples read = store.read(id, 0, Long.MAX_VALUE);
    for (int i = 1; i < 1000; i++) {
      store.append(id, i, i);
    }
    assertThat(read.count()).isEqualTo(1);
    assertThat(read.values()[read.from()]).isZero();
  }

  @Test
  void theExtremesOfTimeArePossible() {
    int id = store.intern(Tenant.DEFAULT, UP);
    store.append(id, Long.MIN_VALUE, 1);
    for (int i = 0; i < 200; i++) {
      store.append(id, i, 2);
    }
    store.append(id, Long.MAX_VALUE, 3);
    assertThat(store.read(id, Long.MIN_VALUE, Long.MAX_VALUE).count()).isEqualTo(202);
    assertThat(store.read(id, Long.MAX_VALUE, Long.MAX_VALUE).count()).isEqualTo(1);
    assertThat(store.read(id, Long.MIN_VALUE, -1).count()).isEqualTo(1);
    assertThat(store.read(id, 10, 5).count()).isZero();
  }

  @Test
  void anUnknownIdIsRefused() {
    store.intern(Tenant.DEFAULT, UP);
    assertThatThrownBy(() -> store.append(1, 0, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> store.read(-1, 0, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> store.labels(1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void limitsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new StoreLimits(0, 1)).hasMessageContaining("seriesMax");
    assertThatThrownBy(() -> new StoreLimits(1 << 30, 1)).hasMessageContaining("seriesMax");
    assertThatThrownBy(() -> new StoreLimits(1, -1)).hasMessageContaining("historyBytesMax");
    assertThatThrownBy(() -> new StoreLimits(1, 1, -1)).hasMessageContaining("windowBytesMax");
  }

  @Test
  void windowsShrinkAsSeriesGetMore() {
    assertThat(SampleMemory.windowSamples(1, StoreLimits.WINDOW_BYTES)).isEqualTo(128);
    assertThat(SampleMemory.windowSamples(6144, StoreLimits.WINDOW_BYTES)).isEqualTo(128);
    assertThat(SampleMemory.windowSamples(6145, StoreLimits.WINDOW_BYTES)).isEqualTo(64);
    assertThat(SampleMemory.windowSamples(49_152, StoreLimits.WINDOW_BYTES)).isEqualTo(16);
    assertThat(SampleMemory.windowSamples(49_153, StoreLimits.WINDOW_BYTES)).isEqualTo(8);
    assertThat(SampleMemory.windowSamples(1_000_000, StoreLimits.WINDOW_BYTES)).isEqualTo(8);
    assertThat(SampleMemory.windowSamples(100_000, 128L << 20)).isEqualTo(64);
    assertThat(SampleMemory.windowSamples(2, 0)).isEqualTo(8);
  }
}
