package dev.tocsin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.store.checkpoint.FrameWriter;
import dev.tocsin.store.chunk.ChunkLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Checkpoints whose checksums are right and whose content cannot be.
class StoreForgedCheckpointTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);
  private final FrameWriter frames = new FrameWriter(out);

  StoreForgedCheckpointTest() throws IOException {
    out.writeInt(0x54534d31);
    out.writeInt(1);
    frames.varint(0); // series refused
  }

  private void write(long... numbers) throws IOException {
    for (long number : numbers) {
      frames.varint(number);
    }
  }

  private Store read() throws IOException {
    frames.finish();
    return Store.readFrom(
        new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())),
        new StoreLimits(10, 1 << 20));
  }

  private void expect(String why) {
    assertThatThrownBy(this::read)
        .isExactlyInstanceOf(IOException.class)
        .hasMessageContaining("checkpoint of the store, frame ")
        .hasMessageContaining(why);
  }

  private void tenant(String id) throws IOException {
    write(1);
    frames.text(id);
  }

  /// One tenant, labels a="x" and b="y".
  private void labels() throws IOException {
    tenant("t");
    write(2, 0);
    frames.text("a");
    frames.text("x");
    write(1);
    frames.text("b");
    frames.text("y");
  }

  /// One series, and a log with one block of 3 used bytes: a chunk of one sample at time 0.
  private void untilWindow() throws IOException {
    labels();
    write(1, 0, 1, 0);
    write(2, 0, ChunkLog.BLOCK_BITS, 0, 0, 1, 1, 1, 5, 1, 0, 0, 0, 0);
  }

  private static long chunk(int offset) {
    return (1L << ChunkLog.BLOCK_BITS) + offset;
  }

  @Test
  void theOneThatTheOthersDifferFromIsRead() throws IOException {
    untilWindow();
    write(8, 1, chunk(0), 20, 0);
    Store store = read();
    assertThat(store.read(0, 0, 100).count()).isEqualTo(2);
    assertThat(store.read(0, 0, 100).timesMs()).containsExactly(0, 10);
  }

  @Test
  void aTenantThatCannotBe() throws IOException {
    tenant("");
    expect("a tenant id");
  }

  @Test
  void aTenantThatIsNotThere() throws IOException {
    labels();
    write(1, 1, 0);
    expect("tenant is 1, at most 0 expected");
  }

  @Test
  void aLabelThatIsNotThere() throws IOException {
    labels();
    write(1, 0, 1, 2);
    expect("number of a label value is 2");
  }

  @Test
  void labelsOutOfOrder() throws IOException {
    labels();
    write(1, 0, 2, 1, 0);
    expect("series 0: labels out of order");
  }

  @Test
  void aSeriesTwice() throws IOException {
    labels();
    write(2, 0, 1, 0, 0, 1, 0);
    expect("series 1 was there before");
  }

  @Test
  void moreSeriesThanBytes() throws IOException {
    labels();
    write(Integer.MAX_VALUE);
    expect("it ends where more is expected");
  }

  @Test
  void aTextLongerThanAnyIs() throws IOException {
    write(1, Integer.MAX_VALUE);
    expect("length of a text is 2147483647");
  }

  @Test
  void blocksOfAnotherSize() throws IOException {
    labels();
    write(0, 0, 0, 12);
    expect("block size is 12, 18 expected");
  }

  @Test
  void moreBytesThanABlockHas() throws IOException {
    labels();
    write(0, 0, 0, ChunkLog.BLOCK_BITS, 0, 0, 1, 1, 1, (1 << ChunkLog.BLOCK_BITS) + 1);
    expect("bytes of a block");
  }

  @Test
  void aWindowOfASizeThatIsNone() throws IOException {
    untilWindow();
    write(12);
    expect("a window of 12 samples");
  }

  @Test
  void moreSamplesThanTheWindowHolds() throws IOException {
    untilWindow();
    write(8, 9);
    expect("samples of a window is 9, at most 8 expected");
  }

  @Test
  void timesOutOfOrder() throws IOException {
    untilWindow();
    write(8, 2, 0, 20, 0, 19, 0);
    expect("times out of order");
  }

  @Test
  void aChunkBehindTheEndOfItsBlock() throws IOException {
    untilWindow();
    write(8, 1, chunk(5), 20, 0);
    expect("no chunk of this series");
  }

  @Test
  void aChunkThatIsNewerThanTheWindow() throws IOException {
    untilWindow();
    write(8, 1, chunk(0), 0, 0);
    expect("no chunk of this series");
  }

  @Test
  void aChunkWithoutSamples() throws IOException {
    untilWindow();
    write(8, 1, chunk(1), 20, 0);
    expect("no chunk of this series");
  }

  @Test
  void aChunkInABlockThatIsNotThereYet() throws IOException {
    untilWindow();
    write(8, 1, 2L << ChunkLog.BLOCK_BITS, 20, 0);
    expect("no chunk of this series");
  }
}
