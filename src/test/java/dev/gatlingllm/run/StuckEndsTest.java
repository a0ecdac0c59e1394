package dev.gatlingllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.call.CallLimits;
import dev.gatlingllm.call.LlmCall;
import dev.gatlingllm.call.RetryPolicy;
import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StuckEndsTest {

  private static final long HOUR = 3_600_000_000_000L;

  private final AtomicLong now = new AtomicLong(1);
  private final StuckEnds ends = new StuckEnds();
  private final LlmCall call = call();

  private LlmCall call() {
    LlmClient silent =
        new LlmClient() {
          @Override
          public String provider() {
            return "silent";
          }

          @Override
          public CallHandle start(LlmRequest request, CallListener listener) {
            return () -> {};
          }

          @Override
          public void close() {}
        };
    LlmCall made =
        new LlmCall(
            silent,
            LlmRequest.ofPrompt("hello"),
            1,
            new CallLimits(HOUR, HOUR, HOUR, HOUR),
            RetryPolicy.NONE,
            (nanos, task) -> () -> {},
            now::get,
            result -> {});
    made.start();
    return made;
  }

  private boolean foundAfter(long nanos, long recorded) {
    return ends.foundNow(List.of(call), recorded, now.addAndGet(nanos));
  }

  @Test
  void aCallThatGoesOnForLongIsNotStuck() {
    assertThat(foundAfter(0, 5)).isFalse();
    assertThat(foundAfter(2 * StuckEnds.PATIENCE_NANOS, 5)).isFalse();
  }

  @Test
  void endsAreStuckWhenNoneIsRecordedForTooLong() {
    call.abandon();
    assertThat(foundAfter(0, 5)).isFalse();
    assertThat(foundAfter(StuckEnds.PATIENCE_NANOS - 1, 5)).isFalse();
    assertThat(foundAfter(1, 5)).isTrue();
    assertThat(foundAfter(1, 5)).as("told once").isFalse();
  }

  @Test
  void aSlowQueueIsNotStuck() {
    call.abandon();
    for (int recorded = 0; recorded < 10; recorded++) {
      assertThat(foundAfter(StuckEnds.PATIENCE_NANOS - 1, recorded)).isFalse();
    }
  }
}
