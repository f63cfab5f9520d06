package dev.tocsin.model.problem;

/// One mistake in a user's file: where, what, and the way out.
///
/// @param file the file's name as the user gave it
/// @param line from 1; 0 where the mistake has no line
/// @param column from 1, in characters; 0 where there is none
/// @param path the key, as `alerting.alertmanagers[0].scheme`; may be empty
/// @param message what is wrong, with the value found
/// @param hint the way out; may be empty
public record Problem(String file, int line, int column, String path, String message, String hint) {

  /// `file:line:column path message` and, on a line of its own, the hint.
  @Override
  public String toString() {
    String place = line == 0 ? file : file + ":" + line + ":" + column;
    String text = place + ": " + (path.isEmpty() ? "" : path + ": ") + message;
    return hint.isEmpty() ? text : text + "\n    " + hint;
  }
}
