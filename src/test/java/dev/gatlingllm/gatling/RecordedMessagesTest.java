package dev.gatlingllm.gatling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.gatling.engine.Stage;
import dev.gatlingllm.provider.LlmRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedMessagesTest {

  @TempDir private Path folder;

  private RecordedMessages messages(String... settings) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("messages.json"),
            """
            [[{"role": "user", "content": "one"}], [{"role": "user", "content": "two"}]]
            """);
    String[] all =
        Stream.concat(Stream.of(settings), Stream.of("llm.messages.file=" + file))
            .toArray(String[]::new);
    return RecordedMessages.of(Stage.settings(folder, all));
  }

  private static List<String> texts(Supplier<LlmRequest> requests, int count) {
    return Stream.generate(requests)
        .limit(count)
        .map(request -> request.messages().get(0).text())
        .toList();
  }

  @Test
  void conversationsComeInTheirOrderAndRoundAgain() throws IOException {
    RecordedMessages messages = messages("llm.profile.preventCaching=false");
    assertThat(texts(messages.requests(), 3)).containsExactly("one", "two", "one");
    assertThat(texts(messages.requests(), 1)).containsExactly("one");
  }

  @Test
  void noTwoDrawsBeginAlikeWhereCachingIsPrevented() throws IOException {
    List<String> drawn = texts(messages().requests(), 3);
    assertThat(drawn.get(0)).endsWith("one").isNotEqualTo("one").isNotEqualTo(drawn.get(2));
    assertThat(drawn.get(2)).endsWith("one");
  }

  @Test
  void theBoundOfTheSettingsHoldsWhereAConversationHasNone() throws IOException {
    RecordedMessages messages = messages("llm.messages.maxTokens=33");
    assertThat(messages.requests().get().maxTokens()).hasValue(33);
    assertThat(messages.all())
        .extracting(payload -> payload.request().messages().get(0).text())
        .containsExactly("one", "two");
    assertThat(messages.all().get(1).source()).contains("messages.json");
  }

  @Test
  void aFileThatIsNotThereIsRefusedWithItsKey() {
    assertThatThrownBy(
            () -> RecordedMessages.of(Stage.settings(folder, "llm.messages.file=nowhere.json")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("llm.messages.file: ");
  }
}
