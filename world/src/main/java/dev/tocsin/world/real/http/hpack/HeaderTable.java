package dev.tocsin.world.real.http.hpack;

/// The headers that a number names: the fixed ones of RFC 7541, appendix A, from 1 to 61, and from
/// 62 on those that this connection has sent, the newest first. What is oldest goes where there is
/// no room. One thread.
final class HeaderTable {
  /// Bytes of what was sent, as RFC 7541 4.1 counts them; both sides begin with this.
  static final int BYTES_MAX = 4096;

  private static final int OVERHEAD = 32;
  private static final int PLACES = BYTES_MAX / OVERHEAD;

  private static final String[] FIXED =
      """
      :authority
      :method GET
      :method POST
      :path /
      :path /index.html
      :scheme http
      :scheme https
      :status 200
      :status 204
      :status 206
      :status 304
      :status 400
      :status 404
      :status 500
      accept-charset
      accept-encoding gzip, deflate
      accept-language
      accept-ranges
      accept
      access-control-allow-origin
      age
      allow
      authorization
      cache-control
      content-disposition
      content-encoding
      content-language
      content-length
      content-location
      content-range
      content-type
      cookie
      date
      etag
      expect
      expires
      from
      host
      if-match
      if-modified-since
      if-none-match
      if-range
      if-unmodified-since
      last-modified
      link
      location
      max-forwards
      proxy-authenticate
      proxy-authorization
      range
      referer
      refresh
      retry-after
      server
      set-cookie
      strict-transport-security
      transfer-encoding
      user-agent
      vary
      via
      www-authenticate
      """
          .split("\n");

  private final String[] names = new String[PLACES];
  private final String[] values = new String[PLACES];
  private int newest;
  private int count;
  private int bytes;
  private int bytesMax = BYTES_MAX;

  String name(int index) throws HpackException {
    if (index > FIXED.length) {
      return names[place(index)];
    }
    String both = fixed(index);
    int blank = both.indexOf(' ');
    return blank < 0 ? both : both.substring(0, blank);
  }

  String value(int index) throws HpackException {
    if (index > FIXED.length) {
      return values[place(index)];
    }
    String both = fixed(index);
    int blank = both.indexOf(' ');
    return blank < 0 ? "" : both.substring(blank + 1);
  }

  private static String fixed(int index) throws HpackException {
    if (index < 1) {
      throw new HpackException("header 0 does not exist");
    }
    return FIXED[index - 1];
  }

  private int place(int index) throws HpackException {
    int behind = index - FIXED.length - 1;
    if (behind >= count) {
      throw new HpackException("header " + index + " does not exist");
    }
    return (newest - behind + PLACES) % PLACES;
  }

  /// One that has no room even in an empty table empties it.
  void add(String name, String value) {
    int size = name.length() + value.length() + OVERHEAD;
    makeRoom(size);
    if (size > bytesMax) {
      return;
    }
    newest = (newest + 1) % PLACES;
    names[newest] = name;
    values[newest] = value;
    count++;
    bytes += size;
  }

  /// The other side wants it smaller, or as large again.
  void resize(int to) throws HpackException {
    if (to > BYTES_MAX) {
      throw new HpackException("a table of " + to + " bytes; at most " + BYTES_MAX);
    }
    bytesMax = to;
    makeRoom(0);
  }

  private void makeRoom(int size) {
    while (count > 0 && bytes + size > bytesMax) {
      int oldest = (newest - count + 1 + PLACES) % PLACES;
      bytes -= names[oldest].length() + values[oldest].length() + OVERHEAD;
      names[oldest] = "";
      values[oldest] = "";
      count--;
    }
  }
}
