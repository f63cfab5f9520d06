package dev.tocsin.engine.stream;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.store.Store;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Which series are in which partitions of the rules that are watched. Engine's thread.
final class Roster {
  /// Is told of what changes.
  interface Changes {
    /// A series came into a partition of a rule all of whose partitions are kept.
    void entered(Partition partition, int id);

    /// A partition of such a rule is of interest though no series came.
    void wanted(Partition partition);

    /// A partition is watched no more.
    void left(Partition partition);
  }

  private final Store store;
  private final Tenant tenant;
  private final SeriesFinder finder;
  private final Changes changes;
  private final SeriesIndex index = new SeriesIndex();
  private final Set<Watch> watches = new LinkedHashSet<>();
  private Directory directory = new Directory();

  /// Series from this id on have not been entered yet.
  private int seen;

  Roster(Store store, Tenant tenant, SeriesFinder finder, Changes changes) {
    this.store = store;
    this.tenant = tenant;
    this.finder = finder;
    this.changes = changes;
  }

  boolean isEmpty() {
    return watches.isEmpty();
  }

  /// By series.
  SeriesIndex index() {
    return index;
  }

  /// Whether the series has not been entered yet.
  boolean isNew(int id) {
    return id >= seen;
  }

  void add(Watch watch) {
    if (watches.isEmpty()) {
      seen = store.idsEnd();
    } else {
      enterNew();
    }
    watches.add(watch);
    directory.add(watch);
    if (watch.isWhole()) {
      enterAll(watch);
    }
  }

  private void enterAll(Watch watch) {
    for (int leaf = 0; leaf < watch.leaves().size(); leaf++) {
      int number = leaf;
      finder.find(
          watch.leaves().get(leaf),
          Labels.empty(),
          id -> {
            if (id < seen) {
              enter(watch, number, id, store.labels(id));
            }
          });
    }
    if (watch.key().isEmpty()) {
      // It can have a result where there are no series.
      changes.wanted(watch.partition(Labels.empty()));
    }
  }

  private void enter(Watch watch, int leaf, int id, Labels labels) {
    Partition partition;
    if (watch.hasSolos()) {
      if (!watch.isSolo(labels)) {
        mix(watch);
        enterAll(watch);
        return;
      }
      partition = watch.solo(id);
    } else {
      partition = watch.partition(watch.key(labels));
      if (!partition.has(leaf, id)) {
        partition.members[leaf].add(id);
      }
    }
    index.add(id, partition);
    changes.entered(partition, id);
  }

  /// Takes apart what was made of series alone.
  private void mix(Watch watch) {
    watch.mix();
    leaveSolos(watch);
  }

  /// Series that came since the last time.
  void enterNew() {
    int count = store.idsEnd();
    while (seen < count) {
      int id = seen++;
      if (!store.isThere(id) || !store.tenant(id).equals(tenant)) {
        continue;
      }
      Labels labels = store.labels(id);
      for (Directory.Leaf leaf : directory.of(labels)) {
        Watch watch = leaf.watch();
        if (watch.isWhole()) {
          enter(watch, leaf.number(), id, labels);
        } else {
          Partition awaited = watch.known(watch.key(labels));
          if (awaited != null && !awaited.has(leaf.number(), id)) {
            awaited.members[leaf.number()].add(id);
            index.add(id, awaited);
          }
        }
      }
    }
  }

  /// Finds the series of a partition of a rule only some of whose partitions are of interest.
  void gather(Watch watch, Partition partition) {
    for (int leaf = 0; leaf < watch.leaves().size(); leaf++) {
      int number = leaf;
      finder.find(
          watch.leaves().get(leaf),
          partition.key,
          id -> {
            if (id < seen && watch.key(store.labels(id)).equals(partition.key)) {
              partition.members[number].add(id);
              index.add(id, partition);
            }
          });
    }
  }

  /// Series were removed from the store. Returns the partitions that had one and are still watched;
  /// those that have none any more, and would not be there had they never had one, are left.
  Set<Partition> expired(int[] ids) {
    Set<Partition> had = new LinkedHashSet<>();
    Set<Watch> withSolos = new LinkedHashSet<>();
    for (int id : ids) {
      had.addAll(List.of(index.all(id)));
      index.clear(id);
    }
    Set<Partition> still = new LinkedHashSet<>();
    for (Partition partition : had) {
      Watch watch = partition.watch;
      for (Members members : partition.members) {
        members.keep(store::isThere);
      }
      boolean isAlone = partition.solo >= 0;
      boolean isAwaited = !watch.isImmediate() && partition.isOfInterest();
      if (isAlone || (partition.size() == 0 && !isAwaited && !watch.key().isEmpty())) {
        partition.gone = true;
        changes.left(partition);
        if (isAlone) {
          withSolos.add(watch);
        } else {
          watch.forget(partition);
        }
      } else {
        still.add(partition);
      }
    }
    withSolos.forEach(watch -> watch.solos().removeIf(partition -> partition.gone));
    return still;
  }

  void remove(Set<Watch> gone) {
    if (gone.isEmpty()) {
      return;
    }
    watches.removeAll(gone);
    directory = new Directory();
    watches.forEach(directory::add);
    gone.forEach(this::leave);
  }

  private void leave(Watch watch) {
    if (watch.hasSolos()) {
      leaveSolos(watch);
    }
    for (Partition partition : List.copyOf(watch.partitions())) {
      leave(partition);
    }
  }

  private void leaveSolos(Watch watch) {
    finder.find(
        watch.leaves().getFirst(),
        Labels.empty(),
        id -> {
          Partition alone = index.of(id, watch);
          if (alone != null) {
            changes.left(alone);
            index.remove(id, alone);
          }
        });
  }

  void leave(Partition partition) {
    changes.left(partition);
    for (Members members : partition.members) {
      for (int i = 0; i < members.count(); i++) {
        index.remove(members.id(i), partition);
      }
    }
    partition.watch.forget(partition);
  }
}
