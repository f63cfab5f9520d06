package dev.tocsin.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class PostingsTest {
  private final Postings postings = new Postings();

  @Test
  void agreeWithLists() {
    for (long seed = 0; seed < 10; seed++) {
      RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      Postings each = new Postings();
      List<List<Integer>> model = new ArrayList<>();
      for (int key = 0; key < 50; key++) {
        model.add(new ArrayList<>());
      }
      int id = 0;
      for (int step = 0; step < 30_000; step++) {
        // Few keys have most of the ids; now and then there is a large gap.
        int key = (int) (50 * Math.pow(random.nextDouble(), 4));
        id += random.nextInt(40) == 0 ? random.nextInt(1 << 16) : 1;
        each.add(key, id);
        model.get(key).add(id);
      }
      for (int key = 0; key < 50; key++) {
        int[] expected = model.get(key).stream().mapToInt(i -> i).toArray();
        assertThat(each.ids(key)).as("seed %s, key %s", seed, key).isEqualTo(expected);
        assertThat(each.isEmpty(key)).isEqualTo(expected.length == 0);
      }
    }
  }

  @Test
  void theLargestIdsAreKept() {
    postings.add(3, 0);
    postings.add(3, 1 << 30);
    postings.add(3, Integer.MAX_VALUE - 1);
    assertThat(postings.ids(3)).containsExactly(0, 1 << 30, Integer.MAX_VALUE - 1);
    postings.add(7, Integer.MAX_VALUE - 1);
    assertThat(postings.ids(7)).containsExactly(Integer.MAX_VALUE - 1);
    assertThat(postings.ids(1_000_000)).isEmpty();
  }

  @Test
  void areReadWhileTheyGrow() throws Exception {
    int most = 200_000;
    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      Future<Integer> reader =
          threads.submit(
              () -> {
                int count = 0;
                while (count < most) {
                  int[] ids = postings.ids(0);
                  assertThat(ids.length).isGreaterThanOrEqualTo(count);
                  count = ids.length;
                  for (int i = 0; i < count; i++) {
                    if (ids[i] != 3 * i) {
                      throw new AssertionError(ids[i] + " at " + i);
                    }
                  }
                }
                return count;
              });
      for (int i = 0; i < most; i++) {
        postings.add(0, 3 * i);
      }
      assertThat(reader.get()).isEqualTo(most);
    }
  }
}
