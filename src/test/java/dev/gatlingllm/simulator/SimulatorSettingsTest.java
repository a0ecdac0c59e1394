package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SimulatorSettingsTest {

  @Test
  void theDefaultsAreThoseThatAreDocumented() {
    SimulatorSettings defaults = SimulatorSettings.defaults();

    assertThat(defaults.latency())
        .isEqualTo(
            new LatencySettings(
                Duration.ofMillis(200), 0.05, 150, 3, Jitter.uniform(0.1), Jitter.uniform(0.1)));
    assertThat(defaults.answer())
        .isEqualTo(new AnswerSettings(OptionalInt.empty(), 256, 0, true, 0));
    assertThat(defaults.limits().capacity()).isEqualTo(10);
    assertThat(defaults.limits().queueLimit()).isEmpty();
    assertThat(defaults.limits().requestsPerMinute()).isEmpty();
    assertThat(defaults.limits().tokensPerMinute()).isEmpty();
    assertThat(defaults.faults().rates()).isEmpty();
    assertThat(defaults.server().bind()).isEqualTo("127.0.0.1");
    assertThat(defaults.server().region()).isEqualTo("simulated");
    assertThat(defaults.server().recordedCalls()).isEqualTo(10_000);
    assertThat(defaults.seed()).isEqualTo(1);
  }

  @Test
  void aValueOutOfItsRangeIsNamedWithItsRange() {
    refused(Settings.exact().capacity(0), "capacity must be >= 1, was 0");
    refused(Settings.exact().tokensPerSecond(0), "tokensPerSecond must be > 0 and finite, was 0.0");
    refused(Settings.exact().tokensPerChunk(0), "tokensPerChunk must be between 1 and 1000, was 0");
    refused(Settings.exact().queueLimit(-1), "queueLimit must be >= 0, was -1");
    refused(
        Settings.exact().cachedFraction(1.5),
        "cachedFraction must be between 0.0 and 1.0, was 1.5");
    refused(
        Settings.exact().requestsPerMinute(0),
        "requestsPerMinute must be between 1 and 100000000, was 0");
    refused(
        Settings.exact().fault(Fault.CUT, 2), "rate of cut must be between 0.0 and 1.0, was 2.0");
    refused(Settings.exact().port(70_000), "port must be between 0 and 65535, was 70000");
  }

  @Test
  void ratesOfFaultsThatAddUpToMoreThanOneAreRefused() {
    SettingsBuilder settings = Settings.exact().fault(Fault.CUT, 0.75).fault(Fault.THROTTLE, 0.5);

    assertThatThrownBy(settings::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("sum of all fault rates must be between 0.0 and 1.0")
        .hasMessageEndingWith("was 1.25");
  }

  @Test
  void theKeyIsNotInTheText() {
    assertThat(Settings.exact().apiKey("very-secret").build().toString())
        .contains("apiKey=set")
        .doesNotContain("very-secret");
  }

  private static void refused(SettingsBuilder settings, String message) {
    assertThatThrownBy(settings::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
