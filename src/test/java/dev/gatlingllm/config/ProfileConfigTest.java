package dev.gatlingllm.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatlingllm.size.SizePhrase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileConfigTest {

  private static List<ProfileConfig.Shape> shapes(String... settings) {
    Map<String, String> given = new HashMap<>();
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      given.put("llm.profile." + parts[0], parts[1]);
    }
    return GivenSettings.of(given).profile().shapes();
  }

  private static ProfileConfig.Shape fixed(
      String key, String name, double weight, int in, int out) {
    return new ProfileConfig.Shape(
        key, name, weight, SizePhrase.constant(in), Optional.of(SizePhrase.constant(out)));
  }

  @Test
  void aDistributionTakesThePlaceOfANumberOfTheShape() {
    assertThat(shapes())
        .containsExactly(fixed("llm.profile.contextTokens", "balanced", 1, 500, 500));
    assertThat(shapes("shape=context", "inputTokens=800"))
        .containsExactly(fixed("llm.profile.inputTokens", "context", 1, 800, 200));
    assertThat(shapes("shape=custom", "inputTokens=800", "maxTokens=9"))
        .containsExactly(fixed("llm.profile.inputTokens", "custom", 1, 800, 9));
    assertThat(shapes("shape=custom", "contextTokens=90", "outputTokens=7"))
        .containsExactly(fixed("llm.profile.contextTokens", "custom", 1, 90, 7));
  }

  @Test
  void recordedInputsBringTheirOutputsUnlessThereIsANumber() {
    assertThat(shapes("inputTokens=trace x.csv").get(0).output()).isEmpty();
    assertThat(shapes("inputTokens=trace x.csv", "outputTokens=9").get(0).output()).isPresent();
    assertThat(shapes("inputTokens=run x", "shape=custom", "maxTokens=9").get(0).output())
        .isPresent();
  }

  @Test
  void aMixIsPhrasesOrObjects() {
    List<ProfileConfig.Shape> phrases =
        List.of(
            fixed("llm.profile.mix[0]", "balanced", 70, 500, 500),
            fixed("llm.profile.mix[1]", "context", 25, 2_000, 200),
            fixed("llm.profile.mix[2]", "custom 8000/100", 5, 8_000, 100));
    assertThat(shapes("mix=70 % balanced, 25 % context, 5 % custom 8000/100")).isEqualTo(phrases);
    assertThat(shapes("mix=[\"70 % balanced\", \"25% context\", \"5 % custom 8000/100\"]"))
        .isEqualTo(phrases);
    assertThat(shapes("mix.0=70 % balanced", "mix.1=25 % context", "mix.2=5 % custom 8000/100"))
        .isEqualTo(phrases);
    assertThat(
            shapes(
                "mix=[{name = chat, weight = 7, inputTokens = \"normal mean 300 sd 80\","
                    + " outputTokens = 300}, {shape = context, outputTokens = 9}]"))
        .extracting(ProfileConfig.Shape::name, ProfileConfig.Shape::weight)
        .containsExactly(tuple("chat", 7.0), tuple("context", 1.0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          inputTokens=gauss 3                 | llm.profile.inputTokens must be N, constant N, uniform
          outputTokens=normal mean 3 sd 0     | llm.profile.outputTokens cannot be "normal mean 3 sd 0": sd
          mix=70 % balanced, 20 % context     | llm.profile.mix must add up to 100 %, was 90 %
          mix=70 % balanced, 30 % huge        | llm.profile.mix[1] must be a percentage and a shape
          mix=100 % custom 0/10               | llm.profile.mix[0] contextTokens must be >= 1, was 0
          mix=[{name = a, inputTokens = 9}]   | llm.profile.mix[0].outputTokens must be set where
          mix=[{name = a, tokens = 9}]        | unknown key llm.profile.mix[0].tokens; a shape accepts
          mix=[{shape = huge}]                | llm.profile.mix[0].shape must be one of balanced
          mix=[{shape = context, weight = 0}] | llm.profile.mix[0].weight must be a number above 0
          prefix.tokens=9                     | llm.profile.prefix.tokens must be 0 or at least 16, was 9
          prefix.share=80                     | llm.profile.prefix.share must be a share from 0 to 1
          mix=[{inputTokens=9,outputTokens=9}] | llm.profile.mix[0].name must be at most 200
          """)
  void whatCannotBeIsRefusedByItsKey(String setting, String message) {
    assertThatThrownBy(() -> shapes(setting))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void twoKeysForTheSameNumberAreRefused() {
    assertThatThrownBy(
            () -> shapes("shape=custom", "contextTokens=9", "maxTokens=9", "inputTokens=9"))
        .hasMessage(
            "llm.profile.inputTokens takes the place of llm.profile.contextTokens: set one of"
                + " them");
    assertThatThrownBy(() -> shapes("mix=100 % context", "outputTokens=9"))
        .hasMessageStartingWith("llm.profile.mix takes the place of llm.profile.outputTokens");
    assertThatThrownBy(() -> shapes("mix=100 % context", "shape=context"))
        .hasMessageStartingWith("llm.profile.mix takes the place of llm.profile.shape");
  }
}
