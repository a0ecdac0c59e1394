package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.timing.NanoClock;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimulatorTest {

  @Test
  void theTruthOfACallIsFoundByItsRequestId() {
    try (Simulator simulator = started(Settings.exact())) {
      HttpResponse<String> response =
          new TestClient(simulator.uri()).post(TestClient.AZURE, TestClient.streamedChat(5));

      String requestId = response.headers().firstValue("apim-request-id").orElseThrow();
      SimulatedCall call = simulator.call(requestId).orElseThrow();

      assertThat(call.ending()).isEqualTo(Ending.ANSWERED);
      assertThat(call.status()).hasValue(200);
      assertThat(call.inputTokens()).hasValue(11);
      assertThat(call.outputTokens()).isEqualTo(5);
      assertThat(call.serviceNanos().getAsLong()).isGreaterThanOrEqualTo(call.receivedNanos());
      assertThat(call.chunkNanos()).hasSize(5).isSorted();
      for (int i = 0; i < 5; i++) {
        assertThat(call.chunkNanos()[i] - call.serviceNanos().getAsLong())
            .as("never early: chunk " + i)
            .isGreaterThanOrEqualTo(50_000_000 + i * 10_000_000L);
      }
      assertThat(call.endNanos().getAsLong()).isGreaterThanOrEqualTo(call.chunkNanos()[4]);
    }
  }

  @Test
  void aHundredStreamsAtOnceAreAllAnsweredInFull() {
    try (Simulator simulator = started(Settings.exact("tokensPerSecond = 500"))) {
      TestClient client = new TestClient(simulator.uri());
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        answers.add(client.postAsync(TestClient.AZURE, TestClient.streamedChat(40)));
      }

      for (CompletableFuture<HttpResponse<String>> answer : answers) {
        List<String> events = TestClient.events(answer.join().body());
        assertThat(events).hasSize(45).last().isEqualTo("[DONE]");
      }
      assertThat(simulator.started()).isEqualTo(100);
      assertThat(simulator.completed()).isEqualTo(100);
      assertThat(simulator.inFlight()).isZero();
      assertThat(simulator.calls())
          .hasSize(100)
          .allSatisfy(call -> assertThat(call.chunkNanos()).hasSize(40).isSorted());
    }
  }

  @Test
  void aConnectionServesOneCallAfterTheOther() throws Exception {
    try (Simulator simulator = started(Settings.quick());
        RawConnection connection = new RawConnection(simulator.uri())) {
      for (int i = 0; i < 3; i++) {
        connection.post(TestClient.OPENAI, TestClient.streamedChat(2));
        assertThat(connection.readUntil("\r\n0\r\n\r\n")).contains("[DONE]");
      }
      assertThat(simulator.completed()).isEqualTo(3);
    }
  }

  @Test
  void anOfferToUpgradeToHttp2IsPassedOver() throws Exception {
    try (Simulator simulator = started(Settings.quick())) {
      HttpRequest request =
          HttpRequest.newBuilder(simulator.uri().resolve(TestClient.OPENAI))
              .POST(BodyPublishers.ofString(TestClient.chat(1, "")))
              .build();

      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }
  }

  @Test
  void whileItStandsStillNothingIsWritten() throws Exception {
    Duration pause = Duration.ofMillis(300);
    try (Simulator simulator = started(Settings.exact("ttft = 100 ms"))) {
      CompletableFuture<HttpResponse<String>> answer =
          new TestClient(simulator.uri())
              .postAsync(TestClient.OPENAI, TestClient.streamedChat(100));
      Until.holds(() -> simulator.started() == 1);

      long before = NanoClock.SYSTEM.nanos();
      simulator.freeze(pause);
      long standing = NanoClock.SYSTEM.nanos();
      answer.join();

      assertThat(LongStream.of(simulator.calls().get(0).chunkNanos()))
          .hasSize(100)
          .noneMatch(nanos -> nanos > standing && nanos < before + pause.toNanos());
    }
  }

  @Test
  void closingEndsCallsInFlightAndThePause() throws Exception {
    Simulator simulator = started(Settings.exact("ttft = 1 h"));
    CompletableFuture<HttpResponse<String>> answer =
        new TestClient(simulator.uri()).postAsync(TestClient.OPENAI, TestClient.streamedChat(1));
    Until.holds(() -> simulator.started() == 1);
    simulator.freeze(Duration.ofHours(1));

    simulator.close();

    assertThatThrownBy(answer::join).hasCauseInstanceOf(IOException.class);
    assertThat(simulator.inFlight()).isZero();
    assertThat(simulator.calls().get(0).ending()).isEqualTo(Ending.ABANDONED);
  }

  @Test
  void aTakenPortIsRefusedWithItsAddress() {
    try (Simulator first = started(Settings.quick())) {
      assertThatThrownBy(() -> started(Settings.quick("port = " + first.port())))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("cannot listen on 127.0.0.1:" + first.port());
    }
  }

  private static Simulator started(SimulatorSettings settings) {
    return Simulator.start(settings, NanoClock.SYSTEM);
  }
}
