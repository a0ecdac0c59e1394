package dev.gatlingllm.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.input.InputException;
import dev.gatlingllm.provider.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcePromptsTest {

  private static final TokenCounter COUNTER = TokenCounter.standard();
  private static final SourceText TEXT =
      SourceText.read(Path.of("feeders/source-text.txt"), COUNTER);
  private static final OptionalInt NO_INSTRUCTION = OptionalInt.empty();

  @TempDir private Path folder;

  private static String text(SourcePrompts prompts, int index, int tokens) {
    return prompts.prompt(index, tokens, NO_INSTRUCTION).get(0).text();
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 10, 50, 200, 500, 2_000, 5_000})
  void aPromptHasTheAskedSizeToTheToken(int tokens) {
    SourcePrompts prompts = new SourcePrompts(TEXT, COUNTER, 7).preventingCaching(3);
    for (int index = 0; index < 20; index++) {
      assertThat(COUNTER.countMessages(prompts.prompt(index, tokens, NO_INSTRUCTION)))
          .isEqualTo(tokens);
    }
  }

  @Test
  void anInstructionIsPartOfTheSizeAndStandsAtTheEnd() {
    SourcePrompts prompts = new SourcePrompts(TEXT, COUNTER, 7);
    List<Message> messages = prompts.prompt(0, 100, OptionalInt.of(256));
    assertThat(COUNTER.countMessages(messages)).isEqualTo(100);
    assertThat(messages.get(0).text()).endsWith("in at least 256 tokens.");
  }

  @Test
  void promptsAreCutAtDifferentPlacesAndNotAlwaysAtTheHead() {
    SourcePrompts prompts = new SourcePrompts(TEXT, COUNTER, 7);
    Set<String> beginnings = new HashSet<>();
    for (int index = 0; index < 50; index++) {
      beginnings.add(text(prompts, index, 200).substring(0, 30));
    }
    assertThat(beginnings).hasSizeGreaterThan(45);
  }

  @Test
  void theSamePromptComesFromTheSamePlaceAndAnotherSeedCutsElsewhere() {
    assertThat(text(new SourcePrompts(TEXT, COUNTER, 7), 3, 200))
        .isEqualTo(text(new SourcePrompts(TEXT, COUNTER, 7), 3, 200))
        .isNotEqualTo(text(new SourcePrompts(TEXT, COUNTER, 8), 3, 200));
  }

  @Test
  void withoutCachingAPromptBeginsWithDigitsOfItsRunUnlessItIsTooSmallToBeCached() {
    SourcePrompts cut = new SourcePrompts(TEXT, COUNTER, 7);
    assertThat(text(cut.preventingCaching(1), 0, 200))
        .matches("(?s)\\d{15}\\.\n\n.*")
        .isNotEqualTo(text(cut.preventingCaching(2), 0, 200));
    assertThat(text(cut.preventingCaching(1), 0, 20)).doesNotMatch("(?s)\\d{15}.*");
  }

  @Test
  void aTextWithoutBlanksIsCutBetweenCharacters() {
    SourceText dense = SourceText.of("港の朝は町より早い。".repeat(40), "dense", COUNTER);
    String prompt = text(new SourcePrompts(dense, COUNTER, 7), 0, 100);
    assertThat(prompt).doesNotContain("\uFFFD");
    assertThat(COUNTER.countMessages(List.of(Message.user(prompt)))).isBetween(98, 102);
  }

  @Test
  void aTextThatIsTooShortIsRefusedWithItsFileAndSize() throws IOException {
    Path file = Files.writeString(folder.resolve("short.txt"), "Too short.\n");
    assertThatThrownBy(() -> SourceText.read(file, COUNTER))
        .isInstanceOf(InputException.class)
        .hasMessage(file + ": text must be at least 100 tokens long, was 3 tokens");
    assertThatThrownBy(() -> SourceText.read(folder.resolve("none.txt"), COUNTER))
        .hasMessage(folder.resolve("none.txt") + ": no such file");
  }

  @Test
  void aSizeBelowTheFixedPartsIsRefused() {
    assertThatThrownBy(() -> text(new SourcePrompts(TEXT, COUNTER, 7), 0, 7))
        .hasMessage("contextTokens must be >= 8 for this prompt, was 7");
  }
}
