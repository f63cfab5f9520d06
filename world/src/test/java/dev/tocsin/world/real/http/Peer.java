package dev.tocsin.world.real.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/// A client that sends bytes as they are and reads what comes back.
final class Peer implements AutoCloseable {
  private static final int PATIENCE_MS = 20_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  Peer(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MS);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  Peer send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  Peer send(byte[] bytes) throws IOException {
    out.write(bytes);
    return this;
  }

  Peer endSending() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /// Whether the server closed, or it took `bytes` more, one by one with a pause after each. What
  /// the server sends meanwhile is thrown away.
  boolean isClosedWhileSending(char what, int bytes, int pauseMs) throws IOException {
    socket.setSoTimeout(pauseMs);
    for (int i = 0; i < bytes; i++) {
      try {
        out.write(what);
        if (in.read() < 0) {
          return true;
        }
      } catch (SocketTimeoutException _) {
        // Nothing came, which is what an open connection does.
      } catch (SocketException _) {
        return true;
      }
    }
    return false;
  }

  /// One answer: its head and its content.
  String answer() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        return head + "<closed>";
      }
      head.append((char) c);
    }
    String lower = head.toString();
    int at = lower.indexOf("Content-Length: ");
    if (at < 0) {
      return lower;
    }
    int length = Integer.parseInt(lower.substring(at + 16, lower.indexOf('\r', at)));
    return lower + new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
  }

  /// All that comes until the server closes.
  String rest() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      in.transferTo(all);
    } catch (SocketException _) {
      all.writeBytes("<reset>".getBytes(StandardCharsets.ISO_8859_1));
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /// The next byte, or -1 where the server closed in whatever way.
  int read() throws IOException {
    try {
      return in.read();
    } catch (SocketException _) {
      return -1;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
