package dev.tocsin.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.problem.Problem;
import dev.tocsin.model.problem.Problems;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FieldsTest {
  private final Problems problems = new Problems();

  private Fields read(String text) {
    Node root = YamlReader.read("f.yml", text, problems).orElseThrow().root();
    return Fields.of("f.yml", root, "", problems);
  }

  private List<String> said() {
    return problems.list().stream().map(Problem::toString).toList();
  }

  @Test
  void readsEveryKindOfValue() {
    Fields fields =
        read(
            """
            name: x
            every: 1m30s
            count: 7
            on: true
            labels: {a: b, n: 1}
            list: [p, 'q']
            deep:
              - inner: |
                  text
            """);
    assertThat(fields.required("name")).isEqualTo("x");
    assertThat(fields.durationMs("every", 0)).isEqualTo(90_000);
    assertThat(fields.integer("count", 0, 0, 10)).isEqualTo(7);
    assertThat(fields.bool("on", false)).isTrue();
    assertThat(fields.strings("labels")).isEqualTo(Map.of("a", "b", "n", "1"));
    assertThat(fields.texts("list")).extracting(Node.Scalar::text).containsExactly("p", "q");
    Node.Scalar inner = fields.mappings("deep").getFirst().scalar("inner").orElseThrow();
    assertThat(inner.text()).isEqualTo("text\n");
    assertThat(inner.contentLine()).isEqualTo(9);
    assertThat(fields.string("absent", "default")).isEqualTo("default");
    fields.done();
    assertThat(said()).isEmpty();
  }

  @Test
  void tellsEveryMistakeWithItsPlace() {
    Fields fields =
        read(
            """
            nam: x
            every: fast
            count: 11
            on: yes
            labels: [a]
            list: {a: b}
            a: 1
            a: 2
            """);
    fields.required("name");
    fields.durationMs("every", 0);
    fields.integer("count", 0, 0, 10);
    fields.bool("on", false);
    fields.strings("labels");
    fields.texts("list");
    fields.take("a");
    fields.done();
    assertThat(said())
        .containsExactlyInAnyOrder(
            "f.yml:8:1: a: the key is there twice",
            "f.yml:1:1: name: must be given and not be empty",
            "f.yml:2:8: every: \"fast\" is not a duration\n"
                + "    write a number with a unit, as 15s or 1h30m",
            "f.yml:3:8: count: \"11\" is not a whole number from 0 to 10",
            "f.yml:4:5: on: \"yes\" must be one of true, false",
            "f.yml:5:9: labels: must be a mapping, but is a list",
            "f.yml:6:7: list: must be a list, but is a mapping",
            "f.yml:1:1: nam: unknown key\n    did you mean \"name\"?");
  }

  @Test
  void aliasesAndMergeKeysWorkAsInGo() {
    Fields fields = read("base: &b {x: 1, y: 2}\nuse:\n  <<: *b\n  y: 3\n");
    fields.take("base");
    assertThat(fields.strings("use")).isEqualTo(Map.of("x", "1", "y", "3"));
  }

  @Test
  void aSecondDocumentIsSeenButNotRead() {
    assertThat(YamlReader.read("f", "a: 1\n---\nb: [", problems).orElseThrow().anotherFollows())
        .isTrue();
    assertThat(YamlReader.read("f", "a: 1\n", problems).orElseThrow().anotherFollows()).isFalse();
    assertThat(said()).isEmpty();
  }

  @Test
  void whatIsNoYamlIsAProblemWithItsPlace() {
    assertThat(YamlReader.read("f.yml", "a: [1\nb: 2\n", problems)).isEmpty();
    assertThat(said()).singleElement().asString().startsWith("f.yml:2:2: not valid YAML: ");
  }

  @Test
  void anAliasBombIsRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      String one = "*a" + (i - 1);
      bomb.append(
          "a%d: &a%d [%s]\n"
              .formatted(i, i, String.join(",", List.of(one, one, one, one, one, one, one, one))));
    }
    assertThat(YamlReader.read("f", bomb.toString(), problems)).isEmpty();
    assertThat(said()).isNotEmpty();
  }

  @Test
  void noiseNeverThrows() {
    String good = "groups:\n- name: &a x\n  rules: [{expr: 'a', labels: {b: \"c\"}}, *a]\n# end\n";
    for (int seed = 0; seed < 3000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      StringBuilder text = new StringBuilder(good);
      for (int i = 0; i < 1 + random.nextInt(6); i++) {
        int at = random.nextInt(text.length());
        text.setCharAt(at, "{}[]:-'\"|>&*!%@`#,? \n\tx\0".charAt(random.nextInt(24)));
      }
      Problems found = new Problems();
      boolean read = YamlReader.read("f", text.toString(), found).isPresent();
      assertThat(read || !found.isEmpty() || text.toString().isBlank())
          .as("seed %d", seed)
          .isTrue();
    }
  }
}
