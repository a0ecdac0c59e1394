package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RouteTest {

  @Test
  void azureNamesItsDeploymentInThePath() {
    assertThat(Route.of("/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21"))
        .hasValue(new Route(Api.AZURE_OPENAI, "gpt-4o", false));
  }

  @Test
  void azureNeedsAnApiVersion() {
    assertThat(Route.of("/openai/deployments/gpt-4o/chat/completions")).isEmpty();
  }

  @Test
  void openAiIsFoundAtEveryUsualPath() {
    for (String path :
        new String[] {"/chat/completions", "/v1/chat/completions", "/openai/v1/chat/completions"}) {
      assertThat(Route.of(path)).hasValue(new Route(Api.OPENAI, "", false));
    }
  }

  @Test
  void bedrockEncodesTheModelIdInThePath() {
    assertThat(Route.of("/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse-stream"))
        .hasValue(new Route(Api.BEDROCK, "anthropic.claude-3-haiku-20240307-v1:0", true));
    assertThat(Route.of("/model/arn%3Aaws%3Abedrock%2Fx%2By+z/converse"))
        .hasValue(new Route(Api.BEDROCK, "arn:aws:bedrock/x+y+z", false));
  }

  @Test
  void nothingElseIsKnown() {
    for (String path :
        new String[] {"/", "/v1/completions", "/model/x/invoke", "/openai/chat/completions"}) {
      assertThat(Route.of(path)).isEmpty();
    }
  }
}
