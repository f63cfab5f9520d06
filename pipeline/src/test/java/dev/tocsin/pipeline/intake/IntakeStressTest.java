package dev.tocsin.pipeline.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.input.Input;
import dev.tocsin.pipeline.accounting.Accounts;
import dev.tocsin.pipeline.accounting.Refusal;
import dev.tocsin.pipeline.ring.Entry;
import dev.tocsin.pipeline.ring.EntryReader;
import dev.tocsin.pipeline.ring.RingSize;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sources, ticks, both readers, and a journal that fails and recovers, all at once. What each
/// thread does is seeded, how they meet is not. Where places leak, the sources wait for ever: that
/// is what the timeout is for.
@Timeout(30)
class IntakeStressTest {
  private static final int SOURCES = 3;
  private static final int ROUNDS = 1500;
  private static final int SERIES = 3000;

  private final IntakeFixture fixture =
      new IntakeFixture(new RingSize(8, 64, 16), SERIES * 3 / 4, 0, 0);
  private final AtomicBoolean sourcesDone = new AtomicBoolean();
  private final AtomicBoolean readersEnded = new AtomicBoolean();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();

  /// One for each source: released after places may have become free.
  private final List<Semaphore> room = new ArrayList<>();

  private long seed;

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void everySampleIsInOnePlaceAtEveryMoment(long seed) throws Exception {
    this.seed = seed;
    for (int i = 0; i < SOURCES; i++) {
      room.add(new Semaphore(0));
    }
    Semaphore engineWork = new Semaphore(0);
    Semaphore journalWork = new Semaphore(0);
    fixture.ring.wakeEngineBy(engineWork::release);
    fixture.ring.wakeJournalBy(journalWork::release);
    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      List<Future<Long>> sources = new ArrayList<>();
      for (int i = 0; i < SOURCES; i++) {
        RandomGenerator random = random(i);
        Semaphore mine = room.get(i);
        sources.add(threads.submit(() -> source(random, mine)));
      }
      Future<Long> engine = threads.submit(reader(fixture.ring.engine(), engineWork, null));
      Future<Long> journal =
          threads.submit(reader(fixture.ring.journal(), journalWork, new Disk(random(-1))));
      Future<Long> snapshots = threads.submit(this::snapshots);
      long received = 0;
      try {
        for (Future<Long> source : sources) {
          received += source.get();
        }
      } finally {
        sourcesDone.set(true);
        fixture.ring.wakeReaders();
      }
      assertThat(engine.get()).as("seed %d", seed).isEqualTo(accepted.get());
      assertThat(journal.get()).as("seed %d", seed).isEqualTo(accepted.get());
      assertThat(snapshots.get()).isPositive();
      check(received);
    }
  }

  private void check(long received) {
    fixture.durability.recovered(fixture.ring.lastSeq());
    Accounts accounts = fixture.accounting.snapshot();
    assertThat(accounts).as("seed %d", seed).matches(Accounts::isBalanced);
    assertThat(accounts.received()).isEqualTo(received);
    assertThat(accounts.inFlight()).isZero();
    assertThat(accounts.appliedDurable() + accounts.appliedUndurable()).isEqualTo(accepted.get());
    assertThat(accounts.appliedDurable()).isPositive();
    assertThat(accounts.appliedUndurable()).isPositive();
    assertThat(accounts.refused(Refusal.SERIES_LIMIT)).isPositive();
    assertThat(accounts.refused(Refusal.ABANDONED)).isPositive();
    assertThat(fixture.ring.slabsInUse()).isZero();
    assertThat(fixture.ring.entriesInUse()).isZero();
    assertThat(answered.get()).isEqualTo(asked.get());
    assertThat(fixture.durability.waiting()).isZero();
    assertThat(fixture.durability.callbackFailures()).isZero();
  }

  /// Returns how many samples it counted as received.
  private Long source(RandomGenerator random, Semaphore mine) throws InterruptedException {
    long received = 0;
    for (int round = 0; round < ROUNDS; round++) {
      fixture.clock.moveWall(random.nextInt(-20, 40));
      if (random.nextInt(10) == 0) {
        fixture.intake.submit(new Input.Delivered("id", "receiver", 0, true));
      }
      if (random.nextInt(10) == 0) {
        fixture.intake.submit(new Input.Tick());
      }
      int samples = random.nextInt(random.nextInt(4) == 0 ? 3 * Slab.CAPACITY : 20);
      received += samples;
      mine.drainPermits();
      switch (fixture.intake.begin(IntakeFixture.TENANT, samples, 0)) {
        case Admission.Busy _ -> {
          fixture.intake.refuse(Refusal.BUSY, samples);
          if (!readersEnded.get()) {
            mine.acquire();
          }
        }
        case Admission.Admitted(Staging staging) -> {
          try (staging) {
            fill(staging, samples, random);
          }
          room.forEach(Semaphore::release);
        }
      }
    }
    return received;
  }

  private void fill(Staging staging, int samples, RandomGenerator random) {
    // Series come into being all the time, in all sources, the same ones.
    long nowMs = fixture.clock.wallMillis();
    int from = random.nextInt(SERIES);
    int leave = random.nextInt(8) == 0 ? random.nextInt(samples + 1) : samples;
    for (int i = 0; i < leave; i++) {
      int ref = fixture.ref("s" + (from + i) % SERIES);
      if (ref < 0) {
        staging.refuse(Refusal.SERIES_LIMIT, 1);
      } else {
        staging.add(ref, nowMs + random.nextInt(-30, 30), random.nextInt(2));
      }
    }
    if (leave < samples && random.nextBoolean()) {
      return;
    }
    Receipt receipt = staging.commit();
    accepted.addAndGet(receipt.accepted());
    asked.incrementAndGet();
    fixture.durability.whenDurable(receipt.seq(), _ -> answered.incrementAndGet());
  }

  /// Returns how many samples it read.
  private Callable<Long> reader(EntryReader reader, Semaphore work, @Nullable Disk disk) {
    return () -> {
      Progress progress = new Progress();
      try {
        boolean last;
        do {
          work.acquire();
          work.drainPermits();
          last = sourcesDone.get();
          readAll(reader, progress, disk);
          room.forEach(Semaphore::release);
        } while (!last);
      } finally {
        // Where this one fails, the sources end with "busy" instead of waiting for it.
        readersEnded.set(true);
        room.forEach(Semaphore::release);
      }
      return progress.samples;
    };
  }

  private void readAll(EntryReader reader, Progress progress, @Nullable Disk disk) {
    for (@Nullable Entry entry = reader.poll(); entry != null; entry = reader.poll()) {
      assertThat(entry.seq()).as("seed %d", seed).isEqualTo(progress.seq + 1);
      assertThat(entry.nowMs()).isGreaterThanOrEqualTo(progress.nowMs);
      progress.seq = entry.seq();
      progress.nowMs = entry.nowMs();
      if (entry.input() instanceof Input.Transaction transaction) {
        progress.samples += read(transaction, progress.defined);
      }
      if (disk != null) {
        disk.write(entry.seq());
      }
      reader.done(entry);
    }
  }

  /// How far a reader is.
  private static final class Progress {
    final Set<Integer> defined = new HashSet<>();
    long samples;
    long seq;
    long nowMs;
  }

  private static long read(Input.Transaction transaction, Set<Integer> defined) {
    for (SeriesDefinition definition : transaction.definitions()) {
      assertThat(definition.ref()).isEqualTo(defined.size());
      defined.add(definition.ref());
    }
    for (Slab slab : transaction.slabs()) {
      assertThat(slab.count()).isPositive();
      for (int i = 0; i < slab.count(); i++) {
        if (!defined.contains(slab.refs[i])) {
          throw new AssertionError("series " + slab.refs[i] + " is used before it is defined");
        }
      }
    }
    return transaction.sampleCount();
  }

  /// Looks all the time; returns how often.
  private Long snapshots() {
    long count = 0;
    do {
      Accounts accounts = fixture.accounting.snapshot();
      if (!accounts.isBalanced() || accounts.inFlight() < 0) {
        throw new AssertionError("seed " + seed + ": " + accounts);
      }
      count++;
    } while (!sourcesDone.get());
    return count;
  }

  private RandomGenerator random(int thread) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(31 * seed + thread);
  }

  /// Writes in groups; breaks now and then. On the journal's thread.
  private final class Disk {
    private final RandomGenerator random;
    private boolean broken;

    Disk(RandomGenerator random) {
      this.random = random;
    }

    void write(long seq) {
      switch (random.nextInt(40)) {
        case 0 -> {
          if (broken) {
            fixture.durability.recovered(seq);
          } else {
            fixture.durability.durable(seq - 1);
            fixture.durability.failed(seq, "on purpose");
          }
          broken = !broken;
        }
        case 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 -> {
          if (!broken) {
            fixture.durability.durable(seq);
          }
        }
        default -> {}
      }
    }
  }
}
