package dev.tocsin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StoreCheckpointTest {
  private static final StoreLimits LIMITS = new StoreLimits(10, 1 << 20);

  /// What version 1 looks like. A change here needs a new version, and a reader for the old one.
  private static final String GOLDEN =
      "54534d3100000001000000eb4ac6722900020764656661756c740274320300085f5f6e616d655f5f"
          + "02757001036a6f62046ef60164650004646f776e0300020001010102000084010112000001016037"
          + "600080a0abfef962e8fc56703a9800001889ffc0000612bff80000d80400006b0700001b4080000d"
          + "80e00002400006a0fc00006e0200008001228080108084dbfff962828801cf99d9fff96200000000"
          + "000080c0010000000000000000000000000000000000000080800100000000000000000000000000"
          + "00000000000080e00100000000000000000000000000000000000008020009fcbbe6cc99b3e6cc59"
          + "2282a4e6cc99b3e6cc190000000000";

  private static Store example() {
    Store store = new Store(LIMITS);
    int up = store.intern(Tenant.DEFAULT, Labels.of("__name__", "up", "job", "n\u00f6de"));
    int down = store.intern(new Tenant("t2"), Labels.of("__name__", "down"));
    store.intern(Tenant.DEFAULT, Labels.empty());
    for (int i = 0; i < 130; i++) {
      store.append(up, 1_700_000_000_000L + 15_000L * i, Math.floor(i / 10.0));
    }
    store.append(up, 0, 1);
    store.append(down, -5, 0.1);
    store.append(down, 7, StaleMarker.VALUE);
    return store;
  }

  private static byte[] bytes(Store store) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    store.writeTo(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static Store read(byte[] bytes, StoreLimits limits) throws IOException {
    return Store.readFrom(new DataInputStream(new ByteArrayInputStream(bytes)), limits);
  }

  @Test
  void versionOneStaysReadableAndIsWrittenTheSame() throws IOException {
    String hex = HexFormat.of().formatHex(bytes(example()));
    assertThat(hex).isEqualTo(GOLDEN);
    Store read = read(HexFormat.of().parseHex(GOLDEN), LIMITS);
    assertThat(read.stats()).isEqualTo(example().stats());
    assertThat(read.labels(0)).isEqualTo(Labels.of("__name__", "up", "job", "n\u00f6de"));
    assertThat(read.tenant(1)).isEqualTo(new Tenant("t2"));
    assertThat(read.find(Tenant.DEFAULT, Labels.empty())).isEqualTo(2);
    assertThat(read.ids(Tenant.DEFAULT)).containsExactly(0, 2);
    Samples up = read.read(0, Long.MIN_VALUE, Long.MAX_VALUE);
    assertThat(up.count()).isEqualTo(130);
    for (int i = 0; i < 130; i++) {
      assertThat(up.timesMs()[up.from() + i]).isEqualTo(1_700_000_000_000L + 15_000L * i);
      assertThat(up.values()[up.from() + i]).isEqualTo(Math.floor(i / 10.0));
    }
    assertThat(StaleMarker.is(read.lastValue(1))).isTrue();
    assertThat(read.lastTimeMs(1)).isEqualTo(7);
    assertThat(read.lastTimeMs(2)).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void aCopyIsWrittenAsTheOriginalAndGoesOnLikeIt() throws IOException {
    Store store = example();
    Store copy = read(bytes(store), LIMITS);
    assertThat(bytes(copy)).isEqualTo(bytes(store));
    for (Store each : new Store[] {store, copy}) {
      each.intern(Tenant.DEFAULT, Labels.of("new", "one"));
      for (int i = 0; i < 5000; i++) {
        each.append(i % 4, 1_800_000_000_000L + i, i);
      }
    }
    assertThat(bytes(copy)).isEqualTo(bytes(store));
  }

  @Test
  void readsNotAByteMore() throws IOException {
    byte[] bytes = bytes(example());
    byte[] more = Arrays.copyOf(bytes, bytes.length + 1);
    more[bytes.length] = 42;
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(more));
    Store.readFrom(in, LIMITS);
    assertThat(in.readByte()).isEqualTo((byte) 42);
  }

  @Test
  void everyChangedByteIsNoticed() throws IOException {
    byte[] bytes = bytes(example());
    for (int i = 0; i < bytes.length; i++) {
      for (int bit : new int[] {1, 0x80}) {
        byte[] changed = bytes.clone();
        changed[i] ^= (byte) bit;
        assertThatThrownBy(() -> read(changed, LIMITS))
            .as("byte %s", i)
            .isExactlyInstanceOf(IOException.class)
            .hasMessageContaining("checkpoint of the store");
      }
    }
  }

  @Test
  void everyCutIsNoticed() throws IOException {
    byte[] bytes = bytes(example());
    for (int i = 0; i < bytes.length; i++) {
      byte[] cut = Arrays.copyOf(bytes, i);
      assertThatThrownBy(() -> read(cut, LIMITS))
          .as("%s bytes", i)
          .isExactlyInstanceOf(IOException.class)
          .hasMessageContaining("cut off");
    }
  }

  @Test
  void anotherVersionIsNamed() throws IOException {
    byte[] bytes = bytes(example());
    bytes[7] = 9;
    assertThatThrownBy(() -> read(bytes, LIMITS))
        .hasMessage("checkpoint of the store: version 9, only 1 to 3 can be read");
  }

  @Test
  void seriesBeyondALowerLimitAreKeptAndNewOnesRefused() throws IOException {
    Store read = read(bytes(example()), new StoreLimits(1, 1 << 20));
    assertThat(read.seriesCount()).isEqualTo(3);
    assertThat(read.intern(Tenant.DEFAULT, Labels.of("a", "b"))).isEqualTo(-1);
  }

  @Test
  void historyBeyondALowerLimitIsDropped() throws IOException {
    Store read = read(bytes(example()), new StoreLimits(10, 0));
    assertThat(read.read(0, Long.MIN_VALUE, Long.MAX_VALUE).count()).isEqualTo(34);
    assertThat(read.stats().blockBytes()).isZero();
    assertThat(read.stats().samplesHeld()).isEqualTo(36);
    assertThat(read.append(0, 1_800_000_000_000L, 1)).isTrue();
  }
}
