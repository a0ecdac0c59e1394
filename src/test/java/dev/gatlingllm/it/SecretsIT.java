package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.simulator.Fault;
import dev.gatlingllm.simulator.Simulator;
import dev.gatlingllm.simulator.SimulatorSettings;
import dev.gatlingllm.timing.NanoClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsIT {

  private static final String KEY = "sk-4bf1f0a7c2d94e6b";

  @TempDir private Path folder;

  @Test
  void theKeyTravelsToTheServiceAndReachesNoFileAndNoConsole() throws Exception {
    SimulatorSettings settings =
        SimulatorSettings.builder()
            .apiKey(KEY)
            .fault(Fault.REJECT, 0.3)
            .fault(Fault.CUT, 0.2)
            .build();
    try (Simulator service = Simulator.start(settings, NanoClock.SYSTEM)) {
      GatlingProcess gatling =
          GatlingProcess.start(
              folder,
              Map.of("AZURE_OPENAI_API_KEY", KEY),
              "rpm.ShapeProfileSimulation",
              "llm.provider=azure-openai",
              "llm.azure.endpoint=" + service.uri(),
              "llm.azure.deployment=gpt-4o",
              "llm.load.rpm=1200",
              "llm.load.duration=2s",
              "llm.profile.shape=custom",
              "llm.profile.contextTokens=50",
              "llm.profile.maxTokens=20",
              "llm.record.content=true");
      assertThat(gatling.exitCode()).as(gatling.console()).isZero();
      assertThat(gatling.calls()).anyMatch(call -> call.outcome() == Outcome.SUCCEEDED);
      assertThat(gatling.calls()).anyMatch(call -> call.outcome() == Outcome.REJECTED);
      assertThat(gatling.calls()).noneMatch(call -> call.service().status() == 401);
    }
    assertThat(filesThatHold(KEY)).isEmpty();
  }

  private List<Path> filesThatHold(String text) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(file -> holds(file, text)).toList();
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
