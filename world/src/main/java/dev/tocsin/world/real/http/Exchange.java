package dev.tocsin.world.real.http;

import dev.tocsin.world.net.HttpCalling.HttpCall;
import dev.tocsin.world.net.HttpCalling.HttpOutcome;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// One call, from the connection to the answer, on one virtual thread. [#expire] comes from
/// another.
final class Exchange {
  /// Bytes of an answer's head; a larger one is a failure.
  private static final int HEAD_BYTES_MAX = 64 << 10;

  /// Interim answers before the final one; more are a failure.
  private static final int INTERIM_MAX = 8;

  /// Nanoseconds for which a connection may be used again, where the server does not say less.
  private static final long REUSE_NANOS = 60_000_000_000L;

  private final RealCalling calling;
  private final HttpCall call;
  private final long deadlineNanos;

  /// What [#expire] closes. Guarded by this.
  private @Nullable SocketChannel dialing;

  private @Nullable ClientConnection connection;
  private boolean expired;

  Exchange(RealCalling calling, HttpCall call, long deadlineNanos) {
    this.calling = calling;
    this.call = call;
    this.deadlineNanos = deadlineNanos;
  }

  /// The time is over: whatever is waited for fails now.
  synchronized void expire() {
    expired = true;
    if (dialing != null) {
      ClientConnection.close(dialing);
    }
    if (connection != null) {
      connection.abort();
    }
  }

  private synchronized boolean isExpired() {
    return expired;
  }

  private synchronized void dials(SocketChannel channel) {
    dialing = channel;
    if (expired) {
      ClientConnection.close(channel);
    }
  }

  private synchronized void uses(@Nullable ClientConnection used) {
    connection = used;
    dialing = null;
    if (expired && used != null) {
      used.abort();
    }
  }

  HttpOutcome run() {
    Target target;
    byte[] request;
    try {
      target = Target.parse(call.url());
      request = request(target);
    } catch (WireException e) {
      return new HttpOutcome.Failed(e.reason());
    }
    try {
      return exchange(target, request);
    } catch (IOException e) {
      String reason = isExpired() ? "no answer within " + call.timeoutMs() + " ms" : reason(e);
      return new HttpOutcome.Failed(target.place() + ": " + reason);
    }
  }

  private HttpOutcome exchange(Target target, byte[] request) throws IOException {
    ClientConnection used = calling.pool.take(target.key());
    if (used == null) {
      used = calling.dialer.dial(target, deadlineNanos, this::dials);
    }
    uses(used);
    boolean keep = false;
    try {
      used.out.write(request);
      used.out.flush();
      HeadReader.Head head = finalHead(used);
      int status = status(head);
      long framing = Framing.ofAnswer(call.method(), status, head.fields());
      BodyReader body = new BodyReader(used.in, framing);
      byte[] content = content(body, call.answerBytesMax());
      keep = body.isFinished() && mayKeep(head, framing);
      used.usableUntilNanos = calling.clock.monotonicNanos() + reuseNanos(head.fields());
      return new HttpOutcome.Answered(status, head.fields().asMap(), content);
    } finally {
      uses(null);
      if (keep && !isExpired()) {
        calling.pool.put(target.key(), used);
      } else {
        used.release();
      }
    }
  }

  private byte[] request(Target target) throws WireException {
    StringBuilder head = new StringBuilder(256);
    if (!HeadReader.isToken(call.method(), call.method().length())) {
      throw new WireException(400, "the method is not a word");
    }
    head.append(call.method()).append(' ').append(target.path()).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(target.hostHeader()).append("\r\n");
    boolean agent = false;
    boolean authorization = false;
    for (Map.Entry<String, String> header : call.headers().entrySet()) {
      String name = header.getKey();
      if (!HeadReader.isToken(name, name.length()) || !HeadReader.isText(header.getValue())) {
        throw new WireException(400, "a header that cannot be sent");
      }
      switch (name.toLowerCase(Locale.ROOT)) {
        case "host", "content-length", "transfer-encoding", "connection", "expect" -> {
          continue;
        }
        case "user-agent" -> agent = true;
        case "authorization" -> authorization = true;
        default -> {}
      }
      head.append(name).append(": ").append(header.getValue()).append("\r\n");
    }
    if (!agent) {
      head.append("User-Agent: tocsin\r\n");
    }
    if (!authorization && !target.authorization().isEmpty()) {
      head.append("Authorization: ").append(target.authorization()).append("\r\n");
    }
    if (call.body().length > 0 || !call.method().equals("GET")) {
      head.append("Content-Length: ").append(call.body().length).append("\r\n");
    }
    head.append("\r\n");
    byte[] bytes = head.toString().getBytes(StandardCharsets.UTF_8);
    byte[] whole = Arrays.copyOf(bytes, bytes.length + call.body().length);
    System.arraycopy(call.body(), 0, whole, bytes.length, call.body().length);
    return whole;
  }

  private static HeadReader.Head finalHead(ClientConnection used) throws IOException {
    for (int i = 0; i <= INTERIM_MAX; i++) {
      HeadReader.Head head = HeadReader.read(used.in, HEAD_BYTES_MAX);
      if (status(head) >= 200) {
        return head;
      }
    }
    throw new WireException(502, "only interim answers came");
  }

  private static int status(HeadReader.Head head) throws WireException {
    String line = head.firstLine();
    boolean good = line.startsWith("HTTP/1.") && line.length() >= 12 && line.charAt(8) == ' ';
    int status = 0;
    for (int i = 9; good && i < 12; i++) {
      int digit = line.charAt(i) - '0';
      good = digit >= 0 && digit <= 9;
      status = status * 10 + digit;
    }
    if (!good || status < 100) {
      throw new WireException(502, "the answer is not HTTP/1.1");
    }
    return status;
  }

  /// A body longer than what is kept costs the connection.
  private static byte[] content(BodyReader body, int bytesMax) throws IOException {
    byte[] bytes = new byte[Math.clamp(body.left(), Math.min(256, bytesMax), bytesMax)];
    int filled = 0;
    while (true) {
      if (filled == bytes.length) {
        if (filled == bytesMax) {
          break;
        }
        bytes = Arrays.copyOf(bytes, Math.min(bytesMax, filled * 2));
      }
      int got = body.read(bytes, filled, bytes.length - filled);
      if (got < 0) {
        break;
      }
      filled += got;
    }
    return Arrays.copyOf(bytes, filled);
  }

  private static boolean mayKeep(HeadReader.Head head, long framing) {
    return framing != Framing.UNTIL_CLOSE
        && head.firstLine().startsWith("HTTP/1.1")
        && !head.fields().lists("connection", "close");
  }

  /// A second less than the server says in `Keep-Alive: timeout=5`.
  private static long reuseNanos(Fields fields) {
    for (String part : fields.first("keep-alive").split(",", -1)) {
      String text = part.strip();
      if (text.startsWith("timeout=")) {
        try {
          long seconds = Integer.parseInt(text.substring("timeout=".length()));
          return Math.clamp(seconds - 1, 0, 60) * 1_000_000_000L;
        } catch (NumberFormatException _) {
          return REUSE_NANOS;
        }
      }
    }
    return REUSE_NANOS;
  }

  private static String reason(IOException e) {
    return switch (e) {
      case ConnectException _ -> "connection refused";
      case SocketTimeoutException _ -> "the connection was not taken in time";
      case EOFException _ -> "the connection was closed before the answer was whole";
      case SSLException tls -> "TLS: " + tls.getMessage();
      case IOException other ->
          other.getMessage() == null ? other.getClass().getSimpleName() : other.getMessage();
    };
  }
}
