package dev.tocsin.collect.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Every kind of text a sender can hurt us with, or that looks as if it could, and the answer it
/// must get. The table of the receiver's tests.
///
/// @param isKept whether the good line that is in every text is written
record HostileText(String name, int status, boolean isKept, Generator generator) {
  /// Beyond these the answer is 413.
  static final int BODY_BYTES_MAX = 1 << 20;

  static final int TEXT_BYTES_MAX = 3 << 20;
  static final int SAMPLES_MAX = 512;

  /// Makes a request around a good line.
  @FunctionalInterface
  interface Generator {
    TextRequest next(SplittableRandom random, String good);
  }

  static final List<HostileText> ALL =
      List.of(
          // Compression.
          packed("EMPTY_GZIP", 400, false, (_, _) -> new byte[0]),
          packed("NOT_COMPRESSED", 400, false, (_, good) -> good.getBytes(UTF_8)),
          packed(
              "TRUNCATED_GZIP",
              400,
              false,
              (random, good) -> {
                byte[] all = gzip(good);
                return Arrays.copyOf(all, random.nextInt(all.length));
              }),
          packed("WRONG_CHECKSUM", 400, false, (random, good) -> changed(gzip(good), random, 8)),
          packed(
              "LYING_SIZE",
              400,
              false,
              (random, good) -> sized(good, random.nextInt(good.length()))),
          packed(
              "LYING_SIZE_THAT_CANNOT_BE",
              400,
              false,
              (random, good) -> sized(good, TEXT_BYTES_MAX - random.nextInt(1000))),
          packed(
              "LYING_SIZE_HUGE",
              400,
              false,
              (random, good) -> sized(good, -1 - random.nextInt(1 << 30))),
          packed(
              "GARBAGE_BEHIND_GZIP",
              400,
              false,
              (random, good) -> join(gzip(good), garbage(random))),
          packed(
              "UNKNOWN_METHOD",
              400,
              false,
              (random, good) -> with(gzip(good), 2, 1 + random.nextInt(7))),
          packed(
              "RESERVED_FLAGS",
              400,
              false,
              (random, good) -> with(gzip(good), 3, 0x20 << random.nextInt(3))),
          packed(
              "HEADER_WITHOUT_END",
              400,
              false,
              (random, good) ->
                  join(
                      new byte[] {
                        0x1f, (byte) 0x8b, 8, (byte) (4 << random.nextInt(3)), 0, 0, 0, 0, 0, 3
                      },
                      "é".repeat(20).getBytes(UTF_8))),
          packed(
              "BOMB",
              413,
              false,
              (random, good) -> gzip(good + "\n".repeat(TEXT_BYTES_MAX + random.nextInt(9999)))),
          packed(
              "BOMB_OF_MEMBERS",
              413,
              false,
              (_, good) ->
                  join(gzip(" ".repeat(TEXT_BYTES_MAX - 10)), gzip(good + "# more of it"))),
          packed(
              "MANY_EMPTY_MEMBERS",
              204,
              true,
              (random, good) -> join(members(1 + random.nextInt(500)), gzip(good))),

          // Whole texts.
          text("GARBAGE", 400, false, (random, _) -> "}" + latin(garbage(random))),
          text("NO_LINE_FEED", 400, false, (random, _) -> "a".repeat(1 + random.nextInt(100_000))),
          text("ONLY_NULS", 400, false, (random, _) -> "\0".repeat(1 + random.nextInt(5000))),
          text(
              "TOO_LARGE",
              413,
              false,
              (random, good) -> good + "#".repeat(BODY_BYTES_MAX + random.nextInt(1000))),
          text(
              "TOO_MANY_SAMPLES", 413, false, (random, good) -> good + "a 1\n".repeat(SAMPLES_MAX)),
          text("TOO_MANY_BROKEN_LINES", 413, false, (_, good) -> good + "a\n".repeat(100_000)),
          text("MANY_BROKEN_LINES", 400, true, (_, good) -> good + "{\n".repeat(SAMPLES_MAX - 1)),
          text("MANY_EMPTY_LINES", 204, true, (_, good) -> good + " \n".repeat(300_000)),
          text("UTF_16", 400, false, (_, good) -> latin(good.getBytes(UTF_16))),
          text("BYTE_ORDER_MARK", 400, true, (_, good) -> latin("\ufeff# c\n") + good),
          text("HTML", 400, false, (_, _) -> "<html>\n<body>no</body>\n</html>\n"),
          text("JSON", 400, false, (_, _) -> "{\"metric\":{\"__name__\":\"a\"},\"values\":[1]}\n"),
          open("NO_END", 400, (_, good) -> good),
          open("TEXT_BEHIND_THE_END", 400, (_, good) -> "# EOF\n" + good),
          open("TWO_ENDS", 400, (_, good) -> good + "# EOF\n# EOF\n"),
          open("END_IN_A_LINE", 400, (_, good) -> good + " # EOF\n#EOF\n# EOF x\n"),

          // Lines.
          line("NO_NAME", "{} 1"),
          line("NO_VALUE", "a{b=\"c\"}"),
          line("OPEN_BRACE", "a{"),
          line("OPEN_QUOTE", "a{b=\"c} 1"),
          line("ESCAPED_END", "a{b=\"c\\"),
          line("LINE_FEED_IN_QUOTES", "a{b=\"c\nd\"} 1"),
          line("TWO_NAMES", "a{\"b\"} 1"),
          line("NAME_OF_ANOTHER_ALPHABET", "ä 1"),
          line("EMPTY_METRIC_NAME", "{\"\"} 1"),
          line("EMPTY_LABEL_NAME", "a{\"\"=\"x\"} 1"),
          line("DUPLICATE_LABEL", "a{b=\"1\",b=\"1\"} 1"),
          line("DUPLICATE_LABEL_BY_ESCAPE", "a{\"b\\n\"=\"1\",c=\"2\",\"b\\n\"=\"3\"} 1"),
          line("NAME_AS_A_LABEL_TOO", "a{__name__=\"b\"} 1"),
          line("NOT_UTF8", latinLine("a{b=\"\u00ff\"} 1")),
          line("NOT_UTF8_NAME", latinLine("{\"\u00c3\"} 1")),
          line("SURROGATE", latinLine("a{b=\"\u00ed\u00a0\u0080\"} 1")),
          line("HEXADECIMAL", "a 0x10"),
          line("UNDERSCORES", "a 1_000"),
          line("BEYOND_A_DOUBLE", "a 1e400"),
          line("LONG_NUMBER_BEYOND_A_DOUBLE", "a " + "9".repeat(5000)),
          line("TIME_BEYOND_64_BITS", "a 1 99999999999999999999"),
          line("TIME_WITH_A_POINT", "a 1 1764000000000.0"),
          line("TOO_OLD", "a 1 1"),
          line("TOO_FAR_AHEAD", "a 1 1764000600001"),
          line("ANOTHER_VALUE_AT_ONCE", "a 1\na 2"),
          line("BROKEN_EXEMPLAR", "a 1 # {x} 1"),
          line("TEXT_BEHIND", "a 1 1764000000000 7"),
          line("LABEL_NAME_TOO_LONG", "a{" + "b".repeat(1025) + "=\"\"} 1"),
          line("LABEL_VALUE_TOO_LONG", "a{b=\"" + "c".repeat(16_385) + "\"} 1"),
          line("METRIC_NAME_TOO_LONG", "a".repeat(16_385) + " 1"),
          line("LABEL_OF_HALF_A_MEGABYTE", "a{b=\"" + "é".repeat(250_000) + "\"} 1"),
          line("ESCAPES_OF_HALF_A_MEGABYTE", "a{b=\"" + "\\\\".repeat(250_000) + "\"} 1"),
          line("LABELS_TOO_LONG_TOGETHER", "a{" + labels(50, "c".repeat(16_000)) + "} 1"),
          line("TOO_MANY_LABELS", "a{" + labels(128, "") + "} 1"),
          line("FAR_TOO_MANY_LABELS", "a{" + labels(20_000, "x") + "} 1"),

          // What only looks bad.
          good("MOST_LABELS", "b{" + labels(127, "x") + "} 1"),
          good("LONGEST_LABEL", "b{c=\"" + "d".repeat(16_384) + "\"} 1"),
          good("LONGEST_LABEL_OF_ESCAPES", "b{c=\"" + "\\\\".repeat(16_384) + "\"} 1"),
          good("LONG_NUMBER", "b 0." + "0".repeat(5000) + "1e5000"),
          good("EMPTY_LABEL_VALUE", "b{c=\"\"} 1"),
          good("SAME_SAMPLE_TWICE", "b 1\nb 1"),
          good("NUL_IN_A_LABEL", "b{c=\"\0\"} 1"),
          good("OTHER_ESCAPES", "b{c=\"\\t\\u00e4\"} 1"),
          good("LONG_COMMENT", "# " + "x".repeat(500_000)),
          good("BROKEN_METADATA", "# TYPE\n# HELP\n# TYPE a b c\n#TYPE"),
          good("TOO_LONG_BUT_IN_A_COMMENT", "#" + "a 1".repeat(10_000)),
          good("WINDOWS", "b 1\r\n\r\n# x\r"));

