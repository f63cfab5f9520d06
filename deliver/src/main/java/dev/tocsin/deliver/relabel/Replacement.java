package dev.tocsin.deliver.relabel;

import com.google.re2j.Matcher;

/// Go's expansion of replacement texts: `$1`, `${1}`, `$name`, `${name}`, `$$`. A name without
/// braces is as long as possible (`$1x` is the group called `1x`); a group that is not there is
/// empty; a `$` that begins nothing stays.
final class Replacement {
  private Replacement() {}

  static String expand(String template, Matcher matched) {
    StringBuilder out = new StringBuilder(template.length() + 16);
    int at = 0;
    while (at < template.length()) {
      char c = template.charAt(at);
      if (c != '$' || at + 1 == template.length()) {
        out.append(c);
        at++;
      } else if (template.charAt(at + 1) == '$') {
        out.append('$');
        at += 2;
      } else {
        at = group(template, at, matched, out);
      }
    }
    return out.toString();
  }

  /// Expands the group at the `$`; returns where to go on.
  private static int group(String template, int dollar, Matcher matched, StringBuilder out) {
    boolean brace = template.charAt(dollar + 1) == '{';
    int start = dollar + (brace ? 2 : 1);
    int end = start;
    while (end < template.length() && isWord(template.charAt(end))) {
      end++;
    }
    boolean closed = !brace || (end < template.length() && template.charAt(end) == '}');
    if (end == start || !closed) {
      out.append('$');
      return dollar + 1;
    }
    out.append(value(template.substring(start, end), matched));
    return brace ? end + 1 : end;
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private static String value(String name, Matcher matched) {
    if (isNumber(name)) {
      if (name.length() > 9 || Integer.parseInt(name) > matched.groupCount()) {
        return "";
      }
      String text = matched.group(Integer.parseInt(name));
      return text == null ? "" : text;
    }
    if (!matched.pattern().namedGroups().containsKey(name)) {
      return "";
    }
    String text = matched.group(name);
    return text == null ? "" : text;
  }

  private static boolean isNumber(String name) {
    return name.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
