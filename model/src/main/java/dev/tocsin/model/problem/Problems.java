package dev.tocsin.model.problem;

import java.util.ArrayList;
import java.util.List;

/// Collects problems, so that a user hears all of them at once. Bounded: after
/// [dev.tocsin.model.limit.Limits#PROBLEMS_MAX] only the count goes on. Not thread-safe.
public final class Problems {
  private final List<Problem> list = new ArrayList<>();
  private int count;

  public void add(Problem problem) {
    count++;
    if (list.size() < dev.tocsin.model.limit.Limits.PROBLEMS_MAX) {
      list.add(problem);
    }
  }

  public void add(String file, int line, int column, String path, String message, String hint) {
    add(new Problem(file, line, column, path, message, hint));
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /// All that were added, the ones not kept included.
  public int count() {
    return count;
  }

  public List<Problem> list() {
    return List.copyOf(list);
  }
}
