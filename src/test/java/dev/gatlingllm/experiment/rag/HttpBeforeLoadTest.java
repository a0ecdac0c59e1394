package dev.gatlingllm.experiment.rag;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.gatling.engine.Preparation;
import dev.gatlingllm.gatling.engine.RealLoop;
import dev.gatlingllm.gatling.engine.Stage;
import dev.gatlingllm.target.SimulatedTarget;
import dev.gatlingllm.timing.NanoClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpBeforeLoadTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private Preparation.Prepared prepare(Optional<SimulatedTarget> target, String... settings) {
    LlmConfig config = Stage.settings(Path.of("unused"), settings);
    try (RealLoop loop = new RealLoop()) {
      return new HttpBeforeLoad(
              config,
              config.section(RagConfig::read),
              target,
              NanoClock.SYSTEM,
              new PrintStream(printed, true, UTF_8))
          .prepare(loop.engine());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "sse", "text"})
  void questionsOfEveryFormWarmTheWayUp(String form) {
    String id = form.equals("text") ? "(\\S+) " : "conversation_id";
    Preparation.Prepared prepared =
        prepare(
            Optional.empty(),
            "llm.warmUp.atMost=1 ms",
            "llm.rag.answer=" + form,
            "llm.rag.conversationId=" + id);

    assertThat(prepared.warmUp().orElseThrow().calls()).isPositive();
    assertThat(printed.toString(UTF_8))
        .startsWith("[llm] warmed up with ")
        .contains(" questions to a simulated orchestrator in ");
    assertThat(prepared.measurementError().get()).isEmpty();
  }

  @Test
  void withoutAWarmUpNothingIsSent() {
    assertThat(prepare(Optional.empty(), "llm.warmUp.atMost=0 s").warmUp()).isEmpty();
    assertThat(printed.toString(UTF_8)).isEmpty();
  }

  @Test
  void callsToASimulatedTargetAreComparedUnlessNobodyAsks() {
    LlmConfig config = Stage.settings(Path.of("unused"));
    try (SimulatedTarget target = SimulatedTarget.startOrchestrator(config, "key")) {
      Preparation.Prepared silent =
          prepare(Optional.of(target), "llm.warmUp.atMost=0 s", "llm.calibration.duration=0 s");
      Preparation.Prepared comparing =
          prepare(Optional.of(target), "llm.warmUp.atMost=0 s", "llm.calibration.duration=1 s");

      assertThat(comparing.witness()).isNotSameAs(silent.witness());
      assertThat(comparing.measurementError().get()).isEmpty();
    }
  }
}
