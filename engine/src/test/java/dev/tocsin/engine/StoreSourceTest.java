package dev.tocsin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.promql.eval.EvalException;
import dev.tocsin.store.Store;
import dev.tocsin.store.StoreLimits;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreSourceTest {
  @Test
  void aSelectionThatReadsTooMuchIsRefused() {
    Store store = new Store(new StoreLimits(10, 1 << 20));
    for (String job : List.of("a", "b")) {
      int id = store.intern(Tenant.DEFAULT, Labels.of("__name__", "up", "job", job));
      store.append(id, 1000, 1);
      store.append(id, 2000, 1);
    }
    assertThat(new StoreSource(store, Tenant.DEFAULT, 4).select(List.of(), 0, 3000)).hasSize(2);
    StoreSource narrow = new StoreSource(store, Tenant.DEFAULT, 3);
    assertThatThrownBy(() -> narrow.select(List.of(), 0, 3000))
        .isInstanceOf(EvalException.class)
        .hasMessageContaining("too many samples into memory");
    assertThat(narrow.select(List.of(), 1500, 3000)).hasSize(2);
  }
}
