package dev.tocsin.world.real.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// A connection to a server. One thread at a time; [#abort] any.
final class ClientConnection {
  private final SocketChannel channel;
  final WireInput in;
  final OutputStream out;

  /// Monotonic nanoseconds until which it may be used again.
  long usableUntilNanos;

  boolean reused;

  /// @param socket that of the channel, or the TLS socket around it
  ClientConnection(SocketChannel channel, Socket socket, ByteBudget budget) throws IOException {
    this.channel = channel;
    InputStream input = socket.getInputStream();
    this.in = new WireInput(input, budget);
    this.out = socket.getOutputStream();
  }

  /// Whether the server has neither closed it nor sent anything since the last answer. What it
  /// sends after this look cannot be known: a call on a connection that the server closes at the
  /// same moment fails.
  boolean isStillOpen() {
    if (!in.isEmpty()) {
      return false;
    }
    try {
      channel.configureBlocking(false);
      int got = channel.read(ByteBuffer.allocate(1));
      channel.configureBlocking(true);
      return got == 0;
    } catch (IOException _) {
      return false;
    }
  }

  void abort() {
    close(channel);
  }

  /// The channel alone: closing a TLS socket would say good-bye first, and may wait for that.
  static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException _) {
      // Closed is closed.
    }
  }

  void release() {
    in.release();
    abort();
  }
}
