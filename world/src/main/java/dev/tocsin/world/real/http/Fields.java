package dev.tocsin.world.real.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Header fields in the order they came, names in lower case.
final class Fields {
  /// Fields of one message; more are answered 431.
  static final int COUNT_MAX = 100;

  private final List<String> names = new ArrayList<>(8);
  private final List<String> values = new ArrayList<>(8);

  void add(String lowerName, String value) throws WireException {
    if (names.size() == COUNT_MAX) {
      throw new WireException(431, "more than " + COUNT_MAX + " headers");
    }
    names.add(lowerName);
    values.add(value);
  }

  /// The first one of that name in any case, or the empty string.
  String first(String name) {
    int at = names.indexOf(name);
    if (at < 0) {
      at = names.indexOf(name.toLowerCase(Locale.ROOT));
    }
    return at < 0 ? "" : values.get(at);
  }

  int count(String lowerName) {
    int count = 0;
    for (String name : names) {
      count += name.equals(lowerName) ? 1 : 0;
    }
    return count;
  }

  /// Whether a comma-separated list, possibly in several fields, has the word (in lower case).
  boolean lists(String lowerName, String word) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equals(lowerName)) {
        for (String item : values.get(i).split(",", -1)) {
          if (item.strip().toLowerCase(Locale.ROOT).equals(word)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /// Several of one name are joined by commas.
  Map<String, String> asMap() {
    Map<String, String> map = LinkedHashMap.newLinkedHashMap(names.size());
    for (int i = 0; i < names.size(); i++) {
      map.merge(names.get(i), values.get(i), (a, b) -> a + ", " + b);
    }
    return map;
  }
}
