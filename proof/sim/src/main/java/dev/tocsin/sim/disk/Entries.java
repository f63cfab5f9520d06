package dev.tocsin.sim.disk;

import dev.tocsin.sim.chance.SimChance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The names of files: those seen, those on the device, and the changes between. Directories
/// themselves are on the device as soon as they are made.
final class Entries {
  /// A file got a name, lost it (`to` is null), or changed it.
  private record Change(@Nullable Path from, @Nullable Path to, @Nullable Node node) {
    boolean touches(Path directory) {
      return isIn(from, directory) || isIn(to, directory);
    }

    private static boolean isIn(@Nullable Path path, Path directory) {
      return path != null && directory.equals(path.getParent());
    }

    void applyTo(SortedMap<Path, Node> files) {
      if (from != null) {
        files.remove(from);
      }
      if (to != null && node != null) {
        files.put(to, node);
      }
    }
  }

  private final SortedMap<Path, Node> seen = new TreeMap<>();
  private final SortedMap<Path, Node> durable = new TreeMap<>();
  private final List<Change> unforced = new ArrayList<>();
  private final TreeSet<Path> directories = new TreeSet<>();

  SortedMap<Path, Node> seen() {
    return seen;
  }

  @Nullable Node get(Path path) {
    return seen.get(path);
  }

  void makeDirectories(Path directory) {
    for (Path one = directory; one != null && directories.add(one); one = one.getParent()) {
      // Its parents too.
    }
  }

  boolean isDirectory(Path path) {
    return path.getParent() == null || directories.contains(path);
  }

  /// Names directly in a directory, sorted.
  List<Path> in(Path directory) {
    TreeSet<Path> all = new TreeSet<>();
    seen.keySet().stream().filter(it -> directory.equals(it.getParent())).forEach(all::add);
    directories.stream().filter(it -> directory.equals(it.getParent())).forEach(all::add);
    return List.copyOf(all);
  }

  void create(Path path, Node node) {
    apply(new Change(null, path, node));
  }

  void delete(Path path) {
    apply(new Change(path, null, null));
  }

  void rename(Path from, Path to, Node node) {
    apply(new Change(from, to, node));
  }

  private void apply(Change change) {
    change.applyTo(seen);
    unforced.add(change);
  }

  /// Puts a file there, on the device too.
  void plant(Path path, Node node) {
    Path parent = path.getParent();
    if (parent != null) {
      makeDirectories(parent);
    }
    seen.put(path, node);
    durable.put(path, node);
  }

  void force(Path directory) {
    unforced.removeIf(
        change -> {
          boolean touches = change.touches(directory);
          if (touches) {
            change.applyTo(durable);
          }
          return touches;
        });
  }

  /// What a crash leaves: the forced names and the first of the other changes, since file systems
  /// keep their order.
  void crash(SimChance chance) {
    int kept = (int) chance.between(0, unforced.size());
    unforced.subList(0, kept).forEach(change -> change.applyTo(durable));
    unforced.clear();
    seen.clear();
    durable.replaceAll((_, node) -> node.survivor(chance));
    seen.putAll(durable);
  }
}
