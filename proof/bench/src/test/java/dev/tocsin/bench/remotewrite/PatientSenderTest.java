package dev.tocsin.bench.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.bench.webhook.WebhookMessage;
import dev.tocsin.bench.webhook.WebhookReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The receiver of webhooks stands for a subject: it answers a POST as it is told.
@Timeout(60)
class PatientSenderTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final byte[] BODY = {1, 2, 3};

  private static CompletableFuture<Void> send(PatientSender sender) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            sender.send("history", BODY);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void whatIsPutOffIsSentAgain(int later) throws Exception {
    try (WebhookReceiver subject = WebhookReceiver.start();
        PatientSender sender = PatientSender.open(subject.url(), LONG, LONG)) {
      subject.answerWith(later);
      CompletableFuture<Void> sent = send(sender);
      WebhookMessage first = subject.await("a try", LONG, _ -> true);
      assertThat(first.answered()).isEqualTo(later);
      subject.answerWith(204);
      sent.get(60, TimeUnit.SECONDS);
      assertThat(subject.accepted(_ -> true)).hasSize(1);
      assertThat(subject.messages()).allSatisfy(of -> assertThat(of.body()).isEqualTo(BODY));
    }
  }

  @Test
  void whatIsNotAnsweredInTimeIsSentAgainOnAnotherConnection() throws Exception {
    try (WebhookReceiver subject = WebhookReceiver.start();
        PatientSender sender = PatientSender.open(subject.url(), Duration.ofMillis(200), LONG)) {
      subject.answerAfter(3_600_000);
      CompletableFuture<Void> sent = send(sender);
      WebhookMessage _ = subject.await("a try", LONG, _ -> true);
      subject.answerAfter(0);
      sent.get(60, TimeUnit.SECONDS);
      assertThat(subject.count()).isGreaterThan(1);
    }
  }

  @Test
  void anotherAnswerIsToldAtOnce() {
    try (WebhookReceiver subject = WebhookReceiver.start();
        PatientSender sender = PatientSender.open(subject.url(), LONG, LONG)) {
      subject.answerWith(400);
      assertThatThrownBy(() -> sender.send("history", BODY))
          .hasMessageContaining("history could not be written; try 1 got 400");
      assertThat(subject.count()).isEqualTo(1);
    }
  }

  @Test
  void patienceEndsWithTheLastAnswer() {
    try (WebhookReceiver subject = WebhookReceiver.start();
        PatientSender sender = PatientSender.open(subject.url(), LONG, Duration.ofMillis(50))) {
      subject.answerWith(429);
      assertThatThrownBy(() -> sender.send("history", BODY))
          .hasMessageMatching("(?s)history could not be written; try [1-9] got 429.*");
      assertThat(subject.count()).isBetween(1, 9);
    }
  }
}
