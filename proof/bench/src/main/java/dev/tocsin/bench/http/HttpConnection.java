package dev.tocsin.bench.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// One connection, kept alive: requests go out as one write, answers are read whole. Not
/// thread-safe.
public final class HttpConnection implements AutoCloseable {
  private static final int LINE_BYTES_MAX = 64 << 10;
  private static final int CONNECT_LIMIT_MS = 5_000;
  private static final int READ_LIMIT_MS = 30_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String host;

  private HttpConnection(Socket socket, String host) throws IOException {
    this.socket = socket;
    this.host = host;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /// @param address `http://host:port`, what follows is ignored
  public static HttpConnection open(URI address) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(READ_LIMIT_MS);
      socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), CONNECT_LIMIT_MS);
      return new HttpConnection(socket, address.getAuthority());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /// One GET on a connection of its own.
  public static HttpAnswer get(URI address, String path) throws IOException {
    try (HttpConnection connection = open(address)) {
      return connection.send("GET", path, Map.of(), new byte[0]);
    }
  }

  public void readLimit(Duration limit) throws IOException {
    socket.setSoTimeout((int) limit.toMillis());
  }

  public HttpAnswer send(String method, String path, Map<String, String> headers, byte[] body)
      throws IOException {
    out.write(request(method, path, headers, body));
    out.flush();
    return readAnswer(method);
  }

  private byte[] request(String method, String path, Map<String, String> headers, byte[] body)
      throws IOException {
    StringBuilder head = new StringBuilder(256);
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ").append(host);
    headers.forEach((name, value) -> head.append("\r\n").append(name).append(": ").append(value));
    if (body.length > 0 || method.equals("POST")) {
      head.append("\r\nContent-Length: ").append(body.length);
    }
    head.append("\r\n\r\n");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + body.length);
    bytes.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    bytes.write(body);
    return bytes.toByteArray();
  }

  /// Sends bytes as they are: for requests that no decent client makes.
  public void sendRaw(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /// Reads the answer to what was sent before. Throws [EOFException] where the connection was
  /// closed instead.
  public HttpAnswer readAnswer(String method) throws IOException {
    String statusLine = line();
    String[] parts = statusLine.split(" ", 3);
    if (parts.length < 2 || !parts[0].startsWith("HTTP/1.")) {
      throw new IOException("not an HTTP answer: " + statusLine);
    }
    int status = Integer.parseInt(parts[1]);
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    boolean bodiless = method.equals("HEAD") || status == 204 || status == 304 || status < 200;
    return new HttpAnswer(status, headers, bodiless ? new byte[0] : body(headers));
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      while (true) {
        int size = Integer.parseInt(line().split(";", 2)[0].strip(), 16);
        all.write(bytes(size));
        String _ = line();
        if (size == 0) {
          return all.toByteArray();
        }
      }
    }
    String length = headers.getOrDefault("content-length", "");
    return length.isEmpty() ? in.readAllBytes() : bytes(Integer.parseInt(length));
  }

  private byte[] bytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("the answer stopped after " + bytes.length + " of " + count);
    }
    return bytes;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("closed within a line: " + line.toString(StandardCharsets.US_ASCII));
      }
      if (line.size() >= LINE_BYTES_MAX) {
        throw new IOException("a line longer than " + LINE_BYTES_MAX);
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
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
