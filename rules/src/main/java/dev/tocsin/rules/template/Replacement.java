package dev.tocsin.rules.template;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.tocsin.rules.template.format.BoundedText;

/// Replaces matches as Go's `regexp.ReplaceAllString` does, which differs from Java's way in empty
/// matches (none right behind another match) and in the replacement: `$1`, `$name`, `${name}`,
/// `$$`.
final class Replacement {
  private Replacement() {}

  static String all(Pattern pattern, String replacement, String text) {
    BoundedText out = new BoundedText(Run.TEXT_MAX);
    Matcher matcher = pattern.matcher(text);
    int copied = 0;
    int from = 0;
    while (from <= text.length() && matcher.find(from)) {
      out.append(text.substring(copied, matcher.start()));
      if (matcher.end() > copied || matcher.start() == 0) {
        expand(out, replacement, pattern, matcher);
      }
      copied = matcher.end();
      int step = from < text.length() ? Character.charCount(text.codePointAt(from)) : 1;
      from = Math.max(from + step, matcher.end());
    }
    return out.append(text.substring(copied)).toString();
  }

  private static void expand(BoundedText out, String template, Pattern pattern, Matcher match) {
    int at = 0;
    while (at < template.length()) {
      int dollar = template.indexOf('$', at);
      if (dollar < 0) {
        out.append(template.substring(at));
        return;
      }
      out.append(template.substring(at, dollar));
      if (template.startsWith("$$", dollar)) {
        out.append('$');
        at = dollar + 2;
        continue;
      }
      boolean braced = template.startsWith("${", dollar);
      int start = dollar + (braced ? 2 : 1);
      int end = start;
      while (end < template.length() && isWord(template.charAt(end))) {
        end++;
      }
      boolean closed = !braced || template.startsWith("}", end);
      if (end == start || !closed) {
        out.append('$');
        at = dollar + 1;
        continue;
      }
      out.append(group(template.substring(start, end), pattern, match));
      at = end + (braced ? 1 : 0);
    }
  }

  private static boolean isWord(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  /// Empty where there is no such group, or it took no part.
  private static String group(String name, Pattern pattern, Matcher match) {
    boolean isNumber = name.chars().allMatch(c -> c >= '0' && c <= '9');
    boolean leadingZero = name.length() > 1 && name.startsWith("0");
    Integer index = isNumber ? null : pattern.namedGroups().get(name);
    if (isNumber && !leadingZero && name.length() < 9) {
      index = Integer.parseInt(name);
    }
    if (index == null || index > match.groupCount()) {
      return "";
    }
    String value = match.group(index);
    return value == null ? "" : value;
  }
}
