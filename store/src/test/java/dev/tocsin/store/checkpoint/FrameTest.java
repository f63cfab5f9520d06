package dev.tocsin.store.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class FrameTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final FrameWriter out = new FrameWriter(new DataOutputStream(bytes));

  private FrameReader reader() {
    return new FrameReader(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }

  @Test
  void whatWasWrittenIsReadAcrossFrames() throws IOException {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
    byte[] block = new byte[150_000];
    random.nextBytes(block);
    for (int round = 0; round < 3; round++) {
      for (int bit = 0; bit < 64; bit++) {
        out.varint(1L << bit);
        out.varint((1L << bit) - 1);
        out.varint(-(1L << bit));
      }
      out.bytes(block, 1, block.length);
      out.text("caf\u00e9 \ud83d\ude00 \ud800 alone \0");
    }
    out.finish();
    FrameReader in = reader();
    for (int round = 0; round < 3; round++) {
      for (int bit = 0; bit < 64; bit++) {
        in.exactly(1L << bit, "bit");
        in.exactly((1L << bit) - 1, "below");
        in.exactly(-(1L << bit), "negative");
      }
      byte[] read = new byte[block.length];
      read[0] = block[0];
      in.bytes(read, 1, read.length);
      assertThat(read).isEqualTo(block);
      assertThat(in.text()).isEqualTo("caf\u00e9 \ud83d\ude00 \ud800 alone \0");
    }
    in.finish();
  }

  @Test
  void aNumberAboveItsLimitIsRefusedByName() throws IOException {
    out.varint(11);
    out.varint(-1);
    out.finish();
    FrameReader in = reader();
    assertThatThrownBy(() -> in.varint(10, "count of things"))
        .isInstanceOf(IOException.class)
        .hasMessage("checkpoint of the store, frame 1: count of things is 11, at most 10 expected");
    assertThatThrownBy(() -> in.varint(Long.MAX_VALUE, "count")).isInstanceOf(IOException.class);
  }

  @Test
  void anEndThatComesEarlyOrLateIsRefused() throws IOException {
    out.varint(1);
    out.finish();
    FrameReader early = reader();
    early.exactly(1, "one");
    assertThatThrownBy(early::anyVarint).hasMessageContaining("ends where more is expected");
    FrameReader late = reader();
    assertThatThrownBy(late::finish).hasMessageContaining("more than expected");
  }

  @Test
  void aLengthBeyondAFrameIsRefusedUnread() throws IOException {
    new DataOutputStream(bytes).writeInt(Integer.MAX_VALUE);
    FrameReader in = reader();
    assertThatThrownBy(in::anyVarint).hasMessageContaining("a length of 2147483647 bytes");
  }
}
