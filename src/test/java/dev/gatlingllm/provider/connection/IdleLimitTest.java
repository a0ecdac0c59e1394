package dev.gatlingllm.provider.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdleLimitTest {

  private final IdleLimit limit = new IdleLimit(Duration.ofSeconds(4), () -> 0);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timeout=5 | 4000",
        "timeout=3 | 2000",
        "timeout=2, max=100 | 1000",
        "max=100, timeout=1 | 500",
        "TIMEOUT = 3 | 2000",
        "timeout=\"3\" | 2000",
        "timeout=0 | 0",
        "timeout=75 | 4000"
      })
  void aServersOwnTimeHoldsIfItIsShorterLessWhatIsOnTheWay(String keepAlive, long millis) {
    assertThat(limit.nanos(keepAlive)).isEqualTo(millis * 1_000_000);
  }

  @ParameterizedTest
  @CsvSource({"max=100", "timeout=soon", "notimeout=1", "''"})
  void aHeaderThatSaysNoTimeChangesNothing(String keepAlive) {
    assertThat(limit.nanos(keepAlive)).isEqualTo(4_000_000_000L);
  }

  @Test
  void withoutTheHeaderTheSettingHolds() {
    assertThat(limit.nanos(null)).isEqualTo(4_000_000_000L);
  }
}
