package dev.tocsin.deliver.relabel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.tocsin.model.labels.Labels;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A list of relabelling rules, compiled: a pure function over label sets. Any thread. Meanings are
/// those of Prometheus's documentation of `relabel_config`.
public final class Relabel {
  public static final Relabel NONE = new Relabel(List.of());

  private final List<Step> steps = new ArrayList<>();

  /// Throws [IllegalArgumentException] where a rule has [RelabelConfig#mistakes].
  public Relabel(List<RelabelConfig> configs) {
    for (RelabelConfig config : configs) {
      List<String> wrong = config.mistakes();
      if (!wrong.isEmpty()) {
        throw new IllegalArgumentException(wrong.getFirst());
      }
      steps.add(new Step(config, compile(config.regex())));
    }
  }

  /// The set as the rules leave it, or empty where they drop it.
  public Optional<Labels> apply(Labels labels) {
    Labels.Builder builder = labels.toBuilder();
    for (Step step : steps) {
      if (!step.apply(builder)) {
        return Optional.empty();
      }
    }
    return Optional.of(steps.isEmpty() ? labels : builder.build());
  }

  /// Why the text is not a regex, if so.
  static Optional<String> regexMistake(String regex) {
    try {
      compile(regex);
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of("error parsing regexp: " + e.getDescription());
    }
  }

  private static Pattern compile(String regex) {
    return Pattern.compile("^(?s:" + regex + ")$");
  }

  private record Step(RelabelConfig config, Pattern pattern) {
    /// False: drop the set.
    boolean apply(Labels.Builder labels) {
      String source = source(labels);
      String target = config.targetLabel();
      return switch (config.action()) {
        case KEEP -> pattern.matches(source);
        case DROP -> !pattern.matches(source);
        case KEEPEQUAL -> labels.get(target).equals(source);
        case DROPEQUAL -> !labels.get(target).equals(source);
        case REPLACE -> replace(labels, source);
        case HASHMOD -> set(labels, target, hashMod(source, config.modulus()));
        case LOWERCASE -> set(labels, target, source.toLowerCase(Locale.ROOT));
        case UPPERCASE -> set(labels, target, source.toUpperCase(Locale.ROOT));
        case LABELMAP -> map(labels);
        case LABELDROP -> removeNames(labels, true);
        case LABELKEEP -> removeNames(labels, false);
      };
    }

    private String source(Labels.Builder labels) {
      List<String> values = new ArrayList<>(config.sourceLabels().size());
      for (String name : config.sourceLabels()) {
        values.add(labels.get(name));
      }
      return String.join(config.separator(), values);
    }

    private boolean replace(Labels.Builder labels, String source) {
      Matcher matcher = pattern.matcher(source);
      if (!matcher.matches()) {
        return true;
      }
      String target = Replacement.expand(config.targetLabel(), matcher);
      // A name that nothing can be called leaves the set as it was, as in Prometheus.
      return target.isEmpty()
          || set(labels, target, Replacement.expand(config.replacement(), matcher));
    }

    private boolean map(Labels.Builder labels) {
      Labels before = labels.build();
      before.forEach(
          (name, value) -> {
            Matcher matcher = pattern.matcher(name);
            if (matcher.matches()) {
              labels.set(Replacement.expand(config.replacement(), matcher), value);
            }
          });
      return true;
    }

    private boolean removeNames(Labels.Builder labels, boolean matching) {
      Labels before = labels.build();
      before.forEach(
          (name, value) -> {
            if (pattern.matches(name) == matching) {
              labels.remove(name);
            }
          });
      return true;
    }

    private static boolean set(Labels.Builder labels, String name, String value) {
      labels.set(name, value);
      return true;
    }
  }

  /// The last eight bytes of the MD5 sum, big-endian and unsigned, modulo.
  private static String hashMod(String source, long modulus) {
    try {
      byte[] sum = MessageDigest.getInstance("MD5").digest(source.getBytes(StandardCharsets.UTF_8));
      long last = ByteBuffer.wrap(sum).getLong(8);
      return Long.toUnsignedString(Long.remainderUnsigned(last, modulus));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
