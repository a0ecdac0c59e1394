package dev.gatlingllm.experiment.batch;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FillUpTest {

  private final List<String> told = new ArrayList<>();
  private long now = 3;
  private final FillUp fill =
      new FillUp(
          new BatchConfig.Fill(true, 500, 100, 20, 98, Duration.ofSeconds(60), 5000),
          () -> now,
          told::add);

  @Test
  void itEndsAtTheFirst429() {
    assertThat(fill.goesOn()).isTrue();
    fill.saw(call().tokens(500, 100).record());
    assertThat(fill.goesOn()).isTrue();
    now += 12_300_000_000L;
    fill.saw(call().ended(Outcome.THROTTLED, "429 throttled").record());
    fill.saw(call().ended(Outcome.THROTTLED, "429 throttled").record());
    assertThat(fill.goesOn()).isFalse();
    assertThat(told)
        .containsExactly(
            "[llm] filling up ended after 12.3 s, 2 calls and 600 tokens: the service throttled"
                + " (429)");
  }

  @Test
  void itEndsWhenAResponseSaysThatTheDeploymentIsFull() {
    assertThat(fill.goesOn()).isTrue();
    fill.saw(call().utilization(97.9).record());
    assertThat(fill.goesOn()).isTrue();
    fill.saw(call().utilization(98).record());
    assertThat(fill.goesOn()).isFalse();
    assertThat(told.get(0)).endsWith("the deployment is used to 98.0 %");
  }

  @Test
  void onADeploymentThatIsNeverFullItsTimeIsUpInTheEnd() {
    assertThat(fill.goesOn()).isTrue();
    now += 60_000_000_000L;
    assertThat(fill.goesOn()).isFalse();
    assertThat(told.get(0)).contains("its time is up (llm.batch.fill.atMost)");
  }

  @Test
  void norDoesItSpendMoreTokensThanItMay() {
    assertThat(fill.goesOn()).isTrue();
    fill.saw(call().tokens(4000, 1000).record());
    assertThat(fill.goesOn()).isFalse();
    assertThat(told.get(0)).contains("its tokens are spent (llm.batch.fill.atMostTokens)");
  }

  @Test
  void itEndsWhenTheDeploymentHandsACallOverInsteadOfA429() {
    assertThat(fill.goesOn()).isTrue();
    fill.saw(call().tokens(500, 100).record());
    fill.saw(call().tokens(500, 100).spilledTo("chat-standard").record());
    assertThat(fill.goesOn()).isFalse();
    assertThat(told.get(0))
        .contains("2 calls and 600 tokens: the deployment is full and hands calls over");
  }
}
