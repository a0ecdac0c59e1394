package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.timing.NanoClock;
import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every fault as a client of chat completions sees it; those in mid-stream after two chunks. */
class FaultsTest {

  private final Simulator simulator = Simulator.start(Settings.quick(), NanoClock.SYSTEM);
  private final TestClient client = new TestClient(simulator.uri());

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void throttleIs429WithAWaitOfOneSecond() {
    HttpResponse<String> response = refused(Fault.THROTTLE);

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.headers().firstValue("retry-after")).hasValue("1");
    assertThat(response.headers().firstValue("retry-after-ms")).hasValue("1000");
  }

  @Test
  void otherRefusalsHaveTheirStatus() {
    assertThat(refused(Fault.REJECT).statusCode()).isEqualTo(400);
    assertThat(refused(Fault.SERVER_ERROR).statusCode()).isEqualTo(500);
    assertThat(refused(Fault.UNAVAILABLE).statusCode()).isEqualTo(503);
  }

  @Test
  void hangTakesTheRequestAndKeepsTheConnectionOpen() throws Exception {
    simulator.injectNext(Fault.HANG);
    try (RawConnection connection = new RawConnection(simulator.uri())) {
      connection.post(TestClient.OPENAI, TestClient.streamedChat(4));
      Until.holds(() -> simulator.calls().size() == 1);

      assertThat(simulator.inFlight()).isEqualTo(1);
      assertThat(simulator.calls().get(0).status()).isEmpty();
      assertThat(simulator.calls().get(0).endNanos()).isEmpty();
    }
    Until.holds(() -> simulator.inFlight() == 0);
    assertThat(simulator.completed()).isZero();
  }

  @Test
  void stallStopsInMidStreamAndKeepsTheConnectionOpen() throws Exception {
    simulator.injectNext(Fault.STALL);
    try (RawConnection connection = new RawConnection(simulator.uri())) {
      connection.post(TestClient.OPENAI, TestClient.streamedChat(4));
      Until.holds(() -> simulator.calls().size() == 1);

      assertThat(simulator.calls().get(0).chunkNanos()).hasSize(2);
      assertThat(simulator.calls().get(0).endNanos()).isEmpty();
      assertThat(simulator.inFlight()).isEqualTo(1);
    }
    Until.holds(() -> simulator.inFlight() == 0);
    assertThat(simulator.calls()).hasSize(1);
  }

  @Test
  void cutEndsTheConnectionWithoutTheEndOfTheAnswer() throws Exception {
    simulator.injectNext(Fault.CUT);
    try (RawConnection connection = new RawConnection(simulator.uri())) {
      connection.post(TestClient.OPENAI, TestClient.streamedChat(4));

      String read = connection.readToEnd();

      assertThat(read.split("\"delta\":\\{\"content\":\" ", -1)).hasSize(3);
      assertThat(read).doesNotContain("[DONE]", "finish_reason\":\"length\"", "\r\n0\r\n");
    }
    assertThat(simulator.calls().get(0).ending()).isEqualTo(Ending.BROKEN);
  }

  @Test
  void resetResetsTheConnection() throws Exception {
    simulator.injectNext(Fault.RESET);
    try (RawConnection connection = new RawConnection(simulator.uri())) {
      connection.post(TestClient.OPENAI, TestClient.streamedChat(4));

      assertThatThrownBy(connection::readToEnd)
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void errorEventEndsTheStreamWithAnError() {
    List<String> events = events(Fault.ERROR_EVENT);

    assertThat(events).hasSize(4);
    assertThat(TestClient.json(events.get(3)).at("/error/code").asText()).isEqualTo("server_error");
  }

  @Test
  void malformedPutsAnEventBetweenThatIsNoJson() {
    List<String> events = events(Fault.MALFORMED);

    assertThat(events).hasSize(9).last().isEqualTo("[DONE]");
    assertThatThrownBy(() -> TestClient.json(events.get(3))).hasMessageContaining("end-of-input");
  }

  @Test
  void noDoneLeavesTheTerminatorOut() {
    List<String> events = events(Fault.NO_DONE);

    assertThat(events).hasSize(7).doesNotContain("[DONE]");
    assertThat(simulator.calls().get(0).ending()).isEqualTo(Ending.BROKEN);
  }

  @Test
  void emptyHasNoContentAndZeroOutputTokens() {
    List<String> events = events(Fault.EMPTY);

    assertThat(events).hasSize(4);
    assertThat(TestClient.json(events.get(2)).at("/usage/completion_tokens").asInt(-1)).isZero();
    assertThat(simulator.calls().get(0).chunkNanos()).isEmpty();
    assertThat(simulator.calls().get(0).ending()).isEqualTo(Ending.ANSWERED);
  }

  @Test
  void filteredEndsEarlyWithItsReasonAndItsTokens() {
    List<String> events = events(Fault.FILTERED);

    assertThat(events).hasSize(6);
    assertThat(TestClient.json(events.get(3)).at("/choices/0/finish_reason").asText())
        .isEqualTo("content_filter");
    assertThat(TestClient.json(events.get(4)).at("/usage/completion_tokens").asInt()).isEqualTo(2);
  }

  @Test
  void keepAliveCommentsStandBetweenTheEvents() {
    simulator.injectNext(Fault.KEEPALIVE_COMMENTS);

    String body = client.post(TestClient.OPENAI, TestClient.streamedChat(4)).body();

    assertThat(body.split(": ping\n\n", -1)).hasSize(5);
    assertThat(TestClient.events(body)).hasSize(8);
    assertThat(simulator.calls().get(0).ending()).isEqualTo(Ending.ANSWERED);
  }

  @Test
  void noUsageLeavesTheUsageOut() {
    assertThat(events(Fault.NO_USAGE)).hasSize(7).noneMatch(e -> e.contains("prompt_tokens"));
  }

  @Test
  void aFaultAfterMoreChunksThanThereAreStrikesBeforeTheEnd() {
    simulator.injectNext(Fault.ERROR_EVENT);

    List<String> events =
        TestClient.events(client.post(TestClient.OPENAI, TestClient.streamedChat(1)).body());

    assertThat(events).hasSize(3);
    assertThat(events.get(2)).contains("error");
  }

  @Test
  void anAnswerInOnePieceBreaksInItsMiddle() throws Exception {
    assertThat(wholeOnRawConnection(Fault.CUT)).contains("200 OK").doesNotContain("usage");
    assertThatThrownBy(() -> wholeOnRawConnection(Fault.RESET)).isInstanceOf(SocketException.class);
  }

  @Test
  void anAnswerInOnePieceHasTheOtherFaultsToo() {
    assertThat(whole(Fault.ERROR_EVENT).statusCode()).isEqualTo(500);
    assertThat(whole(Fault.NO_USAGE).body()).doesNotContain("usage");
    assertThat(whole(Fault.FILTERED).body()).contains("\"finish_reason\":\"content_filter\"");
    assertThat(whole(Fault.EMPTY).body()).contains("\"content\":\"\"");
    String malformed = whole(Fault.MALFORMED).body();
    assertThatThrownBy(() -> TestClient.json(malformed)).hasMessageContaining("end-of-input");
  }

  @Test
  void ratesDecideWithoutForcing() {
    try (Simulator always =
        Simulator.start(Settings.quick("faults.serverError = 1"), NanoClock.SYSTEM)) {
      assertThat(
              new TestClient(always.uri())
                  .post(TestClient.OPENAI, TestClient.streamedChat(1))
                  .statusCode())
          .isEqualTo(500);
      assertThat(always.calls().get(0).fault()).hasValue(Fault.SERVER_ERROR);
    }
  }

  private HttpResponse<String> refused(Fault fault) {
    simulator.injectNext(fault);
    return client.post(TestClient.OPENAI, TestClient.streamedChat(4));
  }

  /** Without a fault these are role, 4 chunks, finish, usage and the terminator. */
  private List<String> events(Fault fault) {
    simulator.injectNext(fault);
    return TestClient.events(client.post(TestClient.OPENAI, TestClient.streamedChat(4)).body());
  }

  private HttpResponse<String> whole(Fault fault) {
    simulator.injectNext(fault);
    return client.post(TestClient.OPENAI, TestClient.chat(4, ""));
  }

  private String wholeOnRawConnection(Fault fault) throws IOException {
    simulator.injectNext(fault);
    try (RawConnection connection = new RawConnection(simulator.uri())) {
      connection.post(TestClient.OPENAI, TestClient.chat(4, ""));
      return connection.readToEnd();
    }
  }
}
