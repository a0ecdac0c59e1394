package dev.gatlingllm.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class WireApisTest {

  private record Found(
      Class<? extends WireApi> api,
      Class<? extends SimulatedService> service,
      String model,
      boolean streaming) {}

  private static Optional<Found> found(String target) {
    return WireApis.address(target, "")
        .map(
            address ->
                new Found(
                    address.api().getClass(),
                    address.service().getClass(),
                    address.model(),
                    address.streaming()));
  }

  @Test
  void azureNamesItsDeploymentInThePath() {
    assertThat(found("/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21"))
        .hasValue(new Found(ChatCompletionsApi.class, Azure.class, "gpt-4o", false));
  }

  @Test
  void azureNeedsAnApiVersion() {
    assertThat(found("/openai/deployments/gpt-4o/chat/completions")).isEmpty();
  }

  @Test
  void openAiIsFoundAtEveryUsualPath() {
    for (String path :
        new String[] {"/chat/completions", "/v1/chat/completions", "/openai/v1/chat/completions"}) {
      assertThat(found(path))
          .hasValue(new Found(ChatCompletionsApi.class, OpenAi.class, "", false));
    }
  }

  @Test
  void bedrockEncodesTheModelIdInThePath() {
    assertThat(found("/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse-stream"))
        .hasValue(
            new Found(
                ConverseApi.class, Bedrock.class, "anthropic.claude-3-haiku-20240307-v1:0", true));
    assertThat(found("/model/arn%3Aaws%3Abedrock%2Fx%2By+z/converse"))
        .hasValue(new Found(ConverseApi.class, Bedrock.class, "arn:aws:bedrock/x+y+z", false));
  }

  @Test
  void responsesHavePathsOfTheirOwn() {
    assertThat(found("/v1/responses"))
        .hasValue(new Found(ResponsesApi.class, OpenAi.class, "", false));
    assertThat(found("/openai/v1/responses"))
        .hasValue(new Found(ResponsesApi.class, OpenAi.class, "", false));
    assertThat(found("/openai/responses?api-version=preview"))
        .hasValue(new Found(ResponsesApi.class, Azure.class, "", false));
  }

  @Test
  void aModelIsInvokedWithAStreamOrWithout() {
    assertThat(found("/model/m/invoke"))
        .hasValue(new Found(InvokeModelApi.class, Bedrock.class, "m", false));
    assertThat(found("/model/m/invoke-with-response-stream"))
        .hasValue(new Found(InvokeModelApi.class, Bedrock.class, "m", true));
  }

  @Test
  void theOrchestratorStreamsAsTheAcceptHeaderSays() {
    assertThat(WireApis.address("/api/orc", "text/plain"))
        .hasValue(new Address(new OrchestratorApi(true), Azure.ORCHESTRATOR, "orchestrator", true));
    assertThat(WireApis.address("/api/orc", "text/event-stream"))
        .hasValue(
            new Address(new OrchestratorApi(false), Azure.ORCHESTRATOR, "orchestrator", true));
    assertThat(WireApis.address("/api/orc", "application/json"))
        .hasValue(
            new Address(new OrchestratorApi(false), Azure.ORCHESTRATOR, "orchestrator", false));
  }

  @Test
  void modelsAreListedAtEveryUsualPath() {
    assertThat(WireApis.listsModels("/v1/models")).isTrue();
    assertThat(WireApis.listsModels("/openai/v1/models")).isTrue();
    assertThat(WireApis.listsModels("/v1/models/x")).isFalse();
  }

  @Test
  void nothingElseIsKnown() {
    for (String path :
        new String[] {
          "/",
          "/v1/completions",
          "/model/x/complete",
          "/openai/responses",
          "/openai/chat/completions"
        }) {
      assertThat(found(path)).isEmpty();
    }
  }
}