  private static HostileText packed(String name, int status, boolean isKept, Packer packer) {
    return new HostileText(
        name,
        status,
        isKept,
        (random, good) -> TextRequest.of(packer.of(random, good)).with("content-encoding", "gzip"));
  }

  private static HostileText text(String name, int status, boolean isKept, Writer writer) {
    return new HostileText(
        name, status, isKept, (random, good) -> TextRequest.of(bytes(writer.of(random, good))));
  }

  private static HostileText open(String name, int status, Writer writer) {
    return new HostileText(
        name,
        status,
        false,
        (random, good) ->
            TextRequest.of(writer.of(random, good))
                .with("content-type", "application/openmetrics-text"));
  }

  /// A line that is refused, before or behind the good one.
  private static HostileText line(String name, String line) {
    return new HostileText(name, 400, true, around(line));
  }

  private static HostileText good(String name, String line) {
    return new HostileText(name, 204, true, around(line));
  }

  private static Generator around(String line) {
    return (random, good) -> {
      byte[] bytes = bytes(random.nextBoolean() ? line + "\n" + good : good + line);
      return random.nextBoolean() ? TextRequest.of(bytes) : TextRequest.zipped(bytes);
    };
  }

  @FunctionalInterface
  private interface Packer {
    byte[] of(SplittableRandom random, String good);
  }

