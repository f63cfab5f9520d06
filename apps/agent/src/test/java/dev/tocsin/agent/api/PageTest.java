package dev.tocsin.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The page's files hold together; what a browser makes of them is for the eye.
class PageTest {
  private static final String HTML = read("index.html");
  private static final String JS = read("page.js");
  private static final String CSS = read("page.css");

  private static String read(String name) {
    try (InputStream in = PageTest.class.getResourceAsStream("/dev/tocsin/agent/page/" + name)) {
      assertThat(in).as(name).isNotNull();
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// The first group of every match.
  private static Set<String> all(String pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static Set<String> words(String language) {
    int from = JS.indexOf("  " + language + ": {");
    int to = JS.indexOf(" },\n", from);
    assertThat(from).as(language).isPositive();
    String block = JS.substring(JS.indexOf('{', from), to);
    // Texts go first, since one may hold what looks like a key.
    return all("(\\w+): \"\"", block.replaceAll("\"[^\"]*\"", "\"\""));
  }

  @Test
  void bothLanguagesHaveTheSameWords() {
    assertThat(words("en")).hasSizeGreaterThan(50).isEqualTo(words("zh"));
  }

  @Test
  void everyWordThatIsAskedForIsThere() {
    Set<String> asked = all("data-t(?:-title)?=\"(\\w+)\"", HTML);
    asked.addAll(all("\\bt\\(\"(\\w+)\"\\)", JS));
    asked.addAll(all("\\bt\\(\\w+ \\? \"(\\w+)\"", JS));
    asked.addAll(all("\\bt\\(\\w+ \\? \"\\w+\" : \"(\\w+)\"", JS));
    String stages = JS.substring(JS.indexOf("const STAGES"), JS.indexOf("const COLOURS"));
    asked.addAll(all("\"(\\w+)\"", stages));
    assertThat(asked).hasSizeGreaterThan(40);
    assertThat(words("en")).containsAll(asked);
  }

  @Test
  void theWordsOfTheApiAreThere() {
    assertThat(words("en"))
        .contains("firing", "pending", "inactive", "recording", "resolved")
        .contains("ok", "err", "unknown", "up", "down");
  }

  @Test
  void everyElementThatTheScriptAsksForIsThere() {
    Set<String> asked = all("\\$\\(\"([^\"]+)\"\\)", JS);
    assertThat(asked).hasSizeGreaterThan(10);
    assertThat(all("\\bid=\"([^\"]+)\"", HTML)).containsAll(asked);
  }

  @Test
  void everyLinkWithinThePageLeadsSomewhere() {
    assertThat(all("\\bid=\"([^\"]+)\"", HTML)).containsAll(all("href=\"#([^\"]+)\"", HTML));
  }

  @Test
  void nothingComesFromAnotherHost() {
    // The name of the SVG namespace is no address: nobody loads it.
    String everything = (HTML + JS + CSS).replace("http://www.w3.org/2000/svg", "");
    assertThat(everything).doesNotContainPattern("(?i)(https?:|wss?:)?//[a-z0-9]+\\.[a-z]");
    assertThat(CSS).doesNotContain("@import", "url(");
  }

  @Test
  void textFromOutsideNeverBecomesMarkup() {
    assertThat(JS)
        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write")
        .doesNotContain("eval(", "new Function");
    assertThat(HTML).doesNotContainPattern("<script(?! src)").doesNotContainPattern(" on\\w+=");
  }
}
