package dev.tocsin.deliver.send;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.tocsin.sim.net.SimPeer;
import dev.tocsin.sim.net.SimRequest;
import dev.tocsin.world.net.HttpReply;
import io.airlift.compress.snappy.SnappyDecompressor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// A receiver of remote write 1.0 in a simulated network, that decodes with other code than ours
/// and keeps what it accepted, in order.
final class Received implements SimPeer {
  record Sample(String series, long timeMs, long bits) {
    double value() {
      return Double.longBitsToDouble(bits);
    }
  }

  final List<Sample> accepted = new ArrayList<>();
  final List<Map<String, String>> headers = new ArrayList<>();
  final List<Integer> sizes = new ArrayList<>();
  int requests;

  /// What it answers to samples; 2xx accepts them.
  Function<List<Sample>, HttpReply> answer = _ -> HttpReply.empty(204);

  @Override
  public PeerAnswer receive(SimRequest request) {
    requests++;
    List<Sample> samples = decode(request.body());
    HttpReply reply = answer.apply(samples);
    if (reply.status() / 100 == 2) {
      accepted.addAll(samples);
      sizes.add(samples.size());
      headers.add(request.headers());
    }
    return new PeerAnswer.Reply(reply, 0);
  }

  Map<String, List<Sample>> bySeries() {
    Map<String, List<Sample>> all = new TreeMap<>();
    accepted.forEach(one -> all.computeIfAbsent(one.series, _ -> new ArrayList<>()).add(one));
    return all;
  }

  private static List<Sample> decode(byte[] body) {
    byte[] plain = new byte[SnappyDecompressor.getUncompressedLength(body, 0)];
    int _ = new SnappyDecompressor().decompress(body, 0, body.length, plain, 0, plain.length);
    List<Sample> samples = new ArrayList<>();
    try {
      CodedInputStream in = CodedInputStream.newInstance(plain);
      while (!in.isAtEnd()) {
        if (in.readTag() != (1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
          throw new IOException("no time series");
        }
        series(in.readBytes().newCodedInput(), samples);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return samples;
  }

  private static void series(CodedInputStream in, List<Sample> samples) throws IOException {
    StringBuilder labels = new StringBuilder();
    while (!in.isAtEnd()) {
      int field = WireFormat.getTagFieldNumber(in.readTag());
      CodedInputStream part = in.readBytes().newCodedInput();
      switch (field) {
        case 1 -> labels.append(text(part)).append(' ');
        case 2 -> samples.add(sample(labels.toString().strip(), part));
        default -> throw new IOException("field " + field);
      }
    }
  }

  private static String text(CodedInputStream label) throws IOException {
    int _ = label.readTag();
    String name = label.readStringRequireUtf8();
    int _ = label.readTag();
    return name + "=" + label.readStringRequireUtf8();
  }

  private static Sample sample(String series, CodedInputStream part) throws IOException {
    long bits = 0;
    long timeMs = 0;
    while (!part.isAtEnd()) {
      int field = WireFormat.getTagFieldNumber(part.readTag());
      if (field == 1) {
        bits = part.readFixed64();
      } else {
        timeMs = part.readInt64();
      }
    }
    return new Sample(series, timeMs, bits);
  }
}
