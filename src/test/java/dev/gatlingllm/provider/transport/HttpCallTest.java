package dev.gatlingllm.provider.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.AnswerLimits;
import dev.gatlingllm.provider.ConnectionUse;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.ResponseHead;
import dev.gatlingllm.provider.chat.AnswerFormat;
import dev.gatlingllm.provider.chat.RecordingListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.Disposables;

class HttpCallTest {

  private static final LlmRequest STREAMED = LlmRequest.ofPrompt("Hi");
  private static final LlmRequest WHOLE = STREAMED.withStreaming(false);
  private static final String CHUNK = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";

  private final AtomicLong now = new AtomicLong(100);
  private final List<Runnable> tasks = new ArrayList<>();
  private final RecordingListener listener = new RecordingListener();
  private final OpenCalls calls =
      new OpenCalls(now::get, () -> Instant.EPOCH, Optional.empty(), tasks::add);

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private void runTasks() {
    tasks.forEach(Runnable::run);
    tasks.clear();
  }

  @Test
  void stampsEachEventWithTheInstantItsBytesCame() {
    HttpCall call = calls.open(AnswerFormat.CHAT.answerTo(STREAMED), listener);
    call.head(200, name -> null);
    now.set(200);
    call.body(bytes(CHUNK + CHUNK.substring(0, 10)));
    now.set(300);
    call.body(bytes(CHUNK.substring(10)));
    now.set(400);
    call.body(bytes("data: [DONE]\n\n"));

    assertThat(listener.events())
        .containsExactly("head 200", "CONTENT a", "CONTENT a", "completed");
    assertThat(listener.stamps()).containsExactly(100L, 200L, 300L, 400L);
  }

  @Test
  void isSentWhenAnOpenConnectionTakesItsRequest() {
    HttpCall call = calls.open(AnswerFormat.CHAT.answerTo(STREAMED), listener);
    call.handedOver();
    now.set(200);
    call.written(ConnectionUse.REUSED, 0);

    assertThat(listener.sent()).hasValue(200);
  }

  @Test
  void isSentWhenItAskedForAConnectionIfOneHadToBeOpened() {
    HttpCall call = calls.open(AnswerFormat.CHAT.answerTo(STREAMED), listener);
    call.handedOver();
    now.set(200);
    call.written(ConnectionUse.UNKNOWN, 0);

    assertThat(listener.sent()).hasValue(100);
  }

  @Test
  void takesACutInsideAnEventForBroken() {
    HttpCall call = calls.open(AnswerFormat.CHAT.answerTo(STREAMED), listener);
    call.head(200, name -> null);
    call.body(bytes("data: {\"choices\":[{\"delta\":{\"con"));
    call.end();

    assertThat(listener.failure())
        .isEqualTo(new Failure(Failure.Kind.BROKEN, 200, "", "stream ended inside an event"));
  }

  @Test
  void acceptsATerminatorWithoutItsEmptyLine() {
    HttpCall call = calls.open(AnswerFormat.CHAT.answerTo(STREAMED), listener);
    call.head(200, name -> null);
    call.body(bytes("data: [DONE]"));
    call.end();

    assertThat(listener.events()).containsExactly("head 200", "completed");
  }

  @Test
  void stampsAWholeAnswerWithItsLastBytes() {
    HttpCall call = calls.open(AnswerFormat.CHAT.answerTo(WHOLE), listener);
    call.head(200, name -> null);
    now.set(200);
    call.body(bytes("{\"choices\":[{\"message\":{\"content\":"));
    now.set(300);
    call.body(bytes("\"a\"}}]}"));
    now.set(400);
    call.end();

    assertThat(listener.events()).containsExactly("head 200", "CONTENT a", "completed");
    assertThat(listener.stamps()).containsExactly(100L, 300L, 300L);
  }

