package dev.gatlingllm.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.CallFixture;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailureSentenceTest {

  private static String after(int status, Outcome outcome, String detail) {
    return FailureSentence.after(
        CallFixture.call()
            .served(status, "", "", "")
            .ended(outcome, "as it ended")
            .detail(detail)
            .record(),
        Map.of());
  }

  @Test
  void whatARefusalSaysIsTheServices() {
    assertThat(after(418, Outcome.REJECTED, "I am a teapot."))
        .startsWith(" The service said: \"I am a teapot.\".");
  }

  @Test
  void whatIsSaidOfACallWithoutAResponseIsNotTheServices() {
    assertThat(after(0, Outcome.REJECTED, "no AWS credentials"))
        .startsWith(" In detail: \"no AWS credentials\".");
    assertThat(after(200, Outcome.CRASHED, "the log has where it was thrown"))
        .startsWith(" In detail: \"the log has where it was thrown\".");
  }

  @Test
  void aLongTextIsCutAtItsLongestAndInNoCharacter() {
    assertThat(after(418, Outcome.REJECTED, "x".repeat(300))).contains("x".repeat(200) + "…\"");
    assertThat(after(418, Outcome.REJECTED, "x".repeat(199) + "😀😀"))
        .contains("x".repeat(199) + "…\"");
  }
}
