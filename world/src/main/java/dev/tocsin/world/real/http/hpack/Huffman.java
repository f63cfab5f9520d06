package dev.tocsin.world.real.http.hpack;

/// The Huffman code of RFC 7541, appendix B. It is canonical: codes of one length follow each other
/// in the order of their symbols, and so the lengths say it all.
final class Huffman {
  /// The length of each byte's code, `a` for 5 bits and so on.
  private static final String LENGTHS =
      "isxxxxxxxtzxxzxxxxxxxxzxxxxxxxxxbffhibdgffdgdbbbaaabbbbbbbcdkbhf"
          + "ibccccccccccccccccccccccdcdioijbkabababbbaccbbbabcbaabccccckgjix"
          + "prpprrrsrssssststtrstssssqrsrsstrqprrssqsrrtqrssqqrqsrssprrrsrrs"
          + "vvporsruvvvwwvtuoqvwwvwtqqvvxwwwptpqrqqsrruuttvsvwvvwwwwwxwwwwwv";

  private static final int SHORTEST = 5;
  private static final int LONGEST = 30;

  /// For each length: how many codes, the first one, and where its symbol is.
  private static final int[] COUNT = new int[LONGEST + 1];

  private static final int[] FIRST = new int[LONGEST + 1];
  private static final int[] PLACE = new int[LONGEST + 1];
  private static final byte[] SYMBOLS = new byte[256];

  static {
    int code = 0;
    int place = 0;
    for (int length = SHORTEST; length <= LONGEST; length++) {
      FIRST[length] = code;
      PLACE[length] = place;
      for (int symbol = 0; symbol < LENGTHS.length(); symbol++) {
        if (LENGTHS.charAt(symbol) - 'a' + SHORTEST == length) {
          SYMBOLS[place++] = (byte) symbol;
        }
      }
      COUNT[length] = place - PLACE[length];
      code = (code + COUNT[length]) << 1;
    }
  }

  private Huffman() {}

  /// The most bytes that so many become: no code is shorter than 5 bits.
  static int decodedMax(int bytes) {
    return (int) ((long) bytes * 8 / SHORTEST);
  }

  /// Decodes into `out`, which has room, and returns how many bytes it wrote.
  static int decode(byte[] in, int from, int to, byte[] out) throws HpackException {
    int written = 0;
    int code = 0;
    int length = 0;
    for (int i = from; i < to; i++) {
      for (int bit = 7; bit >= 0; bit--) {
        code = (code << 1) | ((in[i] >> bit) & 1);
        length++;
        int behind = code - FIRST[length];
        if (behind >= 0 && behind < COUNT[length]) {
          out[written++] = SYMBOLS[PLACE[length] + behind];
          code = 0;
          length = 0;
        } else if (length == LONGEST) {
          throw new HpackException("a Huffman code that means nothing");
        }
      }
    }
    // What is left of the last byte is the beginning of the code for the end: all ones.
    if (length > 7 || code != (1 << length) - 1) {
      throw new HpackException("a Huffman code is cut off");
    }
    return written;
  }
}
