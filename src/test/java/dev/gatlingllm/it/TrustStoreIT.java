package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.config.SimulatorConfig;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.simulator.Simulator;
import dev.gatlingllm.timing.NanoClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK's options for a certificate that its own store does not vouch for. */
class TrustStoreIT {

  private static final String OPENAI =
      "llm.provider=openai llm.openai.baseUrl=%s/v1 llm.openai.model=m";
  private static final String ORCHESTRATOR =
      "llm.rag.url=%s llm.rag.users=1 llm.rag.delay=0s llm.rag.rampUp=0s llm.rag.duration=1s"
          + " llm.rag.p95=0s";

  @TempDir private Path folder;

  private GatlingProcess run(Simulator service, String target, List<String> more) {
    String simulation =
        target.startsWith("llm.rag") ? "rag.OrchestratorSimulation" : "rpm.ShapeProfileSimulation";
    List<String> settings =
        new ArrayList<>(List.of(target.replace("%s", service.uri().toString()).split(" ")));
    settings.addAll(
        List.of("llm.load.requests=2", "llm.warmUp.atMost=0s", "llm.calibration.duration=0s"));
    settings.addAll(more);
    return GatlingProcess.start(
        folder,
        Map.of(
            "AZURE_OPENAI_API_KEY", "any",
            "OPENAI_API_KEY", "any",
            "AWS_ACCESS_KEY_ID", "any",
            "AWS_SECRET_ACCESS_KEY", "any"),
        simulation,
        settings.toArray(String[]::new));
  }

  private static Simulator service() {
    return Simulator.start(SimulatorConfig.of("tls = true"), NanoClock.SYSTEM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // One for each transport: azure-openai has that of openai.
        OPENAI,
        "llm.provider=bedrock llm.bedrock.region=us-east-1 llm.bedrock.endpoint=%s"
            + " llm.bedrock.modelId=m",
        ORCHESTRATOR
      })
  void aCertificateInTheTrustStoreOfTheJdkIsTrusted(String target) throws Exception {
    try (Simulator service = service()) {
      GatlingProcess gatling =
          run(service, target, TrustStore.of(service.certificate().orElseThrow(), folder));

      assertThat(gatling.exitCode()).as(gatling.console()).isZero();
      assertThat(gatling.calls())
          .as(gatling.console())
          .isNotEmpty()
          .allMatch(call -> call.outcome() == Outcome.SUCCEEDED);
    }
  }

  @Test
  void anyOtherIsNot() throws Exception {
    try (Simulator service = service()) {
      GatlingProcess gatling = run(service, ORCHESTRATOR, List.of());

      int unused = gatling.exitCode();
      assertThat(gatling.calls())
          .as(gatling.console())
          .isNotEmpty()
          .allMatch(call -> call.outcome() == Outcome.UNREACHABLE)
          .allMatch(call -> call.errorDetail().contains("unable to find valid certification path"));
    }
  }
}
