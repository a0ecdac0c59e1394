package dev.gatlingllm.experiment.sweep;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepConfigTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "llm.sweep.duration|0s|llm.sweep.duration must be a duration above 0,",
        "llm.sweep.levels|1,0|llm.sweep.levels: ",
      })
  void aSettingThatCannotBeUsedIsRefusedWithItsKeyItsValueAndWhatIsAccepted(
      String key, String value, String message) {
    Properties properties = new Properties();
    properties.setProperty(key, value);
    LlmConfig config = LlmConfig.read(properties);
    assertThatThrownBy(() -> config.section(SweepConfig::read))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("\n");
  }
}
