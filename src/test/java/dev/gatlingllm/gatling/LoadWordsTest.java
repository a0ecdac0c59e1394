package dev.gatlingllm.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.config.GivenSettings;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.record.PlannedLoad;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadWordsTest {

  private static PlannedLoad planned(String settings) {
    Map<String, String> given = new HashMap<>();
    for (String setting : settings.isEmpty() ? new String[0] : settings.split(";")) {
      String[] parts = setting.split("=", 2);
      given.put("llm.load." + parts[0], parts[1]);
    }
    LlmConfig config = GivenSettings.of(given);
    return config.load().isOpen()
        ? LoadWords.of(config.load(), Load.schedule(config))
        : LoadWords.of(config.load());
  }

  @Test
  void theMainJobIs120CallsInAMinute() {
    assertThat(planned(""))
        .isEqualTo(
            new PlannedLoad(
                "120 arrivals/min for 1 min", OptionalDouble.of(60), OptionalLong.of(120)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rpm=30;duration=90s|30 arrivals/min for 1 min 30 s|90|45",
        "rpm=30;requests=10|30 arrivals/min for 10 calls|20|10",
        "rpm=60;duration=10s;arrivals=poisson|60 arrivals/min for 10 s, poisson arrivals|10|10",
        "rpm=60;clients=8|60 arrivals/min for 1 min, at most 8 calls in flight|60|60",
        "profile=hold 60 for 10s, hold 120 for 10s|hold 60 rpm for 10 s, hold 120 rpm for 10 s|20|30",
        "clients=8|8 clients for 1 min|60|",
        "clients=1;requests=200|1 client for 200 calls||200",
        "clients=8;requests=200;duration=5s|8 clients for 5 s or for 200 calls|5|",
        "clients=8;requests=200;duration=5s;until=all|8 clients for 5 s and for 200 calls||",
      })
  void aLoadIsInWords(String settings, String words, Double seconds, Long calls) {
    assertThat(planned(settings))
        .isEqualTo(
            new PlannedLoad(
                words,
                seconds == null ? OptionalDouble.empty() : OptionalDouble.of(seconds),
                calls == null ? OptionalLong.empty() : OptionalLong.of(calls)));
  }
}
