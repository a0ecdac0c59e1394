package dev.gatlingllm.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.Message;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenCounterTest {

  @ParameterizedTest
  @CsvSource({
    "gpt-4o, o200k_base",
    "gpt-4o-mini, o200k_base",
    "gpt-4.1, o200k_base",
    "gpt-4.5-preview, o200k_base",
    "gpt-5-mini, o200k_base",
    "o3, o200k_base",
    "us.anthropic.claude-3-5-haiku-20241022-v1:0, o200k_base",
    "my-deployment, o200k_base",
    "'', o200k_base",
    "gpt-4, cl100k_base",
    "GPT-4, cl100k_base",
    "gpt-4-0613, cl100k_base",
    "gpt-4-turbo, cl100k_base",
    "gpt-4-32k, cl100k_base",
    "gpt-3.5-turbo, cl100k_base",
    "gpt-35-turbo-16k, cl100k_base",
    "openai/gpt-4, cl100k_base",
    "ft:gpt-3.5-turbo-0125:org, cl100k_base"
  })
  void familyOfTheModelChoosesTheEncoding(String model, String encoding) {
    assertThat(TokenCounter.forModel(model).encoding()).isEqualTo(encoding);
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-4o, hello world, 2",
    "gpt-4, hello world, 2",
    "gpt-4o, 안녕하세요, 2",
    "gpt-4, 안녕하세요, 5",
    "gpt-4o, '', 0",
    "gpt-4o, 123456789, 3"
  })
  void textIsCountedInTheEncodingOfTheModel(String model, String text, int tokens) {
    assertThat(TokenCounter.forModel(model).countText(text)).isEqualTo(tokens);
  }

  @Test
  void textThatLooksLikeASpecialTokenIsCountedAsText() {
    assertThat(TokenCounter.standard().countText("<|endoftext|>")).isEqualTo(7);
  }

  @Test
  void messageCostsThreeTokensAndItsRoleAndTheReplyThree() {
    List<Message> messages =
        List.of(Message.system("hello world"), Message.user("hello"), Message.assistant(""));

    // 3 + (3 + 1 + 2) + (3 + 1 + 1) + (3 + 1 + 0)
    assertThat(TokenCounter.standard().countMessages(messages)).isEqualTo(18);
  }

  @Test
  void manyThreadsCountTheSame() {
    List<Integer> counts =
        IntStream.range(0, 200)
            .parallel()
            .mapToObj(i -> TokenCounter.standard().countText("the harbor lantern ".repeat(100)))
            .distinct()
            .toList();

    assertThat(counts)
        .containsExactly(TokenCounter.standard().countText("the harbor lantern ".repeat(100)));
  }

  @Test
  void aWordWithoutEndIsCountedInPiecesOfTwoThousandCharacters() {
    TokenCounter counter = TokenCounter.standard();
    int piece = counter.countText("a".repeat(2_000));
    assertThat(counter.countText("a".repeat(1_000_000))).isEqualTo(500 * piece);
    assertThat(counter.countText("a".repeat(2_000) + " " + "a".repeat(2_000)))
        .isBetween(2 * piece, 2 * piece + 2);
  }

  @Test
  void noPieceEndsWithinACharacter() {
    TokenCounter counter = TokenCounter.standard();
    String faces = "\uD83D\uDE00".repeat(3_000);
    assertThat(counter.countText("x" + faces)).isBetween(3_000, 9_010);
  }

  @Test
  void ordinaryTextIsCountedAsAWholeHoweverLongItIs() {
    TokenCounter counter = TokenCounter.standard();
    String text = "The quick brown fox jumps over the lazy dog. ".repeat(500);
    assertThat(counter.countText(text)).isEqualTo(counter.encode(text).size());
  }
}
