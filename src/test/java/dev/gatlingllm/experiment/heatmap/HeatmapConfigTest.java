package dev.gatlingllm.experiment.heatmap;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeatmapConfigTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "llm.heatmap.inputTokens|10;20|llm.heatmap.inputTokens must be distinct integers >= 1 such"
            + " as 10,200,1000, was \"10;20\"",
        "llm.heatmap.outputTokens|64,64|llm.heatmap.outputTokens must be distinct integers >= 1"
            + " such as 10,200,1000, was [64, 64]",
        "llm.heatmap.callsPerCell|0|llm.heatmap.callsPerCell must be a whole number of at least 1,"
            + " was 0",
      })
  void aSettingThatCannotBeUsedIsRefusedWithItsKeyItsValueAndWhatIsAccepted(
      String key, String value, String message) {
    Properties properties = new Properties();
    properties.setProperty(key, value);
    LlmConfig config = LlmConfig.read(properties);
    assertThatThrownBy(() -> config.section(HeatmapConfig::read))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("\n");
  }
}
