package dev.tocsin.world.real.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server that does to each connection what a test says.
final class ScriptedServer implements AutoCloseable {
  /// What happens to one connection; it is closed afterwards.
  @FunctionalInterface
  interface Script {
    void run(Conversation conversation) throws IOException;
  }

  /// The server's end of a connection.
  record Conversation(InputStream in, OutputStream out, ScriptedServer server) {
    /// Reads a head and its content; returns the head, or the empty string at the end.
    String request() throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int c = in.read();
        if (c < 0) {
          return "";
        }
        head.append((char) c);
      }
      int at = head.indexOf("Content-Length: ");
      if (at >= 0) {
        in.readNBytes(Integer.parseInt(head.substring(at + 16, head.indexOf("\r", at))));
      }
      server.requests.add(head.toString());
      return head.toString();
    }

    Conversation answer(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      return this;
    }
  }

  /// The heads of all requests.
  final List<String> requests = new CopyOnWriteArrayList<>();

  private final ServerSocket server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  ScriptedServer(Script script) throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
  }

  ScriptedServer(ServerSocket server, Script script) {
    this.server = server;
    Thread.ofVirtual().start(() -> acceptAll(script));
  }

  private void acceptAll(Script script) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> run(script, socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void run(Script script, Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      script.run(new Conversation(in, socket.getOutputStream(), this));
    } catch (IOException _) {
      // The client closed; tests look at what it reports.
    }
  }

  int port() {
    return server.getLocalPort();
  }

  int connections() {
    return sockets.size();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
