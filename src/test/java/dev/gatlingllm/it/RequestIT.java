package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be called and asked, by settings alone. */
class RequestIT {

  private static final String SIMULATION = "rpm.ShapeProfileSimulation";

  @TempDir private Path folder;

  private GatlingProcess run(String... settings) {
    String[] all = new String[settings.length + 8];
    System.arraycopy(settings, 0, all, 0, settings.length);
    String[] small = {
      "llm.load.rpm=600",
      "llm.load.requests=6",
      "llm.profile.shape=custom",
      "llm.profile.contextTokens=60",
      "llm.profile.maxTokens=9",
      "llm.simulator.ttft=10ms",
      "llm.simulator.tokensPerSecond=500",
      "llm.simulator.tokensPerChunk=1"
    };
    System.arraycopy(small, 0, all, settings.length, small.length);
    return GatlingProcess.start(folder, SIMULATION, all);
  }

  @ParameterizedTest
  @CsvSource({
    "openai, llm.openai.api=responses, true, max_output_tokens",
    "bedrock, llm.bedrock.bodyFormat=anthropic, true, max_tokens",
    "bedrock, llm.bedrock.bodyFormat=custom, false, length"
  })
  void everyApiIsASetting(String wire, String api, boolean streaming, String finish)
      throws Exception {
    GatlingProcess gatling =
        run(
            "llm.simulator.wire=" + wire,
            api,
            "llm.bedrock.api=invoke",
            "llm.request.streaming=" + streaming,
            "llm.request.temperature=0.5",
            "llm.request.topP=0.9");
    assertThat(gatling.exitCode()).as(gatling.console()).isZero();

    assertThat(gatling.calls())
        .hasSize(6)
        .allSatisfy(
            call -> {
              assertThat(call.outcome()).isEqualTo(Outcome.SUCCEEDED);
              assertThat(call.provider()).isEqualTo(wire);
              assertThat(call.streaming()).isEqualTo(streaming);
              assertThat(call.tokens().output()).hasValue(9);
              assertThat(call.tokens().estimated()).isFalse();
              assertThat(call.chunks()).isEqualTo(streaming ? 9 : 0);
              assertThat(call.service().finishReason()).isEqualTo(finish);
            });
    assertThat(gatling.file("summary.txt")).contains("measurement error");
  }

  @Test
  void severalAnswersAndAnImageAreSettingsToo() throws Exception {
    GatlingProcess gatling =
        run("llm.request.n=2", "llm.request.attachments.folder=feeders/attachments");
    assertThat(gatling.exitCode()).as(gatling.console()).isZero();

    List<CallRecord> calls = gatling.calls();
    assertThat(calls).hasSize(6);
    assertThat(calls)
        .allSatisfy(
            call -> {
              assertThat(call.tokens().output()).hasValue(18);
              assertThat(call.tokens().input().getAsLong()).isBetween(800L, 850L);
            });
  }
}
