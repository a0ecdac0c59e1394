package dev.gatlingllm.experiment.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.engine.PlayedService;
import dev.gatlingllm.gatling.engine.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessagesReplayTest {

  @TempDir private Path folder;

  @Test
  void theConversationsAreSentInTheirOrderAndRoundAgain() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("messages.json"),
            """
            [[{"role": "user", "content": "one"}], [{"role": "user", "content": "two"}]]
            """);
    MessagesReplay replay =
        MessagesReplay.of(
            Stage.settings(
                folder,
                "llm.messages.file=" + file,
                "llm.profile.preventCaching=false",
                "llm.load.clients=1",
                "llm.load.requests=3"));
    PlayedService service = PlayedService.answering(Duration.ofMillis(50));
    try (Stage stage = Stage.of(replay.settings(), service)) {
      stage.play(replay.inject(LlmActionBuilder.named(session -> "chat")));

      assertThat(service.requests())
          .extracting(request -> request.messages().get(0).text())
          .containsExactly("one", "two", "one");
      assertThat(stage.records().get(0).tokens().requestedInput()).isPresent();
    }
    assertThat(replay.expectedLoad().text()).isEqualTo("1 client with recorded conversations");
    assertThat(replay.expectedLoad().ofFiles()).hasSize(2);
  }
}
