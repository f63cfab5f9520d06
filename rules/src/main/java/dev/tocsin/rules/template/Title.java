package dev.tocsin.rules.template;

/// The first letter of every word in title case; the others stay. Words are found by the rules of
/// golang.org/x/text/cases: letters, digits, underscores and marks hold together, an apostrophe or
/// a full stop between letters does not break, everything else does.
final class Title {
  private static final String MID_WORD =
      "'.\u00b7\u0387\u055f\u05f4\u2018\u2019\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a";

  private Title() {}

  static String of(String text) {
    StringBuilder out = new StringBuilder(text.length());
    boolean inWord = false;
    boolean afterMid = false;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      boolean isMid = MID_WORD.indexOf(c) >= 0;
      if (isMid && afterMid) {
        inWord = false;
      }
      if (isCased(c)) {
        out.appendCodePoint(inWord ? c : Character.toTitleCase(c));
        inWord = true;
      } else {
        out.appendCodePoint(c);
        inWord &= isMid || holdsTogether(c);
      }
      afterMid = isMid;
    }
    return out.toString();
  }

  private static boolean isCased(int c) {
    return Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
  }

  private static boolean holdsTogether(int c) {
    return switch (Character.getType(c)) {
      case Character.OTHER_LETTER,
          Character.MODIFIER_LETTER,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.CONNECTOR_PUNCTUATION,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.FORMAT ->
          true;
      default -> false;
    };
  }
}
