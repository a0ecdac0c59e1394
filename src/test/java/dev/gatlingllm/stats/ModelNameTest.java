package dev.gatlingllm.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelNameTest {

  @ParameterizedTest
  @CsvSource({
    "gpt-4o, gpt-4o",
    "gpt-4o, gpt-4o-2024-08-06",
    "gpt-4o-2024-08-06, gpt-4o",
    "claude-sonnet-4-5, claude-sonnet-4-5-20250929",
    "claude-3-5-sonnet-latest, claude-3-5-sonnet-20241022",
    "claude-sonnet-4-5, claude-sonnet-4-5@20250929",
    "gpt-3.5-turbo, gpt-3.5-turbo-0125",
    "gemini-1.5-pro, models/gemini-1.5-pro-002",
    "Llama-3.1-8B, meta-llama/llama-3.1-8b",
    "amazon.nova-lite, amazon.nova-lite-v1:0"
  })
  void aDateAVersionOrAPathMakesNoOtherModel(String asked, String served) {
    assertThat(ModelName.same(asked, served)).isTrue();
    assertThat(ModelName.same(served, asked)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-4o, gpt-4o-mini",
    "gpt-4o, gpt-4o-mini-2024-07-18",
    "gpt-4, gpt-4o-2024-08-06",
    "gpt-4, gpt-4-32k",
    "gpt-5, gpt-5-codex",
    "gpt-4o-2024-08-06, gpt-4o-2024-11-20",
    "model-router, gpt-5-mini-2025-08-07",
    "'', gpt-4o"
  })
  void anotherSizeKindOrDateIsAnotherModel(String asked, String served) {
    assertThat(ModelName.same(asked, served)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model-router",
        "openrouter/auto",
        "arn:aws:bedrock:us-east-1:1:default-prompt-router/anthropic.claude:1"
      })
  void whatChoosesAModelForEachCallIsNone(String name) {
    assertThat(ModelName.chooses(name)).isTrue();
    assertThat(ModelName.chooses("gpt-4o")).isFalse();
  }
}
