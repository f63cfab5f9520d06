package dev.tocsin.bench.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads one JSON text. Source of the grammar: RFC 8259.
final class JsonReader {
  private final String text;
  private int at;

  JsonReader(String text) {
    this.text = text;
  }

  Json read() {
    Json value = value();
    blanks();
    if (at < text.length()) {
      throw wrong("the end");
    }
    return value;
  }

  private Json value() {
    blanks();
    return switch (peek()) {
      case '{' -> fields();
      case '[' -> items();
      case '"' -> new Json.Text(string());
      case 't' -> word("true", new Json.Truth(true));
      case 'f' -> word("false", new Json.Truth(false));
      case 'n' -> word("null", new Json.Nothing());
      default -> number();
    };
  }

  private Json fields() {
    Map<String, Json> fields = new LinkedHashMap<>();
    at++;
    blanks();
    if (peek() == '}') {
      at++;
      return new Json.Fields(fields);
    }
    while (true) {
      blanks();
      String name = string();
      blanks();
      expect(':');
      if (fields.put(name, value()) != null) {
        throw wrong("no second field \"" + name + "\"");
      }
      blanks();
      if (peek() == '}') {
        at++;
        return new Json.Fields(fields);
      }
      expect(',');
    }
  }

  private Json items() {
    List<Json> items = new ArrayList<>();
    at++;
    blanks();
    if (peek() == ']') {
      at++;
      return new Json.Items(items);
    }
    while (true) {
      items.add(value());
      blanks();
      if (peek() == ']') {
        at++;
        return new Json.Items(items);
      }
      expect(',');
    }
  }

  private String string() {
    expect('"');
    StringBuilder out = new StringBuilder();
    while (peek() != '"') {
      char c = text.charAt(at++);
      if (c < ' ') {
        throw wrong("no control character");
      }
      out.append(c == '\\' ? escaped() : c);
    }
    at++;
    return out.toString();
  }

  private char escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        at += 4;
        if (at > text.length()) {
          throw wrong("four hexadecimal digits");
        }
        yield (char) Integer.parseInt(text, at - 4, at, 16);
      }
      default -> throw wrong("an escape");
    };
  }

  private Json number() {
    int from = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (from == at) {
      throw wrong("a value");
    }
    return new Json.Numeral(text.substring(from, at));
  }

  private Json word(String word, Json value) {
    if (!text.startsWith(word, at)) {
      throw wrong(word);
    }
    at += word.length();
    return value;
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw wrong("more");
    }
    return text.charAt(at);
  }

  private void expect(char c) {
    if (peek() != c) {
      throw wrong("'" + c + "'");
    }
    at++;
  }

  private IllegalStateException wrong(String expected) {
    int from = Math.max(0, at - 40);
    String near = text.substring(from, Math.min(text.length(), at + 20));
    return new IllegalStateException("expected " + expected + " at " + at + " near: " + near);
  }
}
