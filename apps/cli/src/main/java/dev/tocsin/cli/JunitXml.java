package dev.tocsin.cli;

import dev.tocsin.engine.unittest.UnitTestReport;
import dev.tocsin.engine.unittest.UnitTestReport.TestResult;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/// The results of unit tests as JUnit XML: a suite for each file, a case for each test. Source of
/// the form: Prometheus, util/junitxml.
final class JunitXml {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", java.util.Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final StringBuilder out = new StringBuilder();

  private JunitXml() {}

  /// @param nowMs Unix milliseconds
  static String of(List<UnitTestReport> reports, long nowMs) {
    JunitXml xml = new JunitXml();
    xml.out.append("<testsuites>");
    reports.forEach(report -> xml.suite(report, nowMs));
    return xml.out.append("</testsuites>\n").toString();
  }

  private void suite(UnitTestReport report, long nowMs) {
    boolean aborted = !report.aborted().isEmpty();
    int failures = report.tests().stream().mapToInt(test -> test.failures().size()).sum();
    out.append("<testsuite name=\"");
    text(report.file());
    out.append("\" tests=\"").append(aborted ? 1 : report.tests().size());
    out.append("\" failures=\"").append(failures);
    out.append("\" errors=\"").append(report.aborted().size());
    out.append("\" skipped=\"0\" timestamp=\"");
    out.append(TIME.format(Instant.ofEpochMilli(nowMs))).append("\">");
    if (aborted) {
      out.append("<testcase name=\"unknown\">");
      element("error", String.join("\n", report.aborted()));
      out.append("</testcase>");
    }
    for (TestResult test : report.tests()) {
      out.append("<testcase name=\"");
      text(test.name());
      out.append("\">");
      test.failures().forEach(failure -> element("failure", failure));
      out.append("</testcase>");
    }
    out.append("</testsuite>");
  }

  private void element(String name, String content) {
    out.append('<').append(name).append('>');
    text(content);
    out.append("</").append(name).append('>');
  }

  private void text(String content) {
    content.codePoints().forEach(this::character);
  }

  private void character(int c) {
    switch (c) {
      case '"' -> out.append("&#34;");
      case '\'' -> out.append("&#39;");
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '\t' -> out.append("&#x9;");
      case '\n' -> out.append("&#xA;");
      case '\r' -> out.append("&#xD;");
      default -> {
        boolean allowed = c >= 0x20 && !Character.isSurrogate((char) Math.min(c, 0xffff));
        out.appendCodePoint(allowed && c != 0xfffe && c != 0xffff ? c : 0xfffd);
      }
    }
  }
}
