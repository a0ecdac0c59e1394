package dev.gatlingllm.experiment.rag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import java.time.Duration;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RagConfigTest {

  @Test
  void withoutSettingsItIsTheLoadOfTheGptRagTest() {
    RagConfig.Users users = rag().users();
    assertThat(users.count()).isEqualTo(10);
    assertThat(users.delay()).isEqualTo(Duration.ofSeconds(10));
    assertThat(users.rampUp()).isEqualTo(Duration.ofSeconds(30));
    assertThat(users.duration()).isEqualTo(Duration.ofMinutes(6));
    assertThat(users.pause()).isEqualTo(Duration.ofSeconds(1));
    assertThat(users.pauseUpTo()).isEqualTo(Duration.ofSeconds(1));
    assertThat(rag().p95()).isEqualTo(Duration.ofSeconds(10));
    assertThat(rag().path()).isEqualTo("/api/orc");
    assertThat(rag().keyHeader()).isEqualTo("x-functions-key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sorry, I can't help with that.",
        "I'm sorry, something is wrong on our side",
        " I apologize for the inconvenience.",
        "Please accept our apologies.",
        "An error occurred while the question was answered",
        "Traceback (most recent call last):"
      })
  void anApologyOrAnErrorTextIsRefused(String answer) {
    Pattern refused = rag().refused().orElseThrow();
    assertThat(refused.matcher(answer).find()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The form asks you to say sorry to nobody.",
        "If an error message comes, call the desk.",
        "Apology letters are on page 3."
      })
  void anAnswerThatMerelySpeaksOfSuchThingsIsNot(String answer) {
    Pattern refused = rag().refused().orElseThrow();
    assertThat(refused.matcher(answer).find()).isFalse();
  }

  @Test
  void aRunIsCutFromNinetyPercentOnUnlessTheSettingsSayOtherwise() {
    assertThat(read().stop().failures()).isEmpty();
    LlmConfig rag = read().stoppingFrom(90);
    assertThat(rag.stop().failures()).hasValue(90);
    assertThat(rag.stop().window()).isEqualTo(Duration.ofSeconds(60));
    assertThat(rag.effective()).containsEntry("llm.stop.failures", "90.0");
    assertThat(read("llm.stop.failures", "none").stoppingFrom(90).stop().failures()).isEmpty();
    assertThat(read("llm.stop.failures", "50").stoppingFrom(90).stop().failures()).hasValue(50);
    assertThat(read("llm.stop.failures", "50").stop().failures()).hasValue(50);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "llm.rag.path|api/orc|llm.rag.path must be a path that begins with /, was \"api/orc\"",
        "llm.rag.answer|xml|llm.rag.answer must be one of json, sse, text, was \"xml\"",
        "llm.rag.refused|(|llm.rag.refused must be a regular expression, was \"(\": Unclosed group"
            + " near index 1",
        "llm.rag.duration|30 s|llm.rag.duration must be longer than llm.rag.delay and"
            + " llm.rag.rampUp together, was \"30 s\"",
        "llm.rag.turns|0|llm.rag.turns must be a whole number of at least 1, was 0",
        "llm.stop.failures|0|llm.stop.failures must be auto, none, or a percentage above 0 and up"
            + " to 100, was 0",
        "llm.stop.failures|many|llm.stop.failures must be auto, none, or a percentage above 0 and"
            + " up to 100, was \"many\"",
        "llm.serverMetrics.zone|Mars|llm.serverMetrics.zone must be a time zone such as UTC, +02:00"
            + " or Europe/Berlin, was \"Mars\""
      })
  void anImpossibleValueIsRefusedWithKeyValueAndWhatIsAccepted(
      String key, String value, String message) {
    assertThatThrownBy(() -> rag(key, value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(message);
  }

  private static RagConfig rag(String... keysAndValues) {
    return read(keysAndValues).section(RagConfig::read);
  }

  private static LlmConfig read(String... keysAndValues) {
    Properties properties = new Properties();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      properties.setProperty(keysAndValues[i], keysAndValues[i + 1]);
    }
    return LlmConfig.read(properties);
  }
}
