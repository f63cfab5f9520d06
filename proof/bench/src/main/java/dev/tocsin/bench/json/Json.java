package dev.tocsin.bench.json;

import java.util.List;
import java.util.Map;

/// A JSON value. What is not there, or of another kind, is an [IllegalStateException] that says so.
public sealed interface Json {
  /// An object, in the order of the text.
  record Fields(Map<String, Json> fields) implements Json {}

  /// An array.
  record Items(List<Json> items) implements Json {}

  /// A string.
  record Text(String value) implements Json {}

  /// A number as it was written.
  record Numeral(String written) implements Json {}

  /// true or false
  record Truth(boolean value) implements Json {}

  /// null
  record Nothing() implements Json {}

  static Json parse(String text) {
    return new JsonReader(text).read();
  }

  /// A field of an object.
  default Json get(String name) {
    if (this instanceof Fields f) {
      Json value = f.fields.get(name);
      if (value != null) {
        return value;
      }
    }
    throw new IllegalStateException("no field \"" + name + "\" in " + this);
  }

  default boolean has(String name) {
    return this instanceof Fields f && f.fields.containsKey(name);
  }

  /// All entries of an array.
  default List<Json> list() {
    if (this instanceof Items i) {
      return i.items;
    }
    throw new IllegalStateException("not an array: " + this);
  }

  default Map<String, Json> map() {
    if (this instanceof Fields f) {
      return f.fields;
    }
    throw new IllegalStateException("not an object: " + this);
  }

  default String text() {
    return switch (this) {
      case Text t -> t.value;
      case Numeral n -> n.written;
      case Truth t -> Boolean.toString(t.value);
      case Fields _, Items _, Nothing _ -> throw new IllegalStateException("no text: " + this);
    };
  }

  default double number() {
    return Double.parseDouble(text());
  }
}
