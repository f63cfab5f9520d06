package dev.tocsin.engine;

import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.input.RuleSet.RuleText;
import dev.tocsin.model.input.RuleSettings;
import dev.tocsin.model.input.Settle;
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
    write(out, rules.settings());
  }

  private static void write(StateWriter out, RuleSettings settings) throws IOException {
    out.number(settings.mode().code());
    out.number(settings.features().size());
    for (String feature : settings.features()) {
      out.text(feature);
    }
    out.number(settings.noData().size());
    for (RuleSettings.NoData noData : settings.noData()) {
      out.text(noData.alert());
      out.text(noData.matchers());
      out.number(noData.policy().code());
    }
    write(out, settings.settle());
  }

  private static void write(StateWriter out, Settle settle) throws IOException {
    out.number(settle.settleMs());
    out.number(settle.sourceLabels().size());
    for (String name : settle.sourceLabels()) {
      out.text(name);
    }
    out.number(settle.overrides().size());
    for (Settle.ForSources one : settle.overrides()) {
      out.text(one.matchers());
      out.number(one.settleMs());
    }
  }

  /// @param version of the engine's checkpoint; up to 2 nothing is waited for, up to 1 rules have
  ///   no settings
  static RuleSet read(StateReader in, int version) throws IOException {
    int count = in.count();
    List<RuleText> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = in.text();
      files.add(new RuleText(name, in.text()));
    }
    Labels externalLabels = in.labels();
    String externalUrl = in.text();
    long evaluationIntervalMs = in.number();
    long queryOffsetMs = in.number();
    RuleSettings settings =
        version > 1
            ? settings(in, version)
            : RuleSettings.DEFAULT.withMode(RuleSettings.Mode.STRICT);
    return new RuleSet(
        files, externalLabels, externalUrl, evaluationIntervalMs, queryOffsetMs, settings);
  }

  private static RuleSettings settings(StateReader in, int version) throws IOException {
    RuleSettings.Mode mode = one(RuleSettings.Mode.values(), in);
    int count = in.count();
    List<String> features = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      features.add(in.text());
    }
    int policies = in.count();
    List<RuleSettings.NoData> noData = new ArrayList<>();
    for (int i = 0; i < policies; i++) {
      String alert = in.text();
      String matchers = in.text();
      noData.add(new RuleSettings.NoData(alert, matchers, one(RuleSettings.Policy.values(), in)));
    }
    return new RuleSettings(mode, features, noData, version > 2 ? settle(in) : Settle.NONE);
  }

  private static Settle settle(StateReader in) throws IOException {
    long settleMs = in.number();
    int count = in.count();
    List<String> sourceLabels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sourceLabels.add(in.text());
    }
    int overrides = in.count();
    List<Settle.ForSources> others = new ArrayList<>();
    for (int i = 0; i < overrides; i++) {
      others.add(new Settle.ForSources(in.text(), in.number()));
    }
    return new Settle(settleMs, sourceLabels, others);
  }

  private static <T> T one(T[] all, StateReader in) throws IOException {
    int index = in.integer();
    if (index < 0 || index >= all.length) {
      throw new IOException("not a checkpoint: choice " + index + " of " + all.length);
    }
    return all[index];
  }
}
