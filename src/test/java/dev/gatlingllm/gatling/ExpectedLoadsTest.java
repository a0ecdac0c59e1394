package dev.gatlingllm.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.gatling.engine.Stage;
import dev.gatlingllm.prompt.ShapeProfile;
import dev.gatlingllm.size.CallSizes;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExpectedLoadsTest {

  private static ExpectedLoad of(String... settings) {
    LlmConfig config = Stage.settings(Path.of("unused"), settings);
    return ExpectedLoads.load(config, Prompts.of(config), ShapeProfile.custom(90, 16));
  }

  @Test
  void anOpenLoadIsPlannedAtItsRate() {
    ExpectedLoad load = of("llm.load.rpm=90.5", "llm.load.requests=3");
    assertThat(load.text()).isEqualTo("90.5 arrivals/min of 90/16 tokens");
    assertThat(((ExpectedLoad.Open) load.pace()).schedule().count()).hasValue(3);
  }

  @Test
  void aClosedLoadIsPlannedWithItsClients() {
    ExpectedLoad load = of("llm.load.clients=2");
    assertThat(load.text()).isEqualTo("2 clients with 90/16 tokens");
    assertThat(load.pace()).isEqualTo(new ExpectedLoad.Closed(2));
    assertThat(load.requests().get().maxTokens()).hasValue(16);
  }

  @Test
  void aLoadOfDrawnSizesSaysThemInWords() {
    LlmConfig config =
        Stage.settings(
            Path.of("unused"),
            "llm.load.rpm=60",
            "llm.profile.inputTokens=lognormal median 800 p95 4000");
    Prompts prompts = Prompts.of(config);
    CallSizes sizes = prompts.sizes(config);
    ExpectedLoad load = ExpectedLoads.load(config, prompts, sizes);
    assertThat(load.text())
        .isEqualTo(
            "60 arrivals/min of lognormal, median 800, p95 4,000 input tokens and 500 output"
                + " tokens");
    assertThat(load.sizes()).hasValue(sizes);
  }
}
