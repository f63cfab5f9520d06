package dev.tocsin.promql.ast;

import java.util.List;
import java.util.OptionalDouble;

/// How the elements of two vectors find each other.
///
/// @param labels of `on` or `ignoring`
/// @param on whether `labels` are the only ones compared, or the ones left out
/// @param include the labels of `group_left` or `group_right`
/// @param fillLeft stands in for an absent element on the left (`fill`, experimental)
/// @param fillRight the same on the right
public record VectorMatching(
    Cardinality cardinality,
    List<String> labels,
    boolean on,
    List<String> include,
    OptionalDouble fillLeft,
    OptionalDouble fillRight) {
  public VectorMatching {
    labels = List.copyOf(labels);
    include = List.copyOf(include);
  }

  /// One to one, by all labels.
  public static final VectorMatching DEFAULT =
      new VectorMatching(
          Cardinality.ONE_TO_ONE,
          List.of(),
          false,
          List.of(),
          OptionalDouble.empty(),
          OptionalDouble.empty());

  /// How many elements of each side may meet.
  public enum Cardinality {
    ONE_TO_ONE("one-to-one"),
    /// `group_left`.
    MANY_TO_ONE("many-to-one"),
    /// `group_right`.
    ONE_TO_MANY("one-to-many"),
    /// The set operators.
    MANY_TO_MANY("many-to-many");

    private final String word;

    Cardinality(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }
}
