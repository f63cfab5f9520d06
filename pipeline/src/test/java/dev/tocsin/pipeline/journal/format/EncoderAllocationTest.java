package dev.tocsin.pipeline.journal.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.ring.Entry;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Encoding allocates nothing, neither per sample nor per definition that a segment repeats.
class EncoderAllocationTest {
  private static final int SLABS = 8;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final ReferenceTable table = new ReferenceTable(new SeriesNames(1));
  private final EntryEncoder encoder = new EntryEncoder(new Nowhere(), table, () -> 0);

  @Test
  void neitherSamplesNorRepeatedDefinitionsAllocate() {
    List<Slab> slabs = new ArrayList<>();
    for (int s = 0; s < SLABS; s++) {
      Slab slab = new Slab();
      for (int i = 0; i < Slab.CAPACITY; i++) {
        int ref = s * Slab.CAPACITY + i;
        table.know(
            new SeriesDefinition(
                ref, Tenant.DEFAULT, Labels.of("__name__", "metric", "i", "value " + ref)));
        slab.add(ref, 1000 + i, i);
      }
      slabs.add(slab);
    }
    Entry entry =
        new Entry(1, 1, new Input.Transaction(Tenant.DEFAULT, 1, List.of(), List.copyOf(slabs)));
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      table.startSegment();
      long before = THREADS.getCurrentThreadAllocatedBytes();
      encoder.begin(entry);
      while (encoder.isBusy()) {
        encoder.step();
      }
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    // Anything that is made for each of them would take at least 16 bytes.
    assertThat(least).isLessThan(SLABS * Slab.CAPACITY);
    assertThat(encoder.samples()).isEqualTo(20L * SLABS * Slab.CAPACITY);
    assertThat(encoder.undefinedReferences()).isZero();
  }

  private static final class Nowhere implements FrameSpace {
    private final ByteBuffer bytes = ByteBuffer.allocate(Frame.BYTES_MAX);

    @Override
    public int claim(int length) {
      return 0;
    }

    @Override
    public ByteBuffer bytes() {
      return bytes;
    }

    @Override
    public void publish(int at, int length, long seq, boolean endsEntry) {}

    @Override
    public boolean publishUnencodable(long seq, String reason) {
      return true;
    }
  }
}
