package dev.tocsin.collect.text;

/// Why a line is broken, at the place where that shows.
enum TextFault {
  NONE(""),
  NO_NAME("expected a metric name"),
  NAME_TWICE("a second metric name"),
  NO_LABEL_NAME("expected a label name or }"),
  NO_EQUALS("expected ="),
  NO_QUOTE("expected a label value in double quotes"),
  NOT_CLOSED("a text that is not closed on its line"),
  NO_COMMA("expected , or }"),
  NO_VALUE("expected a value"),
  NOT_A_NUMBER("not a number"),
  OUT_OF_RANGE("a number beyond what a double can hold"),
  NOT_MILLISECONDS("not a time in milliseconds, which is a whole number of 64 bits"),
  NOT_SECONDS("not a time in seconds, which is a finite number"),
  NO_EXEMPLAR("expected an exemplar, as # {label=\"value\"} 1"),
  NO_END("expected the end of the line");

  private final String text;

  TextFault(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
