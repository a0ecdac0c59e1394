package dev.gatlingllm.experiment.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.engine.PlayedService;
import dev.gatlingllm.gatling.engine.Stage;
import dev.gatlingllm.record.CallRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceReplayTest {

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file =
        Files.writeString(
            folder.resolve("trace.csv"),
            """
            TIMESTAMP,ContextTokens,GeneratedTokens
            2024-01-15 09:00:00.0000000,120,17
            2024-01-15 09:00:04.0000000,90,18
            2024-01-15 09:00:06.0000000,150,19
            """);
  }

  private TraceReplay replay(String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("llm.replay.file=" + file);
    return TraceReplay.of(Stage.settings(folder, all.toArray(String[]::new)));
  }

  private static List<CallRecord> played(TraceReplay replay) {
    PlayedService service = PlayedService.answering(Duration.ofMillis(100));
    try (Stage stage = Stage.of(replay.settings(), service)) {
      stage.play(replay.inject(LlmActionBuilder.named(session -> "chat")));
      return stage.records();
    }
  }

  @Test
  void callsComeAtTheirRecordedTimesAndOfTheirRecordedSizes() {
    List<CallRecord> calls = played(replay("llm.replay.speed=2"));
    long first = calls.get(0).times().arrival();

    assertThat(calls)
        .extracting(call -> call.times().arrival() - first)
        .containsExactly(0L, 2_000_000_000L, 3_000_000_000L);
    assertThat(calls)
        .extracting(call -> call.tokens().requestedInput().getAsInt())
        .containsExactly(120, 90, 150);
    assertThat(calls)
        .extracting(call -> call.tokens().requestedOutput().getAsInt())
        .containsExactly(17, 18, 19);
  }

  @Test
  void aPartOfTheTraceIsReplayedAlone() {
    List<CallRecord> calls = played(replay("llm.replay.from=3 s", "llm.replay.length=2 s"));
    assertThat(calls).hasSize(1);
    assertThat(calls.get(0).tokens().requestedOutput()).hasValue(18);
  }

  @Test
  void theWarmUpPlansTheTrace() {
    ExpectedLoad planned = replay().expectedLoad();
    assertThat(planned.text()).isEqualTo("the trace");
    assertThat(planned.requests().get().maxTokens()).hasValue(17);
    assertThat(planned.pace()).isInstanceOf(ExpectedLoad.Open.class);
  }

  @Test
  void aFileThatIsNoTraceIsRefused() throws IOException {
    Files.writeString(file, "nothing of the kind\n");
    assertThatThrownBy(this::replay)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("llm.replay: ");
  }
}
