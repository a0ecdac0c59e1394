package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

/** When bytes go out, with a clock that is moved by hand. */
class PacingTest {

  private final EmbeddedSimulator simulator = new EmbeddedSimulator(Settings.exact());

  @Test
  void headAndRoleGoOutAtOnceAndEachChunkAtItsInstant() {
    EmbeddedChannel channel = simulator.post(TestClient.OPENAI, TestClient.streamedChat(3));
    assertThat(EmbeddedSimulator.written(channel)).isEqualTo(2);

    simulator.advanceMillis(49);
    assertThat(EmbeddedSimulator.written(channel)).isZero();
    simulator.advanceMillis(1);
    assertThat(EmbeddedSimulator.written(channel)).isEqualTo(1);
    simulator.advanceMillis(10);
    assertThat(EmbeddedSimulator.written(channel)).isEqualTo(1);
    simulator.advanceMillis(9);
    assertThat(EmbeddedSimulator.written(channel)).isZero();
    simulator.advanceMillis(1);
    assertThat(EmbeddedSimulator.written(channel)).isEqualTo(2);

    assertThat(simulator.calls().get(0).chunkNanos())
        .containsExactly(50_000_000, 60_000_000, 70_000_000);
    assertThat(simulator.calls().get(0).endNanos()).hasValue(70_000_000);
  }

  @Test
  void chunksThatAreLateGoOutAtOnceAndShiftNoneAfterThem() {
    simulator.post(TestClient.OPENAI, TestClient.streamedChat(5));

    simulator.advanceMillis(75);
    simulator.advanceMillis(5);
    simulator.advanceMillis(10);

    assertThat(simulator.calls().get(0).chunkNanos())
        .containsExactly(75_000_000, 75_000_000, 75_000_000, 80_000_000, 90_000_000);
  }

  @Test
  void anAnswerInOnePieceComesWhenItsLastChunkWouldHave() {
    EmbeddedChannel channel = simulator.post(TestClient.OPENAI, TestClient.chat(3, ""));

    simulator.advanceMillis(69);
    assertThat(EmbeddedSimulator.written(channel)).isZero();
    simulator.advanceMillis(1);
    assertThat(EmbeddedSimulator.written(channel)).isEqualTo(2);
    assertThat(simulator.calls().get(0).chunkNanos()).containsExactly(70_000_000);
  }

  @Test
  void aClientThatLeavesEndsTheCall() {
    EmbeddedChannel channel = simulator.post(TestClient.OPENAI, TestClient.streamedChat(5));
    simulator.advanceMillis(60);

    var unused = channel.close();
    simulator.advanceMillis(1_000);

    assertThat(simulator.inFlight()).isZero();
    assertThat(simulator.calls().get(0).ending()).isEqualTo(Ending.ABANDONED);
    assertThat(simulator.calls().get(0).chunkNanos()).containsExactly(60_000_000, 60_000_000);
    assertThat(simulator.calls().get(0).outputTokens()).isEqualTo(2);
  }
}
