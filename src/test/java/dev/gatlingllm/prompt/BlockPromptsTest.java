package dev.gatlingllm.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.input.TraceFile;
import dev.gatlingllm.provider.Message;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockPromptsTest {

  private static final TokenCounter COUNTER = TokenCounter.standard();

  private final BlockPrompts prompts = new BlockPrompts(COUNTER, 1);

  @ParameterizedTest
  @ValueSource(ints = {8, 40, 512, 513, 519, 520, 1024, 1500, 7000})
  void theSizeIsExactToTheToken(int tokens) {
    List<Message> prompt = prompts.prompt(row(tokens, 3L, 4L, 5L, 6L), 0);
    assertThat(COUNTER.countMessages(prompt)).isEqualTo(tokens);
  }

  @Test
  void promptsOfTheSameBlocksBeginWithTheSameTextAndPartWhereTheBlocksDo() {
    String first = text(prompts.prompt(row(1500, 1L, 2L, 3L), 0));
    String second = text(prompts.prompt(row(1400, 1L, 2L, 9L), 1));
    int shared = shared(first, second);
    assertThat(COUNTER.countText(first.substring(0, shared))).isBetween(1024, 1030);
  }

  @Test
  void whatHasNoBlockIsSharedWithNoOtherPrompt() {
    String first = text(prompts.prompt(row(1400, 1L), 0));
    String second = text(prompts.prompt(row(1400, 1L), 1));
    assertThat(COUNTER.countText(first.substring(0, shared(first, second)))).isBetween(512, 516);
  }

  @Test
  void theInstructionIsThereWhereTheLastBlockHasRoomForIt() {
    assertThat(text(prompts.prompt(row(1500, 1L, 2L, 3L), 0))).endsWith("at least 20 tokens.");
    assertThat(text(prompts.prompt(row(1034, 1L, 2L, 3L), 0))).doesNotContain("Write");
  }

  @Test
  void anotherSeedIsAnotherText() {
    String first = text(prompts.prompt(row(600, 1L, 2L), 0));
    String second = text(new BlockPrompts(COUNTER, 2).prompt(row(600, 1L, 2L), 0));
    assertThat(shared(first, second)).isLessThan(20);
  }

  private static TraceFile.Row row(int tokens, Long... blocks) {
    return new TraceFile.Row(0, tokens, 20, 512, List.of(blocks));
  }

  private static String text(List<Message> prompt) {
    return prompt.get(0).text();
  }

  private static int shared(String first, String second) {
    int at = 0;
    while (at < Math.min(first.length(), second.length())
        && first.charAt(at) == second.charAt(at)) {
      at++;
    }
    return at;
  }
}
