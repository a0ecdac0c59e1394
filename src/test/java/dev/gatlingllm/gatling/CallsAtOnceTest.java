package dev.gatlingllm.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.target.ProviderClients;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallsAtOnceTest {

  @AfterEach
  void forget() {
    System.getProperties().keySet().removeIf(key -> key.toString().startsWith("llm."));
  }

  private static CallsAtOnce of(String... settings) {
    return of(Optional.empty(), settings);
  }

  private static CallsAtOnce of(Optional<ExpectedLoad> planned, String... settings) {
    for (String setting : settings) {
      String[] pair = setting.split("=", 2);
      System.setProperty(pair[0], pair[1]);
    }
    LlmConfig config = LlmConfig.read();
    return CallsAtOnce.of(config, planned, ProviderClients.of(config).callsPerConnection());
  }

  private static Optional<ExpectedLoad> clients(int count) {
    return Optional.of(
        new ExpectedLoad(
            "x", new ExpectedLoad.Closed(count), () -> LlmRequest.ofPrompt("never sent")));
  }

  @Test
  void theClientsOfAClosedLoadAreCertain() {
    CallsAtOnce load = of("llm.load.clients=300", "llm.provider=simulator");

    assertThat(load.certain()).isEqualTo(new CallsAtOnce.Need(300, 2));
  }

  @Test
  void thePlannedClientsCountAndNotThoseOfTheSettings() {
    assertThat(of(clients(64), "llm.provider=simulator").certain().calls()).isEqualTo(64);
  }

  @Test
  void anOpenLoadIsCertainOfNothingAndLikelyThatOfAMinute() {
    CallsAtOnce load = of("llm.load.rpm=600", "llm.provider=simulator");

    assertThat(load.certain().calls()).isZero();
    assertThat(load.likely().calls()).isEqualTo(600);
  }

  @Test
  void noMoreThanConnectionsAndRequestsAllow() {
    assertThat(of("llm.load.clients=300", "llm.maxConnections=20").certain().calls()).isEqualTo(20);
    assertThat(of("llm.load.clients=300", "llm.load.requests=7").certain().calls()).isEqualTo(7);
  }

  @Test
  void streamsOfHttp2ShareTheirConnections() {
    assertThat(of("llm.load.clients=300", "llm.simulator.wire=bedrock").certain().calls())
        .isEqualTo(3);
  }

  @Test
  void aServiceElsewhereTakesOneDescriptorAndTheCalibrationRunAnother() {
    CallsAtOnce load =
        of(
            "llm.load.clients=300",
            "llm.provider=openai",
            "llm.openai.baseUrl=http://127.0.0.1:1/v1");

    assertThat(load.certain()).isEqualTo(new CallsAtOnce.Need(300, 1));
    assertThat(load.likely()).isEqualTo(new CallsAtOnce.Need(300, 2));
  }
}
