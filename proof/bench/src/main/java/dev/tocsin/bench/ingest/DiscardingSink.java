package dev.tocsin.bench.ingest;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/// Answers every POST with 204 and keeps nothing. Bodies need a length.
final class DiscardingSink implements AutoCloseable {
  private static final byte[] TAKEN =
      "HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int BUFFER_BYTES = 64 << 10;

  private final ServerSocket socket;
  private final AtomicLong bytes = new AtomicLong();

  private DiscardingSink(ServerSocket socket) {
    this.socket = socket;
  }

  static DiscardingSink open() {
    try {
      DiscardingSink sink =
          new DiscardingSink(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()));
      Thread.ofPlatform().daemon().name("sink").start(sink::accept);
      return sink;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/api/v1/write");
  }

  /// Of all bodies so far.
  long bytes() {
    return bytes.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        Thread.ofPlatform().daemon().name("sink-connection").start(() -> serve(connection));
      }
    } catch (IOException e) {
      // It is closed.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream(), BUFFER_BYTES);
      OutputStream out = connection.getOutputStream();
      while (true) {
        long length = 0;
        String line = line(in);
        while (!line.isEmpty()) {
          if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
            length = Long.parseLong(line.substring(line.indexOf(':') + 1).strip());
          }
          line = line(in);
        }
        in.skipNBytes(length);
        bytes.addAndGet(length);
        out.write(TAKEN);
      }
    } catch (IOException e) {
      // The sender is gone.
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException();
      }
      line.append((char) b);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing can be done about a socket that does not close, and nobody waits for it.
    }
  }
}
