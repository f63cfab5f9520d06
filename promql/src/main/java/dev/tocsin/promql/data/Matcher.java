package dev.tocsin.promql.data;

import com.google.re2j.Pattern;
import dev.tocsin.model.labels.LabelNames;
import dev.tocsin.model.labels.Labels;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Accepts or refuses the value of one label; an absent label has the empty value. Regular
/// expressions are RE2's, anchored at both ends, and a dot matches a newline.
public final class Matcher {
  /// How the value is compared.
  public enum Kind {
    EQUAL("="),
    NOT_EQUAL("!="),
    REGEX("=~"),
    NOT_REGEX("!~");

    private final String sign;

    Kind(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }
  }

  private final Kind kind;
  private final String name;
  private final String value;
  private final @Nullable Pattern pattern;

  /// Throws [com.google.re2j.PatternSyntaxException] where the value is no regular expression.
  public Matcher(Kind kind, String name, String value) {
    this.kind = kind;
    this.name = name;
    this.value = value;
    this.pattern =
        kind == Kind.REGEX || kind == Kind.NOT_REGEX
            ? Pattern.compile("^(?s:" + value + ")$")
            : null;
  }

  public static Matcher equal(String name, String value) {
    return new Matcher(Kind.EQUAL, name, value);
  }

  public Kind kind() {
    return kind;
  }

  public String name() {
    return name;
  }

  public String value() {
    return value;
  }

  public boolean accepts(String candidate) {
    return switch (kind) {
      case EQUAL -> candidate.equals(value);
      case NOT_EQUAL -> !candidate.equals(value);
      case REGEX -> Objects.requireNonNull(pattern).matches(candidate);
      case NOT_REGEX -> !Objects.requireNonNull(pattern).matches(candidate);
    };
  }

  /// The same; a regular expression on a long text calls `poll` again and again.
  public boolean accepts(String candidate, Runnable poll) {
    Pattern regex = pattern;
    if (regex == null) {
      return accepts(candidate);
    }
    boolean matches = regex.matcher(PolledText.of(candidate, poll)).matches();
    return matches == (kind == Kind.REGEX);
  }

  public boolean accepts(Labels labels) {
    return accepts(labels.get(name));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Matcher that
        && kind == that.kind
        && name.equals(that.name)
        && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, name, value);
  }

  @Override
  public String toString() {
    String shown = LabelNames.isLegacyLabelName(name) ? name : LabelNames.quote(name);
    return shown + kind.sign() + LabelNames.quote(value);
  }
}
