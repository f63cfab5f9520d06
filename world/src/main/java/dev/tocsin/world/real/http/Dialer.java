package dev.tocsin.world.real.http;

import dev.tocsin.world.real.schedule.BlockingCalls;
import dev.tocsin.world.time.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// Opens connections: finds the addresses of a name, tries one after the other, and begins TLS.
final class Dialer {
  private final Clock clock;
  private final BlockingCalls names;
  private final ByteBudget headBytes;

  /// Made at the first call that needs it: it costs some megabytes.
  private volatile @Nullable SSLSocketFactory tls;

  private final Callable<SSLSocketFactory> tlsMaker;

  Dialer(
      Clock clock, BlockingCalls names, ByteBudget headBytes, Callable<SSLSocketFactory> tlsMaker) {
    this.tlsMaker = tlsMaker;
    this.clock = clock;
    this.names = names;
    this.headBytes = headBytes;
  }

  /// @param opened told of each channel before anything is waited for, so that it can be closed
  ClientConnection dial(Target target, long deadlineNanos, Consumer<SocketChannel> opened)
      throws IOException {
    InetAddress[] addresses = addresses(target, deadlineNanos);
    IOException last = new IOException("no address");
    for (int i = 0; i < addresses.length; i++) {
      long left = deadlineNanos - clock.monotonicNanos();
      if (left <= 0) {
        break;
      }
      // An address that does not answer must not take the time of those behind it.
      long share = Math.max(1, left / (addresses.length - i) / 1_000_000);
      SocketChannel channel = SocketChannel.open();
      opened.accept(channel);
      try {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel
            .socket()
            .connect(
                new InetSocketAddress(addresses[i], target.port()),
                (int) Math.min(share, Integer.MAX_VALUE));
        return connected(target, channel, deadlineNanos);
      } catch (IOException e) {
        ClientConnection.close(channel);
        last = e;
      }
    }
    throw last;
  }

  /// A lookup may hang for as long as the name server does.
  private InetAddress[] addresses(Target target, long deadlineNanos) throws IOException {
    try {
      return new InetAddress[] {InetAddress.ofLiteral(target.host())};
    } catch (IllegalArgumentException _) {
      long left = deadlineNanos - clock.monotonicNanos();
      try {
        return names.call(target.host(), left, () -> InetAddress.getAllByName(target.host()));
      } catch (UnknownHostException _) {
        throw new UnknownHostException("no such host");
      }
    }
  }

  private ClientConnection connected(Target target, SocketChannel channel, long deadlineNanos)
      throws IOException {
    if (!target.tls()) {
      return new ClientConnection(channel, channel.socket(), headBytes);
    }
    SSLSocketFactory factory = factory(deadlineNanos);
    if (factory.createSocket(channel.socket(), target.host(), target.port(), true)
        instanceof SSLSocket socket) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return new ClientConnection(channel, socket, headBytes);
    }
    throw new IOException("no TLS");
  }

  /// On a platform thread: reading the trusted certificates would hold up a carrier.
  private SSLSocketFactory factory(long deadlineNanos) throws IOException {
    SSLSocketFactory known = tls;
    if (known == null) {
      long left = deadlineNanos - clock.monotonicNanos();
      known = names.call("the trusted certificates", left, tlsMaker);
      tls = known;
    }
    return known;
  }
}
