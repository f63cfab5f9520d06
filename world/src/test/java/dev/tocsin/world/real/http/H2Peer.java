package dev.tocsin.world.real.http;

import dev.tocsin.world.real.http.hpack.HpackDecoder;
import dev.tocsin.world.real.http.hpack.HpackWriter;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// A client of HTTP/2 that sends frames as it is told and reads what comes back. One thread.
final class H2Peer implements AutoCloseable {
  private static final int PATIENCE_MS = 20_000;
  private static final byte[] NOTHING = {};

  record Frame(int type, int flags, int stream, byte[] content) {
    boolean has(int flag) {
      return (flags & flag) != 0;
    }

    int number(int at) {
      return ByteBuffer.wrap(content).getInt(at);
    }
  }

  /// What came on a stream.
  ///
  /// @param headers those behind the content too
  record Answer(Map<String, String> headers, byte[] content) {
    String status() {
      return headers.getOrDefault(":status", "none");
    }

    String text() {
      return new String(content, StandardCharsets.UTF_8);
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final HpackDecoder headers = new HpackDecoder();

  /// Bytes of bodies that may be sent, on a stream that is new and on all.
  private final Map<Integer, Long> windows = new TreeMap<>();

  private H2Peer(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MS);
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
    windows.put(0, (long) H2.FIRST_WINDOW);
  }

  /// That has said nothing yet.
  static H2Peer silent(int port) throws IOException {
    return new H2Peer(port);
  }

  /// That has begun as it should.
  static H2Peer open(int port) throws IOException {
    H2Peer peer = new H2Peer(port);
    peer.raw(H2.PREFACE);
    peer.frame(H2.SETTINGS, 0, 0, NOTHING);
    return peer;
  }

  H2Peer raw(byte[] bytes) throws IOException {
    out.write(bytes);
    return this;
  }

  static byte[] bytes(int type, int flags, int stream, byte[] content) {
    ByteBuffer frame = ByteBuffer.allocate(9 + content.length);
    frame.putInt(content.length << 8 | type).put((byte) flags).putInt(stream).put(content);
    return frame.array();
  }

  H2Peer frame(int type, int flags, int stream, byte[] content) throws IOException {
    return raw(bytes(type, flags, stream, content));
  }

  H2Peer frame(int type, int stream, int number) throws IOException {
    return frame(type, 0, stream, ByteBuffer.allocate(4).putInt(number).array());
  }

  static byte[] block(String... namesAndValues) {
    HpackWriter block = new HpackWriter();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      block.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return block.bytes();
  }

  static byte[] get(String path) {
    return block(":method", "GET", ":scheme", "http", ":path", path, ":authority", "a");
  }

  static byte[] post(String path) {
    return block(":method", "POST", ":scheme", "http", ":path", path, ":authority", "a");
  }

  H2Peer request(int stream, byte[] block, boolean isLast) throws IOException {
    return frame(H2.HEADERS, H2.END_HEADERS | (isLast ? H2.END_STREAM : 0), stream, block);
  }

  H2Peer data(int stream, byte[] content, boolean isLast) throws IOException {
    return frame(H2.DATA, isLast ? H2.END_STREAM : 0, stream, content);
  }

  /// Sends a body as fast as the windows allow.
  void body(int stream, byte[] content) throws IOException {
    for (int at = 0; at < content.length; ) {
      long its = windows.getOrDefault(stream, (long) H2.STREAM_WINDOW);
      int some = (int) Math.min(Math.min(its, windows.getOrDefault(0, 0L)), H2.FRAME_BYTES_MAX);
      some = Math.min(some, content.length - at);
      if (some == 0) {
        note(read());
        continue;
      }
      byte[] piece = java.util.Arrays.copyOfRange(content, at, at + some);
      at += some;
      data(stream, piece, at == content.length);
      windows.put(stream, its - some);
      windows.merge(0, (long) -some, Long::sum);
    }
  }

  private void note(Frame frame) {
    if (frame.type == H2.WINDOW_UPDATE) {
      long before = windows.getOrDefault(frame.stream, (long) H2.STREAM_WINDOW);
      windows.put(frame.stream, before + frame.number(0));
    }
  }

  /// The next frame; [EOFException] where the server has closed.
  Frame read() throws IOException {
    try {
      int first = in.readInt();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      byte[] content = new byte[first >>> 8];
      in.readFully(content);
      return new Frame(first & 0xff, flags, stream, content);
    } catch (SocketException _) {
      throw new EOFException("reset");
    }
  }

  /// The next frame of that type.
  Frame await(int type) throws IOException {
    Frame frame = read();
    while (frame.type != type) {
      note(frame);
      frame = read();
    }
    return frame;
  }

  /// The answer on a stream; allows the server all it sends.
  Answer answer(int stream) throws IOException {
    Map<String, String> fields = new TreeMap<>();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    while (true) {
      Frame frame = read();
      note(frame);
      if (frame.type == H2.HEADERS) {
        Map<String, String> into = frame.stream == stream ? fields : new TreeMap<>();
        headers.read(frame.content, 0, frame.content.length, into::put);
      } else if (frame.type == H2.DATA && frame.stream == stream) {
        content.writeBytes(frame.content);
        if (frame.content.length > 0) {
          frame(H2.WINDOW_UPDATE, stream, frame.content.length);
          frame(H2.WINDOW_UPDATE, 0, frame.content.length);
        }
      } else if (frame.type == H2.RST_STREAM && frame.stream == stream) {
        fields.put("reset", Integer.toString(frame.number(0)));
        return new Answer(fields, content.toByteArray());
      }
      boolean ends = frame.type == H2.HEADERS || frame.type == H2.DATA;
      if (ends && frame.stream == stream && frame.has(H2.END_STREAM)) {
        return new Answer(fields, content.toByteArray());
      }
    }
  }

  /// The error code with which the server ends the connection; -1 where it closes without one.
  int goneWith() throws IOException {
    try {
      return await(H2.GOAWAY).number(4);
    } catch (EOFException _) {
      return -1;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
