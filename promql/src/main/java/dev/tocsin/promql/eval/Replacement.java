package dev.tocsin.promql.eval;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.data.PolledText;
import dev.tocsin.promql.data.RegexSize;
import java.util.ArrayList;
import java.util.List;

/// The rule of label_replace: where the whole source value matches, the target becomes the
/// replacement with `$1`, `${name}` filled in as Go does it: an unknown group is empty, `$$` is a
/// dollar. Compiled once per evaluation.
final class Replacement implements Relabelling {
  /// Samples that an instruction of a regular expression counts for, by its memory.
  private static final long INSTRUCTION_SAMPLES = 6;

  private final Run run;
  private final String target;
  private final String source;
  private final Pattern pattern;
  private final List<Part> parts = new ArrayList<>();

  private sealed interface Part {
    record Text(String text) implements Part {}

    record Group(int index) implements Part {}
  }

  Replacement(Run run, String target, String replacement, String source, String regex) {
    this.run = run;
    this.target = target;
    this.source = source;
    try {
      run.hold(RegexSize.of(regex) * INSTRUCTION_SAMPLES);
      this.pattern = Pattern.compile("^(?s:" + regex + ")$");
    } catch (PatternSyntaxException _) {
      throw EvalException.execution("invalid regular expression in label_replace(): " + regex);
    }
    if (!LabelText.isName(target)) {
      throw EvalException.execution("invalid destination label name in label_replace(): " + target);
    }
    split(replacement);
  }

  private void split(String text) {
    int at = 0;
    while (at < text.length()) {
      int dollar = text.indexOf('$', at);
      if (dollar < 0) {
        parts.add(new Part.Text(text.substring(at)));
        return;
      }
      parts.add(new Part.Text(text.substring(at, dollar)));
      at = reference(text, dollar);
    }
  }

  /// Reads what follows a dollar; returns where to go on. A dollar without a name is a dollar.
  private int reference(String text, int dollar) {
    int next = dollar + 1;
    if (next < text.length() && text.charAt(next) == '$') {
      parts.add(new Part.Text("$"));
      return next + 1;
    }
    boolean braces = next < text.length() && text.charAt(next) == '{';
    int start = braces ? next + 1 : next;
    int end = start;
    while (end < text.length() && isWord(text.charAt(end))) {
      end++;
    }
    boolean closed = !braces || (end < text.length() && text.charAt(end) == '}');
    if (end == start || !closed) {
      parts.add(new Part.Text("$"));
      return next;
    }
    int group = group(text.substring(start, end));
    if (group >= 0) {
      parts.add(new Part.Group(group));
    }
    return braces ? end + 1 : end;
  }

  private static boolean isWord(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  private int group(String name) {
    if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      int index = name.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(name);
      return index <= pattern.groupCount() ? index : -1;
    }
    return pattern.namedGroups().getOrDefault(name, -1);
  }

  @Override
  public boolean writes(Labels labels) {
    return matcher(labels).matches();
  }

  private Matcher matcher(Labels labels) {
    return pattern.matcher(PolledText.of(labels.get(source), run::poll));
  }

  /// The same labels where the source does not match.
  @Override
  public Labels apply(Labels labels) {
    Matcher matcher = matcher(labels);
    if (!matcher.find()) {
      return labels;
    }
    StringBuilder value = new StringBuilder();
    for (Part part : parts) {
      Relabelling.checkLength(value);
      switch (part) {
        case Part.Text(String text) -> value.append(text);
        case Part.Group(int index) -> {
          String found = matcher.group(index);
          value.append(found == null ? "" : found);
        }
      }
    }
    Relabelling.checkLength(value);
    return labels.toBuilder().set(target, value.toString()).build();
  }
}
