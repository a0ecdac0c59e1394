package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadIT {

  @TempDir private Path folder;

  private List<CallRecord> calls(int clients, String sentBy) throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            "payloads.PayloadFilesSimulation",
            "llm.payloads.path=" + sixteen(),
            "llm.payloads.clients=" + clients,
            "llm.payloads.sentBy=" + sentBy,
            "llm.record.content=true",
            "llm.simulator.ttft=10ms",
            "llm.simulator.tokensPerSecond=1000");
    assertThat(gatling.exitCode()).as(gatling.console()).isZero();
    assertThat(gatling.calls())
        .allMatch(call -> call.outcome() == Outcome.SUCCEEDED)
        .allMatch(call -> call.tokens().output().getAsLong() == 7);
    return gatling.calls();
  }

  private Path sixteen() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      lines.append(
          String.format(
              Locale.ROOT,
              "{\"messages\":[{\"role\":\"user\",\"content\":\"prompt %d.\"}],\"max_tokens\":7}\n",
              i));
    }
    return Files.writeString(folder.resolve("payloads.jsonl"), lines);
  }

  @Test
  void fourClientsTogetherSendEachOfSixteenPayloadsOnce() throws Exception {
    List<CallRecord> calls = calls(4, "allTogether");
    assertThat(calls).hasSize(16);
    assertThat(calls.stream().map(call -> call.content().prompt()).distinct()).hasSize(16);
  }

  @Test
  void eachOfTwoClientsSendsEveryPayload() throws Exception {
    List<CallRecord> calls = calls(2, "eachClient");
    assertThat(calls).hasSize(32);
    assertThat(calls.stream().map(call -> call.content().prompt()).distinct()).hasSize(16);
  }
}
