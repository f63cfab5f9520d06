package dev.tocsin.deliver.relabel;

import dev.tocsin.model.labels.LabelNames;
import java.util.ArrayList;
import java.util.List;

/// One rule of a `relabel_configs` list as it is written, with Prometheus's defaults.
///
/// @param sourceLabels their values, joined by the separator, are the source
/// @param targetLabel where the result goes; may hold `$1` for [RelabelAction#REPLACE]
/// @param regex RE2, always anchored at both ends
/// @param modulus for [RelabelAction#HASHMOD]; 0: not given
public record RelabelConfig(
    List<String> sourceLabels,
    String separator,
    String targetLabel,
    String regex,
    long modulus,
    String replacement,
    RelabelAction action) {

  public static final RelabelConfig DEFAULT =
      new RelabelConfig(List.of(), ";", "", "(.*)", 0, "$1", RelabelAction.REPLACE);

  public RelabelConfig {
    sourceLabels = List.copyOf(sourceLabels);
  }

  /// What is wrong with it, each in one sentence; empty where nothing is.
  public List<String> mistakes() {
    List<String> wrong = new ArrayList<>();
    if (action == RelabelAction.HASHMOD && modulus == 0) {
      wrong.add("relabel configuration for hashmod requires non-zero modulus");
    }
    if (needsTarget() && targetLabel.isEmpty()) {
      wrong.add("relabel configuration for " + action.word() + " requires 'target_label' value");
    }
    if (needsPlainTarget() && !targetLabel.isEmpty() && targetLabel.contains("$")) {
      wrong.add(LabelNames.quote(targetLabel) + " is invalid 'target_label' for " + action.word());
    }
    if (isEquality() && onlyTwoKeysAllowed(this)) {
      wrong.add(action.word() + " action requires only 'source_labels' and 'target_label'");
    }
    if (isOnNames() && onlyRegexAllowed(this)) {
      wrong.add(action.word() + " action requires only 'regex', and no other fields");
    }
    Relabel.regexMistake(regex).ifPresent(wrong::add);
    return wrong;
  }

  private boolean needsTarget() {
    return switch (action) {
      case REPLACE, HASHMOD, LOWERCASE, UPPERCASE, KEEPEQUAL, DROPEQUAL -> true;
      case KEEP, DROP, LABELMAP, LABELDROP, LABELKEEP -> false;
    };
  }

  private boolean needsPlainTarget() {
    return needsTarget() && action != RelabelAction.REPLACE;
  }

  private boolean isEquality() {
    return action == RelabelAction.KEEPEQUAL || action == RelabelAction.DROPEQUAL;
  }

  private boolean isOnNames() {
    return action == RelabelAction.LABELDROP || action == RelabelAction.LABELKEEP;
  }

  private static boolean onlyTwoKeysAllowed(RelabelConfig c) {
    return !c.regex.equals(DEFAULT.regex)
        || c.modulus != 0
        || !c.separator.equals(DEFAULT.separator)
        || !c.replacement.equals(DEFAULT.replacement);
  }

  private static boolean onlyRegexAllowed(RelabelConfig c) {
    return !c.sourceLabels.isEmpty()
        || !c.targetLabel.isEmpty()
        || c.modulus != 0
        || !c.separator.equals(DEFAULT.separator)
        || !c.replacement.equals(DEFAULT.replacement);
  }
}