  private Failure timeoutOn(ConnectionUse use, Map<String, String> headers, String body) {
    HttpCall call = calls.open(AnswerFormat.CHAT.answerTo(STREAMED), listener);
    call.handedOver();
    call.written(use, 3_000_000_000L);
    now.addAndGet(2_000_000);
    call.head(408, headers::get);
    call.body(bytes(body));
    call.end();
    return listener.failure();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html><body><h1>408 Request Time-out</h1></body></html>"})
  void takesATimeoutThatWasSentToAnIdleConnectionForItsEnd(String body) {
    Failure failure =
        timeoutOn(
            ConnectionUse.REUSED, Map.of("connection", "Close", "content-type", "text/html"), body);

    assertThat(failure.kind()).isEqualTo(Failure.Kind.STALE);
    assertThat(failure.message()).contains("idle for 3.000 s", "closed 0.002 s after");
  }

  @Test
  void takesATimeoutOnANewConnectionForAnAnswer() {
    assertThat(timeoutOn(ConnectionUse.UNKNOWN, Map.of("connection", "close"), "").kind())
        .isEqualTo(Failure.Kind.REJECTED);
  }

  @Test
  void takesATimeoutOnAConnectionThatStaysOpenForAnAnswer() {
    assertThat(timeoutOn(ConnectionUse.REUSED, Map.of(), "").kind())
        .isEqualTo(Failure.Kind.REJECTED);
  }

  @Test
  void takesATimeoutThatAServiceExplainsForAnAnswer() {
    Map<String, String> headers =
        Map.of("connection", "close", "content-type", "application/json; charset=utf-8");
    Failure failure =
        timeoutOn(ConnectionUse.REUSED, headers, "{\"error\":{\"message\":\"took too long\"}}");

    assertThat(failure).isEqualTo(new Failure(Failure.Kind.REJECTED, 408, "", "took too long"));
  }

  @Test
  void takesALineWithoutEndForMalformed() {
    Disposable connection = Disposables.single();
    HttpCall call =
        calls.open(AnswerFormat.CHAT.answerTo(STREAMED, new AnswerLimits(100, 100)), listener);
    call.attach(connection);
    call.head(200, name -> null);
    call.body(bytes("data: " + "x".repeat(101)));

    assertThat(listener.failure())
        .isEqualTo(
            new Failure(
                Failure.Kind.MALFORMED,
                200,
                "",
                "line of the stream exceeds 100 bytes; llm.limit.eventBytes raises the limit"));
    assertThat(connection.isDisposed()).isTrue();
  }

  @Test
  void tellsOfACancellationOnTheTransportsThread() {
    Disposable connection = Disposables.single();
    HttpCall call = calls.open(AnswerFormat.CHAT.answerTo(STREAMED), listener);
    call.attach(connection);

    call.cancel();
    assertThat(connection.isDisposed()).isTrue();
    assertThat(call.ended()).isTrue();
    assertThat(listener.events()).isEmpty();

    runTasks();
    assertThat(listener.events()).containsExactly("failed BROKEN");
  }

  @Test
  void closesAConnectionThatComesAfterTheCancellation() {
    Disposable connection = Disposables.single();
    HttpCall call = calls.open(AnswerFormat.CHAT.answerTo(STREAMED), listener);

    call.cancel();
    call.attach(connection);

    assertThat(connection.isDisposed()).isTrue();
  }

  @Test
  void tellsNothingOfWhatComesAfterTheCancellation() {
    HttpCall call = calls.open(AnswerFormat.CHAT.answerTo(STREAMED), listener);
    call.head(200, name -> null);
    call.cancel();
    call.body(bytes(CHUNK));
    call.end();
    call.error(new IOException("late"));
    runTasks();

    assertThat(listener.events()).containsExactly("head 200", "failed BROKEN");
    assertThat(listener.breaches()).isEmpty();
  }

  @Test
  void leavesTheConnectionOpenWhenACompletedCallIsCancelled() {
    Disposable connection = Disposables.single();
    HttpCall call = calls.open(AnswerFormat.CHAT.answerTo(STREAMED), listener);
    call.attach(connection);
    call.head(200, name -> null);
    call.body(bytes("data: [DONE]\n\n"));

    call.cancel();
    runTasks();

    assertThat(connection.isDisposed()).isFalse();
    assertThat(listener.events()).containsExactly("head 200", "completed");
  }

  @Test
  void endsAfterTheEventInWhichTheListenerCancels() {
    List<HttpCall> self = new ArrayList<>();
    RecordingListener cancelling =
        new RecordingListener() {
          @Override
          public void output(long nanos, OutputKind kind, String text) {
            self.get(0).cancel();
            super.output(nanos, kind, text);
          }
        };
    HttpCall call = calls.open(AnswerFormat.CHAT.answerTo(STREAMED), cancelling);
    self.add(call);
    call.head(200, name -> null);
    call.body(bytes(CHUNK));

    assertThat(tasks).isEmpty();
    assertThat(cancelling.events()).containsExactly("head 200", "CONTENT a", "failed BROKEN");
    assertThat(cancelling.breaches()).isEmpty();
  }

  @Test
  void isNotLostWhenTheListenerThrows() {
    Disposable connection = Disposables.single();
    RecordingListener throwing =
        new RecordingListener() {
          @Override
          public void head(long nanos, ResponseHead head) {
            throw new IllegalStateException("no room");
          }
        };
    HttpCall call = calls.open(AnswerFormat.CHAT.answerTo(STREAMED), throwing);
    call.attach(connection);
    call.head(200, name -> null);

    assertThat(throwing.events()).containsExactly("failed CRASHED");
    assertThat(connection.isDisposed()).isTrue();
  }

  @Test
  void tellsTheEndItselfWhenTheTransportsThreadsAreGone() {
    OpenCalls gone =
        new OpenCalls(
            now::get,
            () -> Instant.EPOCH,
            Optional.empty(),
            task -> {
              throw new java.util.concurrent.RejectedExecutionException("shut down");
            });

    gone.open(AnswerFormat.CHAT.answerTo(STREAMED), listener).cancel();

    assertThat(listener.events()).containsExactly("failed BROKEN");
  }

  @Test
  void endsOnceHoweverTheEndsRace() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int run = 0; run < 2000; run++) {
        race(threads);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void race(ExecutorService threads) throws Exception {
    RecordingListener heard = new RecordingListener();
    OpenCalls calls = new OpenCalls(() -> 1, () -> Instant.EPOCH, Optional.empty(), threads);
    HttpCall call = calls.open(AnswerFormat.CHAT.answerTo(STREAMED), heard);
    CyclicBarrier start = new CyclicBarrier(3);
    Future<?> transport =
        threads.submit(
            () -> {
              start.await();
              call.head(200, name -> null);
              call.body(bytes(CHUNK));
              call.body(bytes(CHUNK + "data: [DONE]\n\n"));
              call.end();
              return null;
            });
    Future<?> cancellation =
        threads.submit(
            () -> {
              start.await();
              call.cancel();
              return null;
            });
    start.await();
    calls.close();
    transport.get(60, TimeUnit.SECONDS);
    cancellation.get(60, TimeUnit.SECONDS);

    heard.awaitEnd();
    assertThat(heard.events().stream().filter(e -> e.matches("completed|failed .*"))).hasSize(1);
  }

  @Test
  void aPoolOfClosedConnectionsIsNoFailureOfTheService() {
    HttpCall call = calls.open(AnswerFormat.CHAT.answerTo(STREAMED), listener);
    call.handedOver();
    call.error(new IOException("Error while acquiring from pool"));

    assertThat(listener.failure().kind()).isEqualTo(Failure.Kind.STALE);
  }
}
