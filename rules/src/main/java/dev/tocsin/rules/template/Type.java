package dev.tocsin.rules.template;

import dev.tocsin.rules.template.value.GoValue;

/// What a function takes in one place.
enum Type {
  /// Anything, as `interface {}`.
  ANY("interface {}", true),
  STRING("string", false),
  INT("int", false),
  SAMPLE("*template.sample", true),
  SAMPLES("template.queryResult", true),
  MOMENT("time.Time", false),
  SPAN("time.Duration", false);

  private final String goName;
  private final boolean takesNil;

  Type(String goName, boolean takesNil) {
    this.goName = goName;
    this.takesNil = takesNil;
  }

  String goName() {
    return goName;
  }

  boolean takes(GoValue value) {
    return switch (this) {
      case ANY -> true;
      case STRING -> value instanceof GoValue.Str;
      case INT -> value instanceof GoValue.Int;
      case SAMPLE -> value instanceof GoValue.Sample;
      case SAMPLES -> value instanceof GoValue.Samples;
      case MOMENT -> value instanceof GoValue.Moment;
      case SPAN -> value instanceof GoValue.Span;
    };
  }

  boolean takesNil() {
    return takesNil;
  }
}
