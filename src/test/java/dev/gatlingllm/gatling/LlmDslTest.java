package dev.gatlingllm.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.LlmDsl;
import dev.gatlingllm.config.GivenSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What a simulation needs is one import away. */
@Isolated // properties of the JVM
class LlmDslTest {

  @TempDir private Path folder;

  @Test
  void theConversationSimulationImportsTheDslAlone() throws Exception {
    String source = Files.readString(Path.of("simulations/chat/ConversationSimulation.java"));
    assertThat(source.lines().filter(line -> line.startsWith("import")))
        .allMatch(
            line ->
                line.startsWith("import static dev.gatlingllm.LlmDsl.")
                    || line.startsWith("import io.gatling."));

    Map<String, String> settings = new TreeMap<>();
    settings.put("llm.record.folder", folder.toString());
    settings.put("llm.load.rpm", "30");
    settings.put("llm.load.requests", "7");
    Object plan = PlansOfSettings.plan("chat.ConversationSimulation", settings);
    settings.put("llm.load.requests", "8");
    assertThat(PlansOfSettings.plan("chat.ConversationSimulation", settings)).isNotEqualTo(plan);
  }

  @Test
  void loadPromptsPlanAndLimitsAreTheSameByTheDsl() {
    var config = GivenSettings.of(Map.of("llm.slo.ttft.p95", "1 s", "llm.load.rpm", "30"));
    var prompts = LlmDsl.prompts(config);
    var sizes = prompts.sizes(config);

    assertThat(LlmDsl.expectedLoad(config, prompts, sizes).text())
        .isEqualTo("30 arrivals/min of 500/500 tokens");
    assertThat(LlmDsl.slo(config, "chat")).hasSameSizeAs(LlmAssertions.slo(config.slo(), "chat"));
    assertThat(LlmDsl.load(config).inject("hello", LlmDsl.llm("chat").prompt("Hi"))).isNotNull();
  }
}
