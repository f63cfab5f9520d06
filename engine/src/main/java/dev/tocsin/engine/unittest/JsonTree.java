package dev.tocsin.engine.unittest;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A piece of JSON made of lists, objects and texts.
sealed interface JsonTree {
  record Text(String text) implements JsonTree {}

  record Items(List<JsonTree> items) implements JsonTree {
    public Items {
      items = List.copyOf(items);
    }
  }

  record Entries(SortedMap<String, JsonTree> map) implements JsonTree {
    Entries(Map<String, JsonTree> map) {
      this(new TreeMap<>(map));
    }

    static Entries ofTexts(Map<String, String> texts) {
      SortedMap<String, JsonTree> map = new TreeMap<>();
      texts.forEach((name, text) -> map.put(name, new Text(text)));
      return new Entries(map);
    }
  }
}
