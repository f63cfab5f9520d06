package dev.tocsin.agent.rulesource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.input.RuleSet.RuleText;
import dev.tocsin.world.net.HttpCalling.HttpOutcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpRulesTest {
  private static RuleAnswer fetched(String url, HttpOutcome outcome) {
    List<RuleAnswer> answers = new ArrayList<>();
    new HttpRules((_, then) -> then.accept(outcome)).fetch(url, answers::add);
    assertThat(answers).hasSize(1);
    return answers.getFirst();
  }

  private static HttpOutcome answered(int status, byte[] body) {
    return new HttpOutcome.Answered(status, Map.of(), body);
  }

  @Test
  void theBodyIsTheTextAndThePasswordIsNotInTheName() {
    byte[] body = "groups: []\n".getBytes(StandardCharsets.UTF_8);
    assertThat(fetched("https://me:pw@rules/a", answered(200, body)))
        .isEqualTo(new RuleAnswer.Given(new RuleText("https://rules/a", "groups: []\n")));
  }

  @Test
  void anAtSignInThePathIsNoPassword() {
    assertThat(HttpRules.shown("http://rules/a@b")).isEqualTo("http://rules/a@b");
  }

  @Test
  void anyOtherStatusIsAFailure() {
    assertThat(fetched("http://rules/a", answered(404, new byte[0])))
        .isEqualTo(new RuleAnswer.Failed("answers with status 404"));
  }

  @Test
  void aBodyThatMayHaveBeenCutOffIsAFailure() {
    assertThat(fetched("http://rules/a", answered(200, new byte[HttpRules.BODY_BYTES_MAX])))
        .isEqualTo(new RuleAnswer.Failed("answers with 65536 bytes or more"));
  }

  @Test
  void whatIsNotUtf8IsAFailure() {
    assertThat(fetched("http://rules/a", answered(200, new byte[] {(byte) 0xc3})))
        .isEqualTo(new RuleAnswer.Failed("answers with what is not UTF-8"));
  }

  @Test
  void noAnswerIsAFailure() {
    assertThat(fetched("http://rules/a", new HttpOutcome.Failed("refused")))
        .isEqualTo(new RuleAnswer.Failed("cannot be reached: refused"));
  }
}
