package dev.gatlingllm.experiment.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.input.InputException;
import dev.gatlingllm.input.InputLines;
import dev.gatlingllm.provider.CachePoint;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BedrockScenarioFileTest {

  private static final String REQUIRED =
      "'text_prompt':'Why?','task_type':'t','model_id':'m','region':'r'";

  @Test
  void exampleFileHoldsThreeScenarios() {
    BedrockScenarioFile file =
        BedrockScenarioFile.read(Path.of("feeders", "bedrock-scenarios.jsonl"));

    assertThat(file.warnings()).isEmpty();
    assertThat(file.scenarios())
        .extracting(BedrockScenario::modelId)
        .containsExactly(
            "us.meta.llama3-1-70b-instruct-v1:0",
            "us.anthropic.claude-3-5-haiku-20241022-v1:0",
            "us.anthropic.claude-3-5-haiku-20241022-v1:0");
    assertThat(file.scenarios())
        .extracting(BedrockScenario::latencyMode)
        .containsExactly("optimized", "optimized", "standard");
    assertThat(file.scenarios().get(0))
        .isEqualTo(
            new BedrockScenario(
                "Summarize the key features of cloud computing in one sentence.",
                50,
                "Text-Generation",
                "us.meta.llama3-1-70b-instruct-v1:0",
                "us-east-2",
                "optimized",
                "",
                CachePoint.NONE,
                Map.of()));
  }

  @Test
  void outputTokensDefaultToAHundred() {
    assertThat(read("{" + REQUIRED + "}").expectedOutputTokens()).isEqualTo(100);
  }

  @Test
  void absentLatencyModeIsNotSentAndLabelledNone() {
    BedrockScenario scenario = read("{" + REQUIRED + "}");

    assertThat(scenario.request().latencyMode()).isEmpty();
    assertThat(scenario.labels())
        .isEqualTo(
            Map.of(
                "model", "m",
                "region", "r",
                "task", "t",
                "expectedTokens", "100",
                "latency", "none",
                "caching", "none"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"inference_profile", "performance_config"})
  void bothNamesOfTheLatencyModeAreKnown(String field) {
    BedrockScenario scenario = read("{" + REQUIRED + ",'" + field + "':'standard'}");

    assertThat(scenario.latencyMode()).isEqualTo("standard");
    assertThat(scenario.labels()).containsEntry("latency", "standard");
  }

  @Test
  void scenarioBecomesAStreamingRequest() {
    LlmRequest request =
        read("{" + REQUIRED + ",'expected_output_tokens':7,'inference_profile':'optimized'}")
            .request();

    assertThat(request.model()).isEqualTo("m");
    assertThat(request.region()).isEqualTo("r");
    assertThat(request.latencyMode()).isEqualTo("optimized");
    assertThat(request.messages()).containsExactly(Message.user("Why?"));
    assertThat(request.maxTokens()).hasValue(7);
    assertThat(request.streaming()).isTrue();
  }

  @Test
  void byteOrderMarkBlankLinesAndForeignLineEndsAreTolerated() {
    String text = "\uFEFF\r\n{" + REQUIRED + "}\r\n  \n\n{" + REQUIRED + "}\n\n";

    assertThat(readAll(text).scenarios()).hasSize(2);
  }

  @Test
  void unknownFieldsCanBeLabelsAndAreReportedOnce() {
    String line = "{" + REQUIRED + ",'temperature':1}\n";
    BedrockScenarioFile file = readAll(line + line + "{" + REQUIRED + ",'description':'short'}");

    assertThat(file.warnings())
        .containsExactly(
            "x.jsonl: unknown field description on 1 of 3 lines: a label if llm.scenarios.labels"
                + " names it",
            "x.jsonl: unknown field temperature on 2 of 3 lines: a label if llm.scenarios.labels"
                + " names it");
    assertThat(file.scenarios().get(2).labels()).containsEntry("description", "short");
  }

  @Test
  void aCachedContextIsASystemPromptThatEndsWithACachePoint() {
    LlmRequest request =
        read("{" + REQUIRED + ",'cached_context':'Long.','prompt_caching':true,'cache_ttl':'1h'}")
            .request();

    assertThat(request.messages())
        .containsExactly(Message.system("Long.").with(CachePoint.ONE_HOUR), Message.user("Why?"));
  }

  @Test
  void withoutAContextThePromptItselfIsCachedAndWithoutCachingNothingIs() {
    assertThat(read("{" + REQUIRED + ",'prompt_caching':true}").request().messages())
        .containsExactly(Message.user("Why?").with(CachePoint.DEFAULT));
    assertThat(
            read("{" + REQUIRED + ",'cached_context':'Long.','prompt_caching':false}")
                .request()
                .messages())
        .containsExactly(Message.system("Long."), Message.user("Why?"));
  }

  @Test
  void listsOfModelsAndRegionsTakeThePlaceOfTheLinesOwn() {
    BedrockPlaces places = new BedrockPlaces(List.of("a", "b"), List.of("x", "y"));
    assertThat(on(places, "{" + REQUIRED + "}")).containsExactly("ax", "ay", "bx", "by");
    assertThat(on(BedrockPlaces.OF_LINES, "{" + REQUIRED + "}")).containsExactly("mr");
  }

  @Test
  void olderLinesNeedNoModelOrRegionWhereTheSettingsNameThem() {
    String old = "{'text_prompt':'Why?','task':{'task_type':'t','task_criteria':'c'}}";
    assertThat(on(new BedrockPlaces(List.of("a"), List.of("x", "y")), old))
        .containsExactly("ax", "ay");
    assertThatThrownBy(() -> on(new BedrockPlaces(List.of("a"), List.of()), old))
        .hasMessage(
            "x.jsonl line 1: region must be a text that is not blank, unless llm.scenarios.regions"
                + " is set, was absent");
  }

  private static List<String> on(BedrockPlaces places, String line) {
    return BedrockScenarioFile.read(
            new InputLines(new StringReader(line.replace('\'', '"')), "x.jsonl"), places)
        .scenarios()
        .stream()
        .map(scenario -> scenario.modelId() + scenario.region())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "model_id | 17 | must be a text that is not blank, was 17",
        "region | '  ' | must be a text that is not blank, was \"  \"",
        "task_type | null | must be a text that is not blank, was null",
        "expected_output_tokens | 'many' | must be an integer >= 1, was \"many\"",
        "expected_output_tokens | 0 | must be an integer >= 1, was 0",
        "expected_output_tokens | 1.5 | must be an integer >= 1, was 1.5",
        "expected_output_tokens | 9999999999 | must be an integer >= 1, was 9999999999",
        "expected_output_tokens | null | must be an integer >= 1, was null",
        "inference_profile | 'fast' | must be standard or optimized, or absent, was \"fast\"",
        "performance_config | {'latency':1} | must be standard or optimized, or absent, was object",
        "text_prompt | [1] | must be a text that is not blank, was array"
      })
  void wrongValueIsRefusedWithFileLineFieldAndValue(String field, String value, String message) {
    String fields = REQUIRED.replaceAll(",?'" + field + "':'[^']*'", "");
    String line = ("{" + fields + ",'" + field + "':" + value + "}").replace("{,", "{");

    assertThatThrownBy(() -> readAll("\n{" + REQUIRED + "}\n" + line))
        .isInstanceOf(InputException.class)
        .hasMessage("x.jsonl line 3: " + field + " " + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text_prompt", "task_type", "model_id", "region"})
  void absentFieldIsRefused(String field) {
    String line = "{" + REQUIRED.replace(field, "other") + "}";

    assertThatThrownBy(() -> readAll(line))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("x.jsonl line 1: " + field + " must be a text that is not blank")
        .hasMessageEndingWith(", was absent");
  }

  @Test
  void contradictingLatencyModesAreRefused() {
    String modes = ",'inference_profile':'standard','performance_config':'optimized'";

    assertThatThrownBy(() -> readAll("{" + REQUIRED + modes + "}"))
        .hasMessage(
            "x.jsonl line 1: performance_config must be absent or the same as inference_profile,"
                + " was optimized");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'text_prompt':'top secret' oops} | malformed at column 29",
        "{'region':'top secret','region':'b'} | malformed at column 32",
        "{'text_prompt':'top secret | malformed at column 27",
        "{} {} | malformed at column 4"
      })
  void malformedLineIsRefusedWithoutQuotingIt(String line, String problem) {
    assertThatThrownBy(() -> readAll(line))
        .isInstanceOf(InputException.class)
        .hasNoCause()
        .hasMessage(
            "x.jsonl line 1: line must be a JSON object with each field once, was " + problem);
  }

  @Test
  void aLineMayBeLongerThanJsonParsersTakeByDefault() {
    String line = "{" + REQUIRED + ",'note':'" + "x".repeat(21_000_000) + "'}";
    assertThat(read(line).expectedOutputTokens()).isEqualTo(100);
  }

  @Test
  void lineThatIsNoObjectIsRefused() {
    assertThatThrownBy(() -> readAll("['top secret']"))
        .hasMessage("x.jsonl line 1: line must be a JSON object, was array");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "\uFEFF"})
  void fileWithoutScenariosIsRefused(String text) {
    assertThatThrownBy(() -> readAll(text))
        .isInstanceOf(InputException.class)
        .hasMessage("x.jsonl: must hold at least one scenario, was empty");
  }

  @Test
  void absentFileIsRefusedWithItsName() {
    assertThatThrownBy(() -> BedrockScenarioFile.read(Path.of("feeders", "none.jsonl")))
        .isInstanceOf(InputException.class)
        .hasMessage(Path.of("feeders", "none.jsonl") + ": no such file");
  }

  @Test
  void fileInAnotherEncodingIsRefused(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("latin1.jsonl"), new byte[] {'{', (byte) 0xE9, '}'});

    assertThatThrownBy(() -> BedrockScenarioFile.read(file))
        .isInstanceOf(InputException.class)
        .hasMessage(
            file
                + " near line 1: must be text in UTF-8 or UTF-16, or such text in gzip, holds other bytes");
  }

  @Test
  void scenarioDoesNotPrintItsPrompt() {
    assertThat(read("{" + REQUIRED + "}")).hasToString("BedrockScenario[m, r, none]");
  }

  private static BedrockScenario read(String line) {
    return readAll(line).scenarios().get(0);
  }

  private static BedrockScenarioFile readAll(String text) {
    return BedrockScenarioFile.read(
        new InputLines(new StringReader(text.replace('\'', '"')), "x.jsonl"));
  }
}
