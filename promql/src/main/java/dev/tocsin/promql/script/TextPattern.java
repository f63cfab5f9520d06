package dev.tocsin.promql.script;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/// What a message must be like.
///
/// @param regex null where the message must equal `text`; found anywhere in the message otherwise
record TextPattern(String text, @Nullable Pattern regex) {
  /// Matches every message.
  static final TextPattern ANY = regex("");

  static TextPattern exactly(String text) {
    return new TextPattern(text, null);
  }

  /// Throws [com.google.re2j.PatternSyntaxException].
  static TextPattern regex(String text) {
    return new TextPattern(text, Pattern.compile(text));
  }

  boolean matches(String message) {
    return regex == null ? text.equals(message) : regex.matcher(message).find();
  }

  /// In words.
  ///
  /// @param kind what the message is, as `warning`
  String described(String kind) {
    if (regex == null) {
      return "the " + kind + " \"" + text + "\"";
    }
    String article = "aeiou".indexOf(kind.charAt(0)) >= 0 ? "an " : "a ";
    return article + kind + (text.isEmpty() ? "" : " that matches " + text);
  }
}
