package dev.tocsin.collect.remotewrite.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProtoReaderTest {
  private static ProtoReader over(int... bytes) {
    byte[] all = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      all[i] = (byte) bytes[i];
    }
    ProtoReader reader = new ProtoReader();
    reader.over(all, 0, all.length);
    return reader;
  }

  @Test
  void readsWhatAnotherWriterWrote() throws IOException, MalformedException {
    for (long seed = 0; seed < 2000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      long number = random.nextLong() >> random.nextInt(64);
      long fixed = random.nextLong();
      int field = 1 + random.nextInt(1 << random.nextInt(1, 29));
      byte[] bytes = new byte[64];
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.writeInt64(field, number);
      out.writeFixed64(field, fixed);
      out.writeByteArray(field, new byte[] {1, 2, 3});
      out.writeFixed32(field, 9);
      out.writeInt64(1, 5);
      out.flush();
      ProtoReader reader = new ProtoReader();
      reader.over(bytes, 0, out.getTotalBytesWritten());
      assertThat(reader.tag()).isEqualTo(ProtoReader.tagOf(field, ProtoReader.VARINT));
      assertThat(reader.varint()).as("seed %d", seed).isEqualTo(number);
      assertThat(reader.tag()).isEqualTo(ProtoReader.tagOf(field, ProtoReader.FIXED64));
      assertThat(reader.fixed64()).as("seed %d", seed).isEqualTo(fixed);
      reader.skip(reader.tag());
      reader.skip(reader.tag());
      int tag = reader.tag();
      assertThat(tag >>> 3).isEqualTo(1);
      reader.skip(tag);
      assertThat(reader.atEnd()).isTrue();
    }
  }

  @Test
  void aMessageEndsWhereItSays() throws MalformedException {
    ProtoReader reader = over(2, 8, 1, 16, 2);
    int outer = reader.enter();
    assertThat(reader.end()).isEqualTo(3);
    assertThat(reader.tag()).isEqualTo(8);
    assertThat(reader.varint()).isEqualTo(1);
    assertThat(reader.atEnd()).isTrue();
    assertThatThrownBy(reader::varint).hasMessage("a number that does not end at offset 3");
    reader.leave(outer);
    assertThat(reader.at()).isEqualTo(3);
    assertThat(reader.tag()).isEqualTo(16);
  }

  @Test
  void saysWhereItIsBroken() {
    assertThatThrownBy(() -> over().varint()).hasMessage("a number that does not end at offset 0");
    assertThatThrownBy(() -> over(0x80, 0x80).varint())
        .hasMessage("a number that does not end at offset 0");
    int[] eleven = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1};
    assertThatThrownBy(() -> over(eleven).varint())
        .hasMessage("a number of more than 64 bits at offset 0");
    int[] overflow = {255, 255, 255, 255, 255, 255, 255, 255, 255, 2};
    assertThatThrownBy(() -> over(overflow).varint())
        .hasMessage("a number of more than 64 bits at offset 0");
    assertThatThrownBy(() -> over(2).tag()).hasMessage("field number 0 at offset 0");
    assertThatThrownBy(() -> over(0x82, 0).tag()).hasMessage("field number 0 at offset 0");
    assertThatThrownBy(() -> over(0xf8, 255, 255, 255, 0x1f).tag())
        .hasMessage("a field number beyond 29 bits at offset 0");
    assertThatThrownBy(() -> over(3, 1, 2).enter())
        .hasMessage("a length of 3 where 2 bytes are left at offset 0");
    int[] negative = {255, 255, 255, 255, 255, 255, 255, 255, 255, 1};
    assertThatThrownBy(() -> over(negative).length())
        .hasMessage("a length of 18446744073709551615 where 0 bytes are left at offset 0");
    assertThatThrownBy(() -> over(1, 2, 3).fixed64())
        .hasMessage("8 bytes needed where 3 are left at offset 0");
    assertThatThrownBy(() -> over(0).skip(11)).hasMessage("a group (field 1) at offset 0");
    assertThatThrownBy(() -> over(0).skip(15)).hasMessage("wire type 7 (field 1) at offset 0");
    assertThatThrownBy(() -> over(0).skip(13))
        .hasMessage("4 bytes needed where 1 are left at offset 0");
  }

  @Test
  void aNumberMayBeLongerThanItMustBe() throws MalformedException {
    assertThat(over(0x81, 0x80, 0).varint()).isEqualTo(1);
    assertThat(over(0x8a, 0).tag()).isEqualTo(10);
    int[] most = {255, 255, 255, 255, 255, 255, 255, 255, 255, 1};
    assertThat(over(most).varint()).isEqualTo(-1);
  }
}
