package dev.tocsin.world.real.http;

import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.real.http.hpack.HpackWriter;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/// Sends answers on a connection of HTTP/2. Any thread, one for each stream.
final class H2Replies {
  private final Listener listener;
  private final H2Writer writer;
  private final H2Windows windows;

  H2Replies(Listener listener, H2Writer writer, H2Windows windows) {
    this.listener = listener;
    this.writer = writer;
    this.windows = windows;
  }

  /// A large answer stays in memory for as long as its reader takes.
  void send(int stream, HttpReply reply, boolean isHead) throws IOException {
    int bytes = reply.content().length;
    if (bytes <= H2.FRAME_BYTES_MAX) {
      sendAll(stream, reply, isHead);
    } else if (listener.replyBytes.take(bytes)) {
      try {
        sendAll(stream, reply, isHead);
      } finally {
        listener.replyBytes.give(bytes);
      }
    } else {
      sendAll(stream, HttpReply.text(503, "too many answers are being sent\n"), isHead);
    }
  }

  private void sendAll(int stream, HttpReply reply, boolean isHead) throws IOException {
    HttpReply sent = reply;
    byte[] head;
    byte[] trailers;
    try {
      head = head(reply);
      trailers = block(reply.trailers());
    } catch (IllegalArgumentException e) {
      sent = listener.failure(e);
      head = head(sent);
      trailers = new byte[0];
    }
    int length = isHead || !ReplyWriter.hasContent(sent.status()) ? 0 : sent.content().length;
    boolean trailing = trailers.length > 0;
    headers(stream, head, length == 0 && !trailing);
    long deadlineNanos = listener.clock.monotonicNanos() + listener.idleNanos;
    for (int at = 0; at < length; ) {
      int some = windows.take(stream, Math.min(H2.FRAME_BYTES_MAX, length - at), deadlineNanos);
      boolean isLast = at + some == length && !trailing;
      writer.frame(H2.DATA, isLast ? H2.END_STREAM : 0, stream, sent.content(), at, some);
      at += some;
    }
    if (trailing) {
      headers(stream, trailers, true);
    }
  }

  private void headers(int stream, byte[] block, boolean isLast) throws IOException {
    int flags = H2.END_HEADERS | (isLast ? H2.END_STREAM : 0);
    writer.frame(H2.HEADERS, flags, stream, block, 0, block.length);
  }

  private byte[] head(HttpReply reply) {
    HpackWriter out = new HpackWriter();
    out.add(":status", Integer.toString(reply.status()));
    long second = Math.floorDiv(listener.clock.wallNanos(), 1_000_000_000L);
    out.add("date", listener.date.at(second));
    add(out, reply.headers());
    if (ReplyWriter.hasContent(reply.status()) && reply.trailers().isEmpty()) {
      out.add("content-length", Integer.toString(reply.content().length));
    }
    return checked(out);
  }

  private static byte[] block(Map<String, String> headers) {
    HpackWriter out = new HpackWriter();
    add(out, headers);
    return checked(out);
  }

  private static void add(HpackWriter out, Map<String, String> headers) {
    headers.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (!ReplyWriter.isOurs(lower)) {
            if (!HeadReader.isToken(lower, lower.length()) || !HeadReader.isText(value)) {
              throw new IllegalArgumentException("not a header: " + name);
            }
            out.add(lower, value);
          }
        });
  }

  private static byte[] checked(HpackWriter out) {
    byte[] block = out.bytes();
    if (block.length > H2.FRAME_BYTES_MAX) {
      throw new IllegalArgumentException("headers of " + block.length + " bytes");
    }
    return block;
  }
}
