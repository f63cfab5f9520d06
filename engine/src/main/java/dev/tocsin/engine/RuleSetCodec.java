package dev.tocsin.engine;

import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.input.RuleSet.RuleText;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.rules.state.StateReader;
import dev.tocsin.rules.state.StateWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The rules in a checkpoint: their text, so that a restart needs no other file.
final class RuleSetCodec {
  private RuleSetCodec() {}

  static void write(StateWriter out, RuleSet rules) throws IOException {
    out.number(rules.files().size());
    for (RuleText file : rules.files()) {
      out.text(file.name());
      out.text(file.content());
    }
    out.labels(rules.externalLabels());
    out.text(rules.externalUrl());
    out.number(rules.evaluationIntervalMs());
    out.number(rules.queryOffsetMs());
  }

  static RuleSet read(StateReader in) throws IOException {
    int count = in.count();
    List<RuleText> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = in.text();
      files.add(new RuleText(name, in.text()));
    }
    Labels externalLabels = in.labels();
    String externalUrl = in.text();
    long evaluationIntervalMs = in.number();
    return new RuleSet(files, externalLabels, externalUrl, evaluationIntervalMs, in.number());
  }
}
