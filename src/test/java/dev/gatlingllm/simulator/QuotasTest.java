package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotasTest {

  @Test
  void withoutQuotasEveryoneIsLetInAndNothingIsSaidToRemain() {
    Quotas.Verdict verdict = new Quotas(Settings.exact().limits(), 0).ask(0, 1_000_000);

    assertThat(verdict.throttled()).isFalse();
    assertThat(verdict.remainingRequests()).isEmpty();
    assertThat(verdict.remainingTokens()).isEmpty();
  }

  @Test
  void aCallThatIsThrottledForItsTokensTakesNoRequest() {
    Quotas quotas =
        new Quotas(
            Settings.exact("requestsPerMinute = 60, tokensPerMinute = 6000, burst = 10 s").limits(),
            0);

    Quotas.Verdict first = quotas.ask(0, 900);
    Quotas.Verdict second = quotas.ask(0, 300);

    assertThat(first.throttled()).isFalse();
    assertThat(first.remainingRequests()).hasValue(9);
    assertThat(first.remainingTokens()).hasValue(100);
    assertThat(second.waitNanos()).isEqualTo(2_000_000_000L);
    assertThat(second.remainingRequests()).hasValue(9);
  }
}
