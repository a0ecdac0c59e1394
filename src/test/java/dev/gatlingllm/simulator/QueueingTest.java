package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import org.junit.jupiter.api.Test;

/** Who waits, and until when, with a clock that is moved by hand. A call takes 100 ms. */
class QueueingTest {

  @Test
  void callsBeyondTheCapacityWaitForAPlace() {
    EmbeddedSimulator simulator = new EmbeddedSimulator(Settings.exact("capacity = 2"));
    for (int i = 0; i < 5; i++) {
      simulator.post(TestClient.OPENAI, TestClient.streamedChat(6));
    }
    for (int i = 0; i < 30; i++) {
      simulator.advanceMillis(10);
    }

    assertThat(simulator.calls())
        .extracting(call -> call.serviceNanos().getAsLong())
        .containsExactly(0L, 0L, 100_000_000L, 100_000_000L, 200_000_000L);
    assertThat(simulator.calls())
        .extracting(SimulatedCall::number)
        .containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(simulator.calls()).allMatch(call -> call.receivedNanos() == 0);
  }

  @Test
  void aClientThatLeavesTheQueueIsPassedOver() {
    EmbeddedSimulator simulator = new EmbeddedSimulator(Settings.exact("capacity = 1"));
    simulator.post(TestClient.OPENAI, TestClient.streamedChat(6));
    EmbeddedChannel impatient = simulator.post(TestClient.OPENAI, TestClient.streamedChat(6));
    simulator.post(TestClient.OPENAI, TestClient.streamedChat(6));

    var unused = impatient.close();
    simulator.advanceMillis(100);
    simulator.advanceMillis(100);

    assertThat(simulator.calls())
        .extracting(SimulatedCall::ending)
        .containsExactly(Ending.ABANDONED, Ending.ANSWERED, Ending.ANSWERED);
    assertThat(simulator.calls().get(0).serviceNanos()).isEmpty();
    assertThat(simulator.calls().get(2).serviceNanos()).hasValue(100_000_000);
  }

  @Test
  void aClientThatLeavesWhileItIsServedFreesItsPlace() {
    EmbeddedSimulator simulator = new EmbeddedSimulator(Settings.exact("capacity = 1"));
    EmbeddedChannel first = simulator.post(TestClient.OPENAI, TestClient.streamedChat(6));
    simulator.post(TestClient.OPENAI, TestClient.streamedChat(6));
    simulator.advanceMillis(20);

    var unused = first.close();
    simulator.advanceMillis(100);
    simulator.advanceMillis(100);

    assertThat(simulator.calls().get(1).ending()).isEqualTo(Ending.ANSWERED);
    assertThat(simulator.inFlight()).isZero();
  }

  @Test
  void aFullQueueAnswers503() {
    EmbeddedSimulator simulator =
        new EmbeddedSimulator(Settings.exact("capacity = 1, queueLimit = 1"));
    simulator.post(TestClient.OPENAI, TestClient.streamedChat(6));
    simulator.post(TestClient.OPENAI, TestClient.streamedChat(6));

    FullHttpResponse refused =
        simulator.post(TestClient.OPENAI, TestClient.streamedChat(6)).readOutbound();

    assertThat(refused.status().code()).isEqualTo(503);
  }
}
