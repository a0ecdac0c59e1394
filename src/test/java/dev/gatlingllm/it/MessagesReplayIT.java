package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.record.CallRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessagesReplayIT {

  @TempDir private Path folder;

  @Test
  void theConversationsOfTheFileAreSentInTurnUntilBothLimitsAreReached() throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            "replay.MessagesReplaySimulation",
            "user.language=th",
            "user.country=TH",
            "user.extensions=u-nu-thai",
            "llm.messages.maxTokens=12",
            "llm.load.rpm=600",
            "llm.load.requests=9",
            "llm.load.duration=100ms",
            "llm.load.until=all",
            "llm.record.content=true",
            "llm.progress.format=jsonl");
    assertThat(gatling.exitCode()).as(gatling.console()).isZero();

    List<CallRecord> calls = gatling.calls();
    assertThat(calls).hasSize(9);
    assertThat(calls).allMatch(call -> call.tokens().output().getAsLong() == 12);
    assertThat(calls)
        .allMatch(
            call -> call.tokens().input().getAsLong() == call.tokens().requestedInput().getAsInt());
    assertThat(calls.stream().filter(call -> call.content().prompt().contains("kettle")))
        .hasSize(3);
    assertThat(calls).allMatch(call -> call.content().prompt().matches("(?s).*\\d{15}\\..*"));

    List<String> lines = Files.readAllLines(gatling.run().progress());
    JsonNode last = new ObjectMapper().readTree(lines.get(lines.size() - 1));
    assertThat(last.get("completed").asInt()).isEqualTo(9);
    assertThat(gatling.console()).contains("{\"run_seconds\":");
  }

  @Test
  void imagesOfTheFileAreSentWithTheirMessages() throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            "replay.MessagesReplaySimulation",
            "llm.messages.file=feeders/messages-images.jsonl",
            "llm.load.rpm=600",
            "llm.load.requests=6",
            "llm.simulator.wire=bedrock");
    assertThat(gatling.exitCode()).as(gatling.console()).isZero();

    // The simulated endpoint counts 765 tokens for an image; the text alone has at most 30.
    assertThat(gatling.calls())
        .hasSize(6)
        .allMatch(call -> call.tokens().input().getAsLong() > 765)
        .allMatch(call -> call.tokens().input().getAsLong() < 765 + 50);
  }
}