  @FunctionalInterface
  private interface Writer {
    String of(SplittableRandom random, String good);
  }

  /// Characters from here on stand for single bytes, so that texts may be broken.
  private static final char BYTES = '\ue000';

  private static String latinLine(String text) {
    return latin(text.getBytes(ISO_8859_1));
  }

  private static String latin(String text) {
    return latin(text.getBytes(UTF_8));
  }

  private static String latin(byte[] bytes) {
    StringBuilder out = new StringBuilder();
    for (byte b : bytes) {
      out.append((char) (BYTES + (b & 0xff)));
    }
    return out.toString();
  }

  private static byte[] bytes(String text) {
    if (text.chars().noneMatch(c -> c >= BYTES && c <= BYTES + 0xff)) {
      return text.getBytes(UTF_8);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    text.codePoints()
        .forEach(
            c -> {
              if (c >= BYTES && c <= BYTES + 0xff) {
                out.write(c - BYTES);
              } else {
                out.writeBytes(Character.toString(c).getBytes(UTF_8));
              }
            });
    return out.toByteArray();
  }

  private static String labels(int count, String value) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < count; i++) {
      out.append(i == 0 ? "" : ",").append("l").append(i).append("=\"").append(value).append('"');
    }
    return out.toString();
  }

  private static byte[] gzip(String text) {
    return TextRequest.gzip(bytes(text));
  }

  private static byte[] members(int count) {
    byte[] all = new byte[0];
    for (int i = 0; i < count; i++) {
      all = join(all, TextRequest.gzip(new byte[0]));
    }
    return all;
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static byte[] garbage(SplittableRandom random) {
    byte[] bytes = new byte[1 + random.nextInt(300)];
    random.nextBytes(bytes);
    bytes[0] = 0x7f;
    return bytes;
  }

  /// With one bit of its last bytes flipped; the first four of the last eight are a checksum.
  private static byte[] changed(byte[] packed, SplittableRandom random, int last) {
    int at = packed.length - last + random.nextInt(4);
    return with(packed, at, packed[at] ^ (1 << random.nextInt(8)));
  }

  private static byte[] with(byte[] packed, int at, int value) {
    byte[] changed = packed.clone();
    changed[at] = (byte) value;
    return changed;
  }

  /// Whose trailer tells another size.
  private static byte[] sized(String text, int size) {
    byte[] packed = gzip(text);
    for (int i = 0; i < 4; i++) {
      packed[packed.length - 4 + i] = (byte) (size >>> (8 * i));
    }
    return packed;
  }

  @Override
  public String toString() {
    return name;
  }
}
