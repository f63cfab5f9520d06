package dev.tocsin.model.names;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MessagesOfLabelsTest {
  private final SeriesNames names = new SeriesNames(7);

  private static void varint(ByteArrayOutputStream out, int number) {
    int rest = number;
    for (; rest >= 0x80; rest >>>= 7) {
      out.write(rest | 0x80);
    }
    out.write(rest);
  }

  private static void field(ByteArrayOutputStream out, int tag, byte[] content) {
    out.write(tag);
    varint(out, content.length);
    out.writeBytes(content);
  }

  private static byte[] wire(Labels labels) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < labels.size(); i++) {
      ByteArrayOutputStream label = new ByteArrayOutputStream();
      field(label, 0x0a, labels.name(i).getBytes(UTF_8));
      field(label, 0x12, labels.value(i).getBytes(UTF_8));
      field(out, 0x0a, label.toByteArray());
    }
    return out.toByteArray();
  }

  private int end(int number, byte[] bytes, int from) {
    return names.endOfMessages(number, bytes, from, bytes.length, new LabelTrail());
  }

  @Test
  void theLabelsOfTheSeriesEndWhereTheyEnd() {
    Labels labels = Labels.of("__name__", "up", "job", "a", "note", "ö".repeat(100));
    int number = names.number(Tenant.DEFAULT, labels);
    byte[] wire = wire(labels);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[3]);
    out.writeBytes(wire);
    out.writeBytes(new byte[] {0x12, 0});
    assertThat(end(number, out.toByteArray(), 3)).isEqualTo(3 + wire.length);
    assertThat(end(number, wire, 0)).isEqualTo(wire.length);
  }

  @Test
  void oneByteMakesAnotherSeries() {
    Labels labels = Labels.of("__name__", "up", "instance", "h-1", "note", "x".repeat(130));
    int number = names.number(Tenant.DEFAULT, labels);
    byte[] wire = wire(labels);
    for (int at = 0; at < wire.length; at++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        byte[] other = wire.clone();
        other[at] ^= (byte) (1 << bit);
        assertThat(end(number, other, 0)).as("byte %d, bit %d", at, bit).isEqualTo(-1);
      }
    }
    for (int length = 0; length < wire.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(wire, length);
      assertThat(end(number, cut, 0)).as("cut to %d", length).isEqualTo(-1);
    }
  }

  private List<Labels> series(SplittableRandom random) {
    List<Labels> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      List<String> pairs = new ArrayList<>();
      pairs.add("__name__");
      pairs.add("m" + random.nextInt(3));
      for (char name = 'a'; name < 'e'; name++) {
        if (random.nextBoolean()) {
          pairs.add(String.valueOf(name));
          pairs.add("v".repeat(1 + random.nextInt(3)) + random.nextInt(3));
        }
      }
      all.add(Labels.of(pairs.toArray(String[]::new)));
    }
    all.forEach(labels -> names.number(Tenant.DEFAULT, labels));
    return all;
  }

  @Test
  void whatSeriesHaveInCommonIsComparedWithTheOneBefore() {
    for (long seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Labels> all = series(random);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      List<Labels> came = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        Labels next = all.get(random.nextInt(all.size()));
        came.add(next);
        out.writeBytes(wire(next));
      }
      byte[] body = out.toByteArray();
      LabelTrail trail = new LabelTrail();
      int at = 0;
      for (Labels next : came) {
        Labels wrong = all.get(random.nextInt(all.size()));
        int guess = names.find(Tenant.DEFAULT, wrong);
        int end = names.endOfMessages(guess, body, at, at + wire(next).length, trail);
        assertThat(end == at + wire(next).length).isEqualTo(wrong.equals(next));
        int number = names.find(Tenant.DEFAULT, next);
        int behind = names.endOfMessages(number, body, at, body.length, trail);
        assertThat(behind).as("seed %d", seed).isEqualTo(at + wire(next).length);
        at = behind;
      }
    }
  }

  @Test
  void noTwoSeriesAreTakenForOneAnother() {
    for (long seed = 0; seed < 20; seed++) {
      List<Labels> all = series(new SplittableRandom(seed));
      for (Labels expected : all) {
        for (Labels came : all) {
          byte[] wire = wire(came);
          int end = end(names.find(Tenant.DEFAULT, expected), wire, 0);
          assertThat(end == wire.length)
              .as("seed %d: %s for %s", seed, came, expected)
              .isEqualTo(expected.equals(came));
        }
      }
    }
  }
}
