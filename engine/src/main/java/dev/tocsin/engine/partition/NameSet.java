package dev.tocsin.engine.partition;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/// Label names: finitely many, or all but finitely many.
///
/// @param allBut whether `names` are those left out
public record NameSet(boolean allBut, Set<String> names) {
  static final NameSet ALL = new NameSet(true, Set.of());
  static final NameSet NONE = new NameSet(false, Set.of());

  public NameSet {
    names = Set.copyOf(names);
  }

  static NameSet only(Collection<String> names) {
    return new NameSet(false, Set.copyOf(names));
  }

  static NameSet allBut(Collection<String> names) {
    return new NameSet(true, Set.copyOf(names));
  }

  public boolean contains(String name) {
    return names.contains(name) != allBut;
  }

  public boolean isEmpty() {
    return !allBut && names.isEmpty();
  }

  NameSet complement() {
    return new NameSet(!allBut, names);
  }

  NameSet intersect(NameSet other) {
    if (allBut && other.allBut) {
      Set<String> left = new TreeSet<>(names);
      left.addAll(other.names);
      return new NameSet(true, left);
    }
    NameSet finite = allBut ? other : this;
    NameSet any = allBut ? this : other;
    Set<String> kept = new TreeSet<>(finite.names);
    kept.removeIf(name -> !any.contains(name));
    return new NameSet(false, kept);
  }

  NameSet intersect(Collection<String> others) {
    return intersect(only(others));
  }

  NameSet minus(Collection<String> taken) {
    return intersect(allBut(taken));
  }

  NameSet union(NameSet other) {
    return complement().intersect(other.complement()).complement();
  }

  NameSet union(Collection<String> others) {
    return union(only(others));
  }

  boolean isWithin(NameSet other) {
    return intersect(other.complement()).isEmpty();
  }

  /// As a sentence would name them.
  @Override
  public String toString() {
    String listed = String.join(", ", new TreeSet<>(names));
    if (allBut) {
      return names.isEmpty() ? "all labels" : "all labels but " + listed;
    }
    return names.isEmpty() ? "no label" : listed;
  }
}
