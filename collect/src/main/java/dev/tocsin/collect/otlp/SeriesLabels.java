package dev.tocsin.collect.otlp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tocsin.collect.series.KeyBuffer;
import dev.tocsin.collect.series.LabelFault;
import dev.tocsin.pipeline.intake.Intake;

/// The labels of the series of a data point: its attributes, then what of its resource is promoted,
/// then job and instance of its resource, then its scope, then the name. What comes later replaces
/// what has the same name, but for what is promoted. Source: Prometheus, otlptranslator,
/// `createAttributes`.
final class SeriesLabels {
  static final byte[] METRIC_NAME = ascii("__name__");
  static final byte[] NOTHING = {};
  private static final byte[] JOB = ascii("job");
  private static final byte[] INSTANCE = ascii("instance");
  private static final byte[] SERVICE_NAME = ascii("service.name");
  private static final byte[] SERVICE_NAMESPACE = ascii("service.namespace");
  private static final byte[] SERVICE_INSTANCE = ascii("service.instance.id");
  private static final byte[] SCOPE_PREFIX = ascii("otel_scope_");
  private static final byte[] SCOPE_NAME = ascii("otel_scope_name");
  private static final byte[] SCOPE_VERSION = ascii("otel_scope_version");
  private static final byte[] SCOPE_SCHEMA_URL = ascii("otel_scope_schema_url");
  private static final byte[] TARGET_INFO = ascii("target_info");

  private final OtlpOptions options;
  private final LabelNameRule rule;
  private final LabelNameRule scopeRule;
  private final Scratch job = new Scratch();
  private final LabelList resource = new LabelList();
  private final LabelList promoted = new LabelList();
  private final LabelList scope = new LabelList();
  private final LabelList all = new LabelList();
  private LabelFault fault = LabelFault.NONE;
  private int namePlace;
  private int extraPlace;
  private int mark;

  SeriesLabels(OtlpOptions options) {
    this.options = options;
    rule = new LabelNameRule(options);
    scopeRule = new LabelNameRule(options, SCOPE_PREFIX);
  }

  static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  /// A resource begins: job and instance are made of it. Of attributes that are too many or too
  /// long nothing is taken; the points are refused.
  void resource(AttributeList attributes) {
    resource.clear();
    promoted.clear();
    scope.clear();
    if (attributes.isTooMany() || attributes.isTooLong()) {
      return;
    }
    int name = attributes.find(SERVICE_NAME);
    if (name >= 0) {
      job.clear();
      int namespace = attributes.find(SERVICE_NAMESPACE);
      if (namespace >= 0) {
        addValue(attributes, namespace);
        job.add('/');
      }
      addValue(attributes, name);
      if (job.length() > 0) {
        resource.add(JOB, job.bytes(), 0, job.length());
      }
    }
    for (int i = 0; i < attributes.count(); i++) {
      if (options.promoted().has(attributes, i)) {
        promoted.addAttribute(attributes, i, rule, LabelList.Kind.STANDS_IN);
      }
    }
    int instance = attributes.find(SERVICE_INSTANCE);
    if (instance >= 0 && attributes.valueFrom(instance) < attributes.valueTo(instance)) {
      resource.add(
          INSTANCE,
          attributes.bytes(),
          attributes.valueFrom(instance),
          attributes.valueTo(instance));
    }
  }

  private void addValue(AttributeList attributes, int i) {
    job.add(attributes.bytes(), attributes.valueFrom(i), attributes.valueTo(i));
  }

  /// The scope has no labels.
  void noScope() {
    scope.clear();
  }

  /// A scope with a name begins; its attributes are neither too many nor too long.
  void scope(AttributeList attributes, ScopeHead head, byte[] body) {
    scope.clear();
    for (int i = 0; i < attributes.count(); i++) {
      scope.addAttribute(attributes, i, scopeRule, LabelList.Kind.REPLACES);
    }
    scope.add(SCOPE_NAME, body, head.nameFrom(), head.nameTo());
    scope.add(SCOPE_VERSION, body, head.versionFrom(), head.versionTo());
    scope.add(SCOPE_SCHEMA_URL, body, head.schemaFrom(), head.schemaTo());
  }

  /// A data point begins.
  ///
  /// @param extra name of a label that its series have beside the others (`le`, `quantile`); empty
  ///   for none
  void point(AttributeList attributes, byte[] extra) {
    start(attributes, false);
    all.addAll(scope);
    extraPlace = extra.length > 0 ? all.add(extra, NOTHING) : -1;
    namePlace = all.add(METRIC_NAME, NOTHING);
    finish();
  }

  /// The labels of `target_info`. False: it would say nothing, or of nobody.
  boolean targetInfo(AttributeList attributes) {
    start(attributes, true);
    boolean says = all.entries() > resource.entries();
    extraPlace = -1;
    namePlace = all.add(METRIC_NAME, NOTHING);
    finish();
    all.setValue(namePlace, TARGET_INFO, NOTHING);
    return fault == LabelFault.NONE && says && (all.has(JOB) || all.has(INSTANCE));
  }

  private void start(AttributeList attributes, boolean ofResource) {
    all.clear();
    fault = LabelFault.NONE;
    if (attributes.isTooMany()) {
      fault = LabelFault.TOO_MANY;
    } else if (attributes.isTooLong()) {
      fault = LabelFault.VALUE_TOO_LONG;
    } else {
      int[] order = attributes.sorted();
      for (int k = 0; k < attributes.count(); k++) {
        int i = order[k];
        boolean skipped =
            attributes.hasKey(i, METRIC_NAME)
                || (ofResource && !options.keepsIdentifying() && isIdentifying(attributes, i));
        if (!skipped && !all.addAttribute(attributes, i, rule, LabelList.Kind.JOINS)) {
          fault = LabelFault.NAME_EMPTY;
        }
      }
    }
    if (!ofResource) {
      all.addAll(promoted);
    }
    all.addAll(resource);
  }

  private static boolean isIdentifying(AttributeList attributes, int i) {
    return attributes.hasKey(i, SERVICE_NAME)
        || attributes.hasKey(i, SERVICE_NAMESPACE)
        || attributes.hasKey(i, SERVICE_INSTANCE);
  }

  private void finish() {
    all.finish();
    mark = all.mark();
  }

  /// Names one series of the point.
  void series(byte[] name, byte[] suffix, CharSequence extra) {
    all.cut(mark);
    all.setValue(namePlace, name, suffix);
    if (extraPlace >= 0) {
      all.setAscii(extraPlace, extra);
    }
  }

  /// What is wrong with the labels; of a series that is known the texts need no look.
  LabelFault checkSizes() {
    return fault == LabelFault.NONE ? all.checkSizes() : fault;
  }

  LabelFault checkTexts() {
    return all.checkTexts();
  }

  /// Whether these are the labels of a series that is known; they have no fault.
  boolean areOf(Intake intake, int ref) {
    return all.areOf(intake, ref);
  }

  void writeTo(KeyBuffer key) {
    all.writeTo(key);
  }

  String shown() {
    return all.shown();
  }

  void shrink() {
    job.shrink();
    resource.shrink();
    promoted.shrink();
    scope.shrink();
    all.shrink();
  }
}
