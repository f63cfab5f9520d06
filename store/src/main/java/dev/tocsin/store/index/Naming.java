package dev.tocsin.store.index;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.model.page.IntPages;
import dev.tocsin.model.tenant.Tenant;

/// What the series are called and which labels they have, by the numbers of some names. One thread
/// writes; any thread reads.
///
/// @param nameOfId by id: its name + 1; the same below zero where the series was removed; zero: it
///   is not here
/// @param idOfName by name: id + 1; zero: no series of this index
record Naming(
    SeriesNames names, IntPages nameOfId, IntPages idOfName, Postings byLabel, Postings byTenant) {
  Naming(SeriesNames names) {
    this(names, new IntPages(), new IntPages(), new Postings(), new Postings());
  }

  /// Everything but [#publish].
  int put(int id, Tenant tenant, Labels labels) {
    int name = names.number(tenant, labels);
    nameOfId.set(id, name + 1);
    return name;
  }

  void publish(int id, int name) {
    names.forEachLabel(name, label -> byLabel.add(label, id));
    byTenant.add(names.tenantNumber(name), id);
    idOfName.set(name, id + 1);
  }

  boolean isThere(int id) {
    return nameOfId.get(id) > 0;
  }

  /// The series is found no more; its name stays.
  void remove(int id) {
    int name = nameOfId.get(id) - 1;
    if (name >= 0) {
      nameOfId.set(id, -1 - name);
      idOfName.set(name, 0);
    }
  }

  /// The name, of a removed series too; -1: it is not here.
  int name(int id) {
    return Math.abs(nameOfId.get(id)) - 1;
  }
}
