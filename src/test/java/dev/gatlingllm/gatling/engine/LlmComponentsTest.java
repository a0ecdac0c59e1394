package dev.gatlingllm.gatling.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.call.CallLimits;
import dev.gatlingllm.hook.Hook;
import dev.gatlingllm.record.RunInfo;
import io.gatling.core.session.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LlmComponentsTest {

  @TempDir private Path folder;

  private Stage stage(String... settings) {
    return Stage.of(Stage.settings(folder, settings), PlayedService.silent());
  }

  @Test
  void aSimulationThatForgetsTheProtocolIsToldSo() {
    assertThatThrownBy(() -> LlmComponents.KEY.defaultProtocolValue(GatlingDefaults.use()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the simulation uses llm(…) without .protocols(llm) in its setUp");
    assertThat(LlmComponents.KEY.protocolClass()).isEqualTo(LlmProtocol.class);
  }

  @Test
  void theLimitsOfACallAreThoseOfTheSettings() {
    try (Stage stage =
        stage(
            "llm.timeout.connect=1 s",
            "llm.timeout.firstToken=2 s",
            "llm.timeout.stall=3 s",
            "llm.timeout.total=4 s",
            "llm.record.answerChars=5")) {
      assertThat(stage.components.limits())
          .isEqualTo(
              new CallLimits(1_000_000_000, 2_000_000_000, 3_000_000_000L, 4_000_000_000L, 5));
    }
  }

  @Test
  void hooksLearnOfTheRunBeforeAnyCall() {
    List<String> told = new ArrayList<>();
    Hook hook =
        new Hook() {
          @Override
          public void beforeRun(RunInfo run, Path runFolder) {
            told.add(run.simulation() + " in " + runFolder.getParent());
          }
        };
    try (Stage stage = Stage.of(Stage.settings(folder), PlayedService.silent(), hook)) {
      assertThat(told).containsExactly("example.Played in " + folder);
      assertThat(stage.service.requests()).isEmpty();
    }
  }

  @Test
  void aSessionIsLeftAsItIsWhenAUserStarts() {
    try (Stage stage = stage()) {
      Session user = stage.user();
      assertThat(stage.components.onStart().apply(user)).isSameAs(user);
    }
  }
}
