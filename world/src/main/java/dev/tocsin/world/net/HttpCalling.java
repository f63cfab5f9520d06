package dev.tocsin.world.net;

import java.util.Map;
import java.util.function.Consumer;

/// Calls other HTTP servers. Never blocks the caller.
public interface HttpCalling {
  /// Sends, and later hands the outcome to `then`, once, on another thread (in a simulation: as an
  /// event of its own).
  ///
  /// Sends once: a call that fails may have reached the server all the same, and only who made it
  /// knows whether it may be made again.
  void call(HttpCall call, Consumer<HttpOutcome> then);

  /// Closes what is kept open for later calls; those under way end by themselves.
  default void close() {}

  /// @param timeoutMs for the whole exchange
  /// @param answerBytesMax bytes of the answer's body that are kept
  record HttpCall(
      String method,
      String url,
      Map<String, String> headers,
      byte[] body,
      long timeoutMs,
      int answerBytesMax) {
    /// Bytes of an answer's body that are kept where nobody says otherwise.
    public static final int ANSWER_BYTES = 64 << 10;

    public HttpCall {
      headers = Map.copyOf(headers);
    }

    public HttpCall(
        String method, String url, Map<String, String> headers, byte[] body, long timeoutMs) {
      this(method, url, headers, body, timeoutMs, ANSWER_BYTES);
    }
  }

  /// How a call ended.
  sealed interface HttpOutcome {
    /// The server answered; `body` holds at most as much as the call keeps. Header names in lower
    /// case.
    record Answered(int status, Map<String, String> headers, byte[] body) implements HttpOutcome {}

    /// No answer: refused, timed out, no such host. `reason` names no secret.
    record Failed(String reason) implements HttpOutcome {}
  }
}
