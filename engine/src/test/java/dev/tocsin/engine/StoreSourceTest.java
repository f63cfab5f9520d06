package dev.tocsin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.eval.EvalException;
import dev.tocsin.store.Store;
import dev.tocsin.store.StoreLimits;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreSourceTest {
  private static Store store() {
    Store store = new Store(new StoreLimits(10, 1 << 20));
    for (String job : List.of("a", "b")) {
      int id = store.intern(Tenant.DEFAULT, Labels.of("__name__", "up", "job", job));
      store.append(id, 1000, 1);
      store.append(id, 2000, 1);
    }
    return store;
  }

  /// Two series of two samples.
  private static final int READ_ALL = 2 * (2 + StoreSource.SERIES_SAMPLES);

  private static StoreSource source(long samplesMax) {
    return new StoreSource(store(), Tenant.DEFAULT, samplesMax, () -> false);
  }

  @Test
  void aSelectionThatReadsTooMuchIsRefused() {
    assertThat(source(READ_ALL).select(List.of(), 0, 3000)).hasSize(2);
    StoreSource narrow = source(READ_ALL - 1);
    assertThatThrownBy(() -> narrow.select(List.of(), 0, 3000))
        .isInstanceOf(EvalException.class)
        .hasMessageContaining("too many samples into memory");
    assertThat(source(READ_ALL - 2).select(List.of(), 1500, 3000)).hasSize(2);
  }

  @Test
  void theSelectionsOfOneQueryReadTogether() {
    StoreSource source = source(READ_ALL);
    source.select(List.of(Matcher.equal("job", "a")), 0, 3000);
    source.select(List.of(Matcher.equal("job", "a")), 0, 3000);
    assertThatThrownBy(() -> source.select(List.of(Matcher.equal("job", "a")), 0, 3000))
        .isInstanceOf(EvalException.class)
        .hasMessageContaining("too many samples into memory");
  }

  @Test
  void aSelectionEndsWhenItsQueryIsCancelled() {
    boolean[] cancelled = {false};
    StoreSource source = new StoreSource(store(), Tenant.DEFAULT, 1000, () -> cancelled[0]);
    source.select(List.of(), 0, 3000);
    cancelled[0] = true;
    assertThatThrownBy(() -> source.select(List.of(), 0, 3000))
        .isInstanceOf(EvalException.class)
        .hasMessageContaining("query was canceled");
  }
}
