package dev.gatlingllm.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchmarkParametersTest {

  private static final String FILE =
      """
      #!/bin/bash
      export OPENAI_API_KEY=0123456789abcdef
      export AOAI_ENDPOINT="https://name.openai.azure.com/"
      export AOAI_DEPLOYMENT='gpt-35'   # of the lab
      export TEST_NAME=paygo-gpt35-eastus-4RPM
      export ERROR_FILE=error.err

      export CONTEXT_TOKENS=4500
      export MAX_TOKENS=500
      export RETRY=exponential
      RATE=4
      DURATION=180
      """;

  @TempDir private Path folder;

  private LlmConfig read(String text, String... more) throws IOException {
    Path file = folder.resolve("benchmark.parameters");
    Files.writeString(file, text);
    Properties properties = new Properties();
    properties.setProperty("llm.benchmarkParameters", file.toString());
    for (int i = 0; i < more.length; i += 2) {
      properties.setProperty(more[i], more[i + 1]);
    }
    return LlmConfig.read(properties);
  }

  @Test
  void theLabsFileIsReadUnchanged() throws IOException {
    LlmConfig config = read(FILE);
    assertThat(config.provider().wire()).isEqualTo("azure-openai");
    assertThat(config.effective())
        .containsEntry("llm.azure.endpoint", "https://name.openai.azure.com/")
        .containsEntry("llm.azure.deployment", "gpt-35");
    assertThat(config.description()).isEqualTo("paygo-gpt35-eastus-4RPM");
    assertThat(config.profile().shape()).isEqualTo("custom");
    assertThat(config.profile().contextTokens()).hasValue(4500);
    assertThat(config.profile().maxTokens()).hasValue(500);
    assertThat(config.load().rpm()).hasValue(4);
    assertThat(config.load().duration()).hasValue(Duration.ofMinutes(3));
    assertThat(config.retry().header()).isTrue();
    assertThat(config.retry().backoff()).isTrue();
  }

  @Test
  void theKeyIsLookedForInTheVariableOfTheFileAndNotReadFromIt() throws IOException {
    LlmConfig config = read(FILE);
    assertThat(config.effective()).containsEntry("llm.azure.keyVariable", "OPENAI_API_KEY");
    assertThat(config.effective().values()).noneMatch(value -> value.contains("0123456789"));
  }

  @Test
  void aSettingOnTheCommandLineWins() throws IOException {
    LlmConfig config = read(FILE, "llm.provider", "simulator", "llm.load.rpm", "50");
    assertThat(config.provider().simulated()).isTrue();
    assertThat(config.load().rpm()).hasValue(50);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "export RATES=4| line 1: unknown variable RATES; known are AOAI_DEPLOYMENT, AOAI_ENDPOINT,",
        "rm -rf x| line 1: must be NAME=VALUE, with or without export",
        "RETRY=sometimes|: RETRY must be none or exponential, was \"sometimes\"",
      })
  void whatItDoesNotKnowIsRefusedByName(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(folder.resolve("benchmark.parameters").toString())
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"paygo-4rpm, 4, 20000", "paygo-50rpm, 50, 200000"})
  void theLabsTwoRunsAreSettingsFiles(String name, double rpm, long quota) {
    Properties properties = new Properties();
    properties.setProperty("llm.conf", "simulations/settings/" + name + ".conf");
    LlmConfig config = LlmConfig.read(properties);
    assertThat(config.load().rpm()).hasValue(rpm);
    assertThat(config.load().duration()).hasValue(Duration.ofMinutes(3));
    assertThat(config.profile().contextTokens()).hasValue(4500);
    assertThat(config.profile().maxTokens()).hasValue(500);
    assertThat(config.simulator().settings().limits().tokensPerMinute()).hasValue(quota);
  }

  @Test
  void theExampleIsTriedWithoutAnAccount() {
    Properties properties = new Properties();
    properties.setProperty("llm.benchmarkParameters", "simulations/settings/benchmark.parameters");
    properties.setProperty("llm.provider", "simulator");
    LlmConfig config = LlmConfig.read(properties);
    assertThat(config.effective()).containsEntry("llm.provider", "simulator");
    assertThat(config.load().rpm()).hasValue(60);
    assertThat(config.load().duration()).hasValue(Duration.ofSeconds(30));
    assertThat(config.profile().maxTokens()).hasValue(100);
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    Properties properties = new Properties();
    properties.setProperty("llm.benchmarkParameters", "no-such-file");
    assertThatThrownBy(() -> LlmConfig.read(properties))
        .hasMessage("llm.benchmarkParameters cannot be read: no-such-file (NoSuchFileException)");
  }
}
