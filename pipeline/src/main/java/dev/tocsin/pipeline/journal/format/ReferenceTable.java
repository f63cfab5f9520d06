package dev.tocsin.pipeline.journal.format;

import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.model.page.IntPages;
import dev.tocsin.model.page.LivePages;

/// What each series reference means, and which references the current segment defines already: the
/// number of its name and that of the segment (8 bytes); definitions are written from it. Bounded
/// by the number of series, see [dev.tocsin.model.limit.Limits#SERIES_MAX]. One thread.
public final class ReferenceTable {
  private SeriesNames names;

  /// By reference: its name + 1; zero where it is not known.
  private IntPages nameOfRef = new IntPages();

  /// The next names and the numbers there, while they are made: references before [#renewed] are in
  /// them.
  private SeriesNames nextNames;

  private IntPages nextNameOfRef = nameOfRef;
  private int renewed;
  private final LivePages live = new LivePages();

  /// By reference: the segment that defined it last.
  private final IntPages definedIn = new IntPages();

  private int segment = 1;

  /// @param names may be shared
  public ReferenceTable(SeriesNames names) {
    this.names = names;
    this.nextNames = names;
  }

  /// Takes a definition that no segment needs to hold yet: after a restart, for what a checkpoint
  /// held.
  public void know(SeriesDefinition definition) {
    int ref = definition.ref();
    if (nameOfRef.get(ref) == 0) {
      drop(live.add(ref));
    }
    nameOfRef.set(ref, names.number(definition.tenant(), definition.labels()) + 1);
  }

  /// Takes a definition that is being written to the current segment.
  void define(SeriesDefinition definition) {
    know(definition);
    mark(definition.ref());
  }

  void mark(int ref) {
    definedIn.set(ref, segment);
  }

  boolean isDefined(int ref) {
    return definedIn.get(ref) == segment;
  }

  /// Adds the definition to a record; false where the reference is not known.
  boolean put(int ref, RecordBuffer record) throws RecordBuffer.TooLarge {
    int name = nameOfRef.get(ref) - 1;
    if (name < 0) {
      return false;
    }
    record.putDefinition(ref, names, name);
    return true;
  }

  /// A new segment defines nothing yet.
  public void startSegment() {
    segment++;
  }

  /// The reference is not used any more.
  void forget(int ref) {
    if (nameOfRef.get(ref) != 0) {
      nameOfRef.set(ref, 0);
      if (ref < renewed) {
        nextNameOfRef.set(ref, 0);
      }
      drop(live.remove(ref));
    }
  }

  private void drop(int ref) {
    if (ref != LivePages.NONE) {
      nameOfRef.drop(ref);
      definedIn.drop(ref);
    }
  }

  /// Goes on with leaving old names behind, where there are newer ones ([SeriesNames#successor()]).
  ///
  /// @param most references looked at
  /// @return whether there is more to do
  public boolean renew(int most) {
    if (nextNameOfRef == nameOfRef) {
      nextNames = names.newest();
      if (nextNames == names) {
        return false;
      }
      nextNameOfRef = new IntPages();
      renewed = 0;
    }
    for (int left = most; left > 0 && renewed < live.next(); left--) {
      int ref = live.seek(renewed);
      renewed = Math.min(ref + 1, live.next());
      int name = nameOfRef.get(ref) - 1;
      if (name >= 0) {
        nextNameOfRef.set(ref, nextNames.number(names.tenant(name), names.labels(name)) + 1);
      }
    }
    if (renewed == live.next()) {
      names = nextNames;
      nameOfRef = nextNameOfRef;
      renewed = 0;
    }
    return nextNameOfRef != nameOfRef;
  }
}
