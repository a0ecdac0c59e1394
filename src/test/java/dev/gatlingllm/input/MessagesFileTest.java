package dev.gatlingllm.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.prompt.CacheBuster;
import dev.gatlingllm.prompt.Dataset;
import dev.gatlingllm.prompt.TokenCounter;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongToIntFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesFileTest {

  @TempDir private Path folder;

  private MessagesFile read(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    return MessagesFile.read(file);
  }

  @Test
  void anArrayOfArraysOfMessagesIsReadAsTheBenchmarkingToolWritesIt() throws IOException {
    MessagesFile file =
        read(
            "a.json",
            """
            [[{"role":"system","content":"Be brief."},{"role":"user","content":"Capital of France?"}],
             [{"role":"user","content":[{"type":"text","text":"How does "},{"type":"text","text":"it work?"}]}]]
            """);
    assertThat(file.conversations()).hasSize(2);
    assertThat(file.conversations().get(0).messages())
        .containsExactly(Message.system("Be brief."), Message.user("Capital of France?"));
    assertThat(file.conversations().get(1).messages())
        .flatExtracting(Message::texts)
        .containsExactly("How does ", "it work?");
  }

  @Test
  void aLineOfJsonLinesMayNameItsBoundAndItsWeight() throws IOException {
    MessagesFile file =
        read(
            "a.jsonl",
            """
            [{"role":"user","content":"a"}]

            {"messages":[{"role":"user","content":"b"}],"max_tokens":20,"weight":2.5}
            """);
    assertThat(file.conversations().get(0).maxTokens()).isEmpty();
    assertThat(file.conversations().get(1).maxTokens()).hasValue(20);
    assertThat(file.conversations().get(1).weight()).isEqualTo(2.5);
  }

  @Test
  void theExampleCanBeRead() {
    assertThat(MessagesFile.read(Path.of("feeders/messages-example.json")).conversations())
        .hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.json|{}| line 1: request must be an object with messages, a prompt or conversations"
            + " (ShareGPT), or a line of an OpenAI, Anthropic or Bedrock batch, was an object"
            + " without fields",
        "a.json|[]|: must hold at least one conversation, held none",
        "a.json|[[]]| [0]: messages must be an array of at least one message, was empty",
        "a.json|[[{\"role\":\"robot\",\"content\":\"secret\"}]]| [0]: messages[0].role must be"
            + " one of user, assistant, system, developer, tool, function, was \"robot\"",
        "a.json|[[{\"role\":\"user\",\"content\":7}]]| [0]: messages[0].content must be a text or an"
            + " array of parts, was 7",
        "a.json|[[{\"role\":\"user\",\"content\":\"secret| line 1: text must be JSON with each field"
            + " once, was malformed at column",
        "a.jsonl|{\"messages\":[{\"role\":\"user\",\"content\":\"secret\"}],\"max_tokens\":0}| line"
            + " 1: max_tokens must be a whole number of at least 1, was 0",
        "a.jsonl|{\"messages\":[{\"role\":\"user\",\"content\":\"secret\"}],\"weight\":-1}| line 1:"
            + " weight must be a number above 0, was -1",
      })
  void whatCannotBeReadIsRefusedWithItsPlaceAndWithoutItsText(
      String name, String text, String message) {
    assertThatThrownBy(() -> read(name, text))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder.resolve(name).toString())
        .hasMessageContaining(message)
        .hasMessageNotContaining("secret");
  }

  @Test
  void sequentialGoesRoundAndRoundAndRandomIsTheSameForTheSameSeed() {
    double[] weights = {1, 1, 8};
    assertThat(LongStream.range(0, 5).mapToInt(DrawOrder.SEQUENTIAL.indexes(weights, 1)))
        .containsExactly(0, 1, 2, 0, 1);
    assertThat(draws(DrawOrder.RANDOM.indexes(weights, 7)))
        .isEqualTo(draws(DrawOrder.RANDOM.indexes(weights, 7)))
        .isNotEqualTo(draws(DrawOrder.RANDOM.indexes(weights, 8)));
  }

  private static List<Integer> draws(LongToIntFunction order) {
    return LongStream.range(0, 50).mapToObj(order::applyAsInt).toList();
  }

  @Test
  void chancesAreEvenOrByWeight() {
    double[] weights = {1, 1, 8};
    assertThat(share(DrawOrder.RANDOM.indexes(weights, 3), 2)).isBetween(0.30, 0.37);
    assertThat(share(DrawOrder.WEIGHTED.indexes(weights, 3), 2)).isBetween(0.78, 0.82);
    assertThat(share(DrawOrder.WEIGHTED.indexes(weights, 3), 0)).isBetween(0.08, 0.12);
  }

  private static double share(LongToIntFunction order, int index) {
    return LongStream.range(0, 10_000).filter(i -> order.applyAsInt(i) == index).count() / 10_000.0;
  }

  @Test
  void thePrefixStandsBeforeTheFirstUserMessageAloneAndTakesSixTokens() {
    List<Message> messages =
        List.of(Message.system("s"), Message.user("hello there"), Message.user("again"));
    List<Message> first = new CacheBuster(5).before(0, messages);
    assertThat(first.get(0)).isEqualTo(messages.get(0));
    assertThat(first.get(1).text()).matches("\\d{15}\\.\n\nhello there");
    assertThat(first.get(2)).isEqualTo(messages.get(2));
    assertThat(first).isNotEqualTo(new CacheBuster(5).before(1, messages));
    assertThat(first).isNotEqualTo(new CacheBuster(6).before(0, messages));
    TokenCounter counter = TokenCounter.standard();
    assertThat(counter.countMessages(first) - counter.countMessages(messages)).isEqualTo(6);
  }

  @Test
  void thePrefixStandsBeforeAnImageThatComesFirstAndTheImageStays() {
    List<Message> asked =
        MessagesFile.read(Path.of("feeders/messages-images.jsonl"))
            .conversations()
            .get(1)
            .messages();
    Message prefixed = new CacheBuster(5).before(0, asked).get(0);
    assertThat(prefixed.text()).matches("\\d{15}\\.\n\nHow many bars are there\\?");
    assertThat(prefixed.parts()).hasSize(3);
    assertThat(prefixed.parts().get(0)).isInstanceOf(Part.Text.class);
    assertThat(prefixed.parts().subList(1, 3)).isEqualTo(asked.get(0).parts());
  }

  @Test
  void imagesStayInAPickedDataset() throws IOException {
    MessagesFile file = MessagesFile.read(Path.of("feeders/messages-images.jsonl"));
    Dataset all = Dataset.of(file, Optional.empty(), TokenCounter.standard());
    MessagesFile again = read("picked.json", all.json());
    for (int i = 0; i < 3; i++) {
      Message before = file.conversations().get(i).messages().get(0);
      Message after = again.conversations().get(i).messages().get(0);
      assertThat(after.text()).isEqualTo(before.text());
      assertThat(after.attachments().get(0).dataUrl())
          .isEqualTo(before.attachments().get(0).dataUrl());
    }
  }

  @Test
  void conversationsArePickedToAMeanSizeWithoutTheAnswersAtTheirEnd() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int words = 1; words <= 60; words++) {
      lines.append("[{\"role\":\"user\",\"content\":\"").append("word ".repeat(words));
      lines.append("\"},{\"role\":\"assistant\",\"content\":\"answer\"}]\n");
    }
    Dataset all =
        Dataset.of(
            read("all.jsonl", lines.toString()), Optional.of("Be brief."), TokenCounter.standard());
    Dataset picked = all.picked(10, 50);
    assertThat(picked.items()).hasSize(10).doesNotHaveDuplicates();
    assertThat(picked.mean()).isEqualTo(50);
    assertThat(picked.items().get(0).messages())
        .extracting(Message::role)
        .containsExactly(Message.Role.SYSTEM, Message.Role.USER);
    assertThat(read("picked.json", picked.json()).conversations()).hasSize(10);
    assertThatThrownBy(() -> all.picked(61, 50))
        .hasMessage("there must be at least 61 conversations to pick from, were 60");
  }
}
