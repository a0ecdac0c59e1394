package dev.gatlingllm.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.call.CancelDraw;
import dev.gatlingllm.config.CancelConfig.OfAction;
import dev.gatlingllm.record.CancelPlan;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CancelConfigTest {

  private static CancelConfig config(Map<String, String> settings) {
    return GivenSettings.of(settings).cancel();
  }

  private static OfAction action(double share, Duration after) {
    return new OfAction(OptionalDouble.of(share), Optional.of(after), Optional.empty());
  }

  @Test
  void withoutSettingsNoCallIsCancelled() {
    assertThat(config(Map.of()).draw(OfAction.NONE, 1).of(0)).isEqualTo(CancelPlan.NONE);
  }

  @Test
  void whatCannotBeIsRefusedByName() {
    assertThatThrownBy(() -> config(Map.of("llm.cancel.share", "20", "llm.cancel.after", "2 s")))
        .hasMessage("llm.cancel.share must be a share from 0 to 1, was 20");
    assertThatThrownBy(() -> config(Map.of("llm.cancel.share", "0.2")))
        .hasMessage(
            "llm.cancel.after or llm.cancel.afterFirstToken must be a duration, such as 500 ms or"
                + " 2 s, where llm.cancel.share is 0.2, was not set");
    assertThatThrownBy(() -> config(Map.of("llm.cancel.afterFirstToken", "2 s")))
        .hasMessage(
            "llm.cancel.share must be a share from 0 to 1 where llm.cancel.afterFirstToken is set,"
                + " was not set");
    assertThatThrownBy(() -> config(Map.of("llm.cancel.share", "0.2", "llm.cancel.after", "soon")))
        .hasMessage(
            "llm.cancel.after must be a duration from 0 to 1 day, such as 500 ms or 2 s, was"
                + " \"soon\"");
    assertThatThrownBy(() -> config(Map.of("llm.cancel.delay", "uniform")))
        .hasMessage(
            "llm.cancel.delay must be one of constant, exponential, lognormal, was \"uniform\"");
    assertThatThrownBy(() -> config(Map.of("llm.cancel.sigma", "-1")))
        .hasMessage("llm.cancel.sigma must be a number from 0 to 10, was -1");
  }

  @Test
  void aShareOf0SwitchesCancellingOff() {
    CancelConfig off = config(Map.of("llm.cancel.share", "0", "llm.cancel.after", "2 s"));
    assertThat(off.draw(OfAction.NONE, 1).of(0)).isEqualTo(CancelPlan.NONE);
  }

  @Test
  void whatAnActionSaysTakesThePlaceOfTheSettings() {
    CancelConfig settings =
        config(Map.of("llm.cancel.share", "0.2", "llm.cancel.afterFirstToken", "1 s"));
    CancelDraw own = settings.draw(action(0.5, Duration.ofSeconds(3)), 1);
    assertThat(own.share()).isEqualTo(0.5);
    assertThat(own.after()).contains(Duration.ofSeconds(3));
    assertThat(own.afterFirstToken()).isEmpty();

    CancelDraw when =
        settings.draw(
            new OfAction(
                OptionalDouble.empty(), Optional.of(Duration.ofSeconds(3)), Optional.empty()),
            1);
    assertThat(when.share()).as("all, if the action only says when").isEqualTo(1);

    CancelDraw share =
        settings.draw(new OfAction(OptionalDouble.of(0.5), Optional.empty(), Optional.empty()), 1);
    assertThat(share.afterFirstToken()).contains(Duration.ofSeconds(1));
  }

  @Test
  void anActionThatCannotBeIsRefused() {
    assertThatThrownBy(() -> action(1.5, Duration.ZERO))
        .hasMessage("cancelShare must be a share from 0 to 1, was 1.5");
    assertThatThrownBy(() -> action(1, Duration.ofSeconds(-1)))
        .hasMessage("cancelAfter must be a duration from 0 to 1 day, was PT-1S");
    CancelConfig none = config(Map.of());
    OfAction noDelay = new OfAction(OptionalDouble.of(0.5), Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> none.draw(noDelay, 1))
        .hasMessage(
            "cancelShare(0.5) needs cancelAfter or cancelAfterFirstToken, llm.cancel.after or"
                + " llm.cancel.afterFirstToken");
  }
}
