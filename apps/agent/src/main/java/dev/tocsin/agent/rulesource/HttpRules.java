package dev.tocsin.agent.rulesource;

import dev.tocsin.model.input.RuleSet.RuleText;
import dev.tocsin.world.net.HttpCalling;
import dev.tocsin.world.net.HttpCalling.HttpCall;
import dev.tocsin.world.net.HttpCalling.HttpOutcome;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

/// Fetches rules from a URL. Any thread.
public final class HttpRules {
  /// Bytes of an answer; the HTTP client gives no more than this, so that a longer one would be cut
  /// in the middle of a rule: one that reaches it is refused.
  public static final int BODY_BYTES_MAX = 64 << 10;

  /// For the whole exchange.
  public static final long TIMEOUT_MS = 10_000;

  private final HttpCalling calling;

  public HttpRules(HttpCalling calling) {
    this.calling = calling;
  }

  /// Whether an entry of `rule_files` is a URL.
  public static boolean isUrl(String entry) {
    return entry.startsWith("http://") || entry.startsWith("https://");
  }

  /// The URL as it may be shown: without a user's name and password.
  public static String shown(String url) {
    return url.replaceFirst("^(https?://)[^/?#]*@", "$1");
  }

  /// Asks, and later hands on what came, once.
  public void fetch(String url, Consumer<RuleAnswer> then) {
    HttpCall call = new HttpCall("GET", url, Map.of(), new byte[0], TIMEOUT_MS);
    calling.call(call, outcome -> then.accept(answer(shown(url), outcome)));
  }

  private static RuleAnswer answer(String name, HttpOutcome outcome) {
    return switch (outcome) {
      case HttpOutcome.Failed(String reason) -> new RuleAnswer.Failed("cannot be reached: " + reason);
      case HttpOutcome.Answered(int status, var _, var _) when status != 200 ->
          new RuleAnswer.Failed("answers with status " + status);
      case HttpOutcome.Answered(var _, var _, byte[] body) when body.length >= BODY_BYTES_MAX ->
          new RuleAnswer.Failed("answers with " + BODY_BYTES_MAX + " bytes or more");
      case HttpOutcome.Answered(var _, var _, byte[] body) -> text(name, body);
    };
  }

  private static RuleAnswer text(String name, byte[] body) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return new RuleAnswer.Given(new RuleText(name, text));
    } catch (CharacterCodingException _) {
      return new RuleAnswer.Failed("answers with what is not UTF-8");
    }
  }
}
