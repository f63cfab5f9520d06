package dev.tocsin.agent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.agent.api.ApiException.Kind;
import dev.tocsin.promql.eval.EvalException;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;
import dev.tocsin.world.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnsTest {
  private static final Clock CLOCK =
      new Clock() {
        @Override
        public long wallNanos() {
          return System.currentTimeMillis() * 1_000_000;
        }

        @Override
        public long monotonicNanos() {
          return System.nanoTime();
        }
      };

  private static final HttpReply DONE = HttpReply.text(200, "done");

  private final ExecutorService one = Executors.newSingleThreadExecutor();
  private final Turns turns = new Turns(one::execute, CLOCK, Memory.ENOUGH);

  @AfterEach
  void end() {
    one.shutdownNow();
  }

  /// Whose client goes away when told.
  private static final class Client implements HttpRequest {
    private final AtomicBoolean gone = new AtomicBoolean();

    @Override
    public boolean isAbandoned() {
      return gone.get();
    }

    @Override
    public String method() {
      return "GET";
    }

    @Override
    public String path() {
      return "/";
    }

    @Override
    public String query() {
      return "";
    }

    @Override
    public String header(String name) {
      return "";
    }

    @Override
    public String remote() {
      return "";
    }

    @Override
    public long receivedNanos() {
      return 0;
    }

    @Override
    public byte[] body(int bytesMax) {
      return new byte[0];
    }
  }

  /// As the evaluator does it.
  private static HttpReply worksUntilCancelled(Turn turn) {
    while (!turn.getAsBoolean()) {
      Thread.onSpinWait();
    }
    throw new EvalException(EvalException.Kind.CANCELED, "query was canceled somewhere");
  }

  private static Kind kindOf(Throwable e) {
    return ((ApiException) e).kind();
  }

  @Test
  void theAnswerOfTheWorkIsTheAnswer() {
    assertThat(turns.take(new Client(), _ -> DONE)).isSameAs(DONE);
  }

  @Test
  void workEndsWhenItsClientIsGone() {
    Client client = new Client();
    assertThatThrownBy(
            () ->
                turns.take(
                    client,
                    turn -> {
                      client.gone.set(true);
                      return worksUntilCancelled(turn);
                    }))
        .hasMessage("query was canceled in expression evaluation")
        .satisfies(e -> assertThat(kindOf(e)).isEqualTo(Kind.CANCELED));
  }

  @Test
  void workEndsWhenItsTimeIsOver() {
    assertThatThrownBy(() -> turns.take(new Client(), 1_000_000, TurnsTest::worksUntilCancelled))
        .hasMessageStartingWith("query timed out in ")
        .satisfies(e -> assertThat(kindOf(e)).isEqualTo(Kind.TIMEOUT));
  }

  @Test
  void whatWaitsForItsTurnIsGivenUpToo() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch busy = new CountDownLatch(1);
    one.execute(
        () -> {
          busy.countDown();
          awaitQuietly(release);
        });
    busy.await();
    AtomicInteger worked = new AtomicInteger();
    Turns.Work work =
        _ -> {
          worked.incrementAndGet();
          return DONE;
        };
    assertThatThrownBy(() -> turns.take(new Client(), 1_000_000, work))
        .hasMessage("query timed out in query execution");
    Client client = new Client();
    client.gone.set(true);
    assertThatThrownBy(() -> turns.take(client, work))
        .hasMessage("query was canceled in query execution")
        .satisfies(e -> assertThat(kindOf(e)).isEqualTo(Kind.CANCELED));
    release.countDown();
    assertThat(turns.take(new Client(), _ -> DONE)).isSameAs(DONE);
    assertThat(worked.get()).isZero();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Short until something is reclaimed.
  private static final class ShortMemory implements Memory {
    private final AtomicInteger reclaims = new AtomicInteger();
    private volatile boolean isShort;
    private boolean helps = true;

    @Override
    public boolean isShort() {
      return isShort;
    }

    @Override
    public void reclaim() {
      reclaims.incrementAndGet();
      isShort = !helps;
    }
  }

  private static final String TOO_MUCH =
      "query processing would load too many samples into memory in query execution";

  @Test
  void workEndsWhenMemoryIsShort() {
    ShortMemory memory = new ShortMemory();
    Turns bounded = new Turns(one::execute, CLOCK, memory);
    assertThatThrownBy(
            () ->
                bounded.take(
                    new Client(),
                    turn -> {
                      memory.isShort = true;
                      return worksUntilCancelled(turn);
                    }))
        .hasMessage(TOO_MUCH)
        .satisfies(e -> assertThat(kindOf(e)).isEqualTo(Kind.EXECUTION));
    // The next one begins with what was left behind.
    assertThat(bounded.take(new Client(), _ -> DONE)).isSameAs(DONE);
    assertThat(memory.reclaims.get()).isEqualTo(1);
    memory.isShort = true;
    memory.helps = false;
    assertThatThrownBy(() -> bounded.take(new Client(), _ -> DONE)).hasMessage(TOO_MUCH);
  }

  @Test
  void whatTheWorkThrowsIsThrown() {
    assertThatThrownBy(
            () ->
                turns.take(
                    new Client(),
                    _ -> {
                      throw new IllegalStateException("broken");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("broken");
    assertThatThrownBy(
            () ->
                turns.take(
                    new Client(),
                    _ -> {
                      throw new StackOverflowError();
                    }))
        .hasMessage("the expression nests too deeply")
        .satisfies(e -> assertThat(kindOf(e)).isEqualTo(Kind.EXECUTION));
  }
}
