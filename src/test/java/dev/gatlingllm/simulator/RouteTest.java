package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RouteTest {

  @Test
  void azureNamesItsDeploymentInThePath() {
    assertThat(Route.of("/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21"))
        .hasValue(new Route(Api.AZURE_OPENAI, Operation.CHAT, "gpt-4o", false));
  }

  @Test
  void azureNeedsAnApiVersion() {
    assertThat(Route.of("/openai/deployments/gpt-4o/chat/completions")).isEmpty();
  }

  @Test
  void openAiIsFoundAtEveryUsualPath() {
    for (String path :
        new String[] {"/chat/completions", "/v1/chat/completions", "/openai/v1/chat/completions"}) {
      assertThat(Route.of(path)).hasValue(new Route(Api.OPENAI, Operation.CHAT, "", false));
    }
  }

  @Test
  void bedrockEncodesTheModelIdInThePath() {
    assertThat(Route.of("/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse-stream"))
        .hasValue(
            new Route(
                Api.BEDROCK, Operation.CONVERSE, "anthropic.claude-3-haiku-20240307-v1:0", true));
    assertThat(Route.of("/model/arn%3Aaws%3Abedrock%2Fx%2By+z/converse"))
        .hasValue(new Route(Api.BEDROCK, Operation.CONVERSE, "arn:aws:bedrock/x+y+z", false));
  }

  @Test
  void responsesHavePathsOfTheirOwn() {
    assertThat(Route.of("/v1/responses"))
        .hasValue(new Route(Api.OPENAI, Operation.RESPONSES, "", false));
    assertThat(Route.of("/openai/v1/responses"))
        .hasValue(new Route(Api.OPENAI, Operation.RESPONSES, "", false));
    assertThat(Route.of("/openai/responses?api-version=preview"))
        .hasValue(new Route(Api.AZURE_OPENAI, Operation.RESPONSES, "", false));
  }

  @Test
  void aModelIsInvokedWithAStreamOrWithout() {
    assertThat(Route.of("/model/m/invoke"))
        .hasValue(new Route(Api.BEDROCK, Operation.INVOKE, "m", false));
    assertThat(Route.of("/model/m/invoke-with-response-stream"))
        .hasValue(new Route(Api.BEDROCK, Operation.INVOKE, "m", true));
  }

  @Test
  void modelsAreListedAtEveryUsualPath() {
    assertThat(Route.listsModels("/v1/models")).isTrue();
    assertThat(Route.listsModels("/openai/v1/models")).isTrue();
    assertThat(Route.listsModels("/v1/models/x")).isFalse();
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
      assertThat(Route.of(path)).isEmpty();
    }
  }
}
