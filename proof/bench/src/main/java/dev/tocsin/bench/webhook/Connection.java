package dev.tocsin.bench.webhook;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// One connection: its requests one after the other, on a thread of its own that waits in the read.
/// A silent connection stays open until its sender or the receiver closes it.
final class Connection implements Runnable, AutoCloseable {
  /// Bytes, and the longest silence in milliseconds, that are waited for after the last answer:
  /// closing while something comes in resets the connection, and the answer may be lost.
  private static final int LINGER_BYTES_MAX = 1 << 20;

  private static final int LINGER_MS = 1_000;

  private final Socket socket;
  private final Function<IncomingRequest, Reply> handler;
  private final CountDownLatch closed = new CountDownLatch(1);

  Connection(Socket socket, Function<IncomingRequest, Reply> handler) {
    this.socket = socket;
    this.handler = handler;
  }

  @Override
  public void run() {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      RequestReader reader = new RequestReader(in, out);
      boolean goesOn = true;
      while (goesOn) {
        goesOn = serve(reader, out);
      }
      linger(in);
    } catch (IOException e) {
      // The sender is gone, or the receiver closed it: nobody is left to tell.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// One request. Returns whether another one may follow.
  private boolean serve(RequestReader reader, OutputStream out)
      throws IOException, InterruptedException {
    IncomingRequest request;
    try {
      request = reader.next();
    } catch (BadRequestException e) {
      out.write(new Reply(e.status(), 0).bytes(false));
      return false;
    }
    if (request == null) {
      return false;
    }
    Reply reply = handler.apply(request);
    if (reply.delayMs() > 0 && closed.await(reply.delayMs(), TimeUnit.MILLISECONDS)) {
      return false;
    }
    out.write(reply.bytes(request.keepAlive()));
    return request.keepAlive();
  }

  private void linger(InputStream in) throws IOException {
    socket.shutdownOutput();
    socket.setSoTimeout(LINGER_MS);
    byte[] nowhere = new byte[8 << 10];
    int left = LINGER_BYTES_MAX;
    for (int got = in.read(nowhere); got >= 0 && left > 0; got = in.read(nowhere)) {
      left -= got;
    }
  }

  /// Any thread. Ends whatever it waits for.
  @Override
  public void close() {
    closed.countDown();
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing can be done about a socket that does not close, and nobody waits for it.
    }
  }
}
