package dev.tocsin.world.real.http;

import dev.tocsin.world.net.HttpHandler;
import dev.tocsin.world.net.HttpServing;
import dev.tocsin.world.real.schedule.Alarms;
import dev.tocsin.world.time.Clock;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/// Serves HTTP/1.1 and HTTP/2 on sockets. What all its listeners hold has one bound.
public final class RealServing implements HttpServing {
  /// Connections the kernel holds for us; beyond it new ones wait at their senders.
  private static final int BACKLOG = 512;

  private final Clock clock;
  private final Alarms alarms;
  private final Budgets budgets = new Budgets();

  public RealServing(Clock clock, Alarms alarms) {
    this.clock = clock;
    this.alarms = alarms;
  }

  @Override
  public Listening listen(ListenConfig config, HttpHandler handler) throws IOException {
    InetSocketAddress address = new InetSocketAddress(config.host(), config.port());
    String place = config.host() + ":" + config.port();
    if (address.isUnresolved()) {
      throw new IOException("cannot listen on " + place + ": no such host");
    }
    ServerSocketChannel server = ServerSocketChannel.open();
    try {
      server.bind(address, BACKLOG);
      int port = server.socket().getLocalPort();
      Listener listener = new Listener(server, port, config, handler, budgets, clock, alarms);
      listener.start();
      return listener;
    } catch (BindException e) {
      server.close();
      throw new IOException("cannot listen on " + place + ": " + reason(e), e);
    } catch (IOException e) {
      server.close();
      throw new IOException("cannot listen on " + place + ": " + e.getMessage(), e);
    }
  }

  private static String reason(BindException e) {
    String message = String.valueOf(e.getMessage());
    return message.startsWith("Address already in use")
        ? "another program listens there already"
        : message;
  }
}
