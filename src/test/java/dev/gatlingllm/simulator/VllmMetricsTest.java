package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A call takes 100 ms. */
class VllmMetricsTest {

  private final EmbeddedSimulator simulator =
      new EmbeddedSimulator(Settings.exact("capacity = 2, cachedFraction = 0.5"));

  private double value(String name) {
    Matcher line =
        Pattern.compile("(?m)^vllm:" + name + "\\{model_name=\"[^}]*} (\\S+)$")
            .matcher(simulator.get("/metrics"));
    assertThat(line.find()).as(name).isTrue();
    return Double.parseDouble(line.group(1));
  }

  @Test
  void theQueueAndThePlacesAreToldAsTheyAre() {
    assertThat(value("num_requests_waiting")).isZero();
    for (int i = 0; i < 5; i++) {
      simulator.post(TestClient.OPENAI, TestClient.streamedChat(6));
    }
    assertThat(value("num_requests_running")).isEqualTo(2);
    assertThat(value("num_requests_waiting")).isEqualTo(3);
    assertThat(value("kv_cache_usage_perc")).isEqualTo(1);
  }

  @Test
  void whatWasDoneIsCounted() {
    for (int i = 0; i < 3; i++) {
      simulator.post(TestClient.OPENAI, TestClient.streamedChat(6));
    }
    for (int i = 0; i < 30; i++) {
      simulator.advanceMillis(10);
    }
    assertThat(value("generation_tokens_total")).isEqualTo(18);
    assertThat(value("prompt_tokens_total"))
        .isEqualTo(
            simulator.calls().stream().mapToInt(call -> call.inputTokens().getAsInt()).sum());
    assertThat(value("prefix_cache_hits_total"))
        .isEqualTo(
            simulator.calls().stream().mapToInt(call -> call.cachedTokens().getAsInt()).sum())
        .isPositive();
    assertThat(value("request_queue_time_seconds_sum")).isEqualTo(0.1);
    assertThat(value("request_queue_time_seconds_count")).isEqualTo(3);
  }
}
