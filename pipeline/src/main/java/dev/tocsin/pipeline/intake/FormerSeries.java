package dev.tocsin.pipeline.intake;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.model.tenant.Tenant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the series were called that were forgotten last: a request may have found one of them just
/// before, and brings its samples just after. Under the sequencer's lock.
final class FormerSeries {
  /// So many are remembered, the newest. Samples of one before these are refused as `busy`: a
  /// request takes that long between finding its series and the commit only where it stands still.
  private static final int KEPT_MAX = 8192;

  private record Former(SeriesNames names, int name) {}

  private final Map<Integer, Former> byRef = new LinkedHashMap<>();

  void add(int ref, SeriesNames names, int name) {
    byRef.put(ref, new Former(names, name));
    if (byRef.size() > KEPT_MAX) {
      var oldest = byRef.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /// Null where it is not remembered.
  @Nullable Tenant tenant(int ref) {
    Former one = byRef.get(ref);
    return one == null ? null : one.names.tenant(one.name);
  }

  /// Null where it is not remembered.
  @Nullable Labels labels(int ref) {
    Former one = byRef.get(ref);
    return one == null ? null : one.names.labels(one.name);
  }
}
