package dev.gatlingllm.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.CallFixture;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailureSentenceTest {

  private static String after(Outcome outcome, String error, String detail) {
    return FailureSentence.after(
        CallFixture.call().ended(outcome, error).detail(detail).record(), Map.of());
  }

  @Test
  void whatARefusalSaysIsTheServices() {
    assertThat(after(Outcome.REJECTED, "418 rejected", "I am a teapot."))
        .startsWith(" The service said: \"I am a teapot.\".");
  }

  @Test
  void whatIsSaidOfACallThatCrashedIsNotTheServices() {
    assertThat(after(Outcome.CRASHED, "not built: call 'chat'", "the log has where it was thrown"))
        .startsWith(" In detail: \"the log has where it was thrown\".");
  }
}
