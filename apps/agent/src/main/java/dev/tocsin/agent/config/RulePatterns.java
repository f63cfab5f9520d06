package dev.tocsin.agent.config;

import com.google.re2j.Pattern;
import dev.tocsin.world.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Expands a pattern of `rule_files` to files: `*`, `?` and `[...]` in any part of the path, as
/// Go's `filepath.Glob` does; files in sorted order.
final class RulePatterns {
  private static final String SPECIAL = "*?[";

  private final Disk disk;

  RulePatterns(Disk disk) {
    this.disk = disk;
  }

  static boolean isPattern(String text) {
    return text.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0);
  }

  List<Path> expand(Path folder, String pattern) throws IOException {
    Path whole = folder.resolve(pattern).normalize();
    Path root = whole.getRoot();
    List<Path> found = List.of(root == null ? Path.of("") : root);
    for (Path part : whole) {
      found = step(found, part.toString());
    }
    return found;
  }

  private List<Path> step(List<Path> parents, String part) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path parent : parents) {
      if (isPattern(part)) {
        Pattern regex = Pattern.compile(regex(part));
        for (Path entry : disk.list(parent)) {
          if (regex.matches(String.valueOf(entry.getFileName()))) {
            found.add(parent.resolve(String.valueOf(entry.getFileName())));
          }
        }
      } else if (disk.exists(parent.resolve(part))) {
        found.add(parent.resolve(part));
      }
    }
    return found;
  }

  private static String regex(String glob) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      int close = c == '[' ? glob.indexOf(']', i + 2) : -1;
      if (close > 0) {
        String inner = glob.substring(i + 1, close).replace("\\", "\\\\").replace("[", "\\[");
        out.append('[').append(inner).append(']');
        i = close;
      } else {
        out.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
      }
    }
    return out.toString();
  }
}
