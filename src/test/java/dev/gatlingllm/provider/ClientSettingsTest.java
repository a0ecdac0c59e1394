package dev.gatlingllm.provider;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.timing.NanoClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClientSettingsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private static ClientSettings named(String userAgent) {
    return new ClientSettings(SECOND, 1, userAgent, NanoClock.SYSTEM);
  }

  @Test
  void nameTheSettingThatIsWrong() {
    assertThatThrownBy(() -> ClientSettings.of(Duration.ZERO, 1, NanoClock.SYSTEM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("llm.timeout.connect must be from 1 ms to 2147483647 ms, was PT0S");
    assertThatThrownBy(() -> ClientSettings.of(Duration.ofDays(30), 1, NanoClock.SYSTEM))
        .hasMessage("llm.timeout.connect must be from 1 ms to 2147483647 ms, was PT720H");
    assertThatThrownBy(() -> ClientSettings.of(SECOND, 0, NanoClock.SYSTEM))
        .hasMessage("llm.maxConnections must be >= 1, was 0");
  }

  @Test
  void refuseANameThatNoHeaderCanCarry() {
    String accepted = "llm.userAgent must be 1 to 24 letters, digits, dots, dashes and underscores";

    assertThatThrownBy(() -> named("two words")).hasMessage(accepted + ", was \"two words\"");
    assertThatThrownBy(() -> named("")).hasMessage(accepted + ", was \"\"");
    assertThatThrownBy(() -> named("a".repeat(25))).hasMessageStartingWith(accepted);
  }
}
