package dev.gatlingllm.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.provider.Message;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptBuilderTest {

  private static final TokenCounter COUNTER = TokenCounter.standard();
  private static final PromptBuilder BUILDER = new PromptBuilder(COUNTER, 42);
  private static final OptionalInt NO_INSTRUCTION = OptionalInt.empty();

  @ParameterizedTest
  @CsvSource({
    "gpt-4o, 10, 100", "gpt-4o, 500, 100", "gpt-4o, 2000, 100", "gpt-4o, 50000, 5",
    "gpt-4, 10, 100", "gpt-4, 500, 100", "gpt-4, 2000, 20", "gpt-4, 50000, 2"
  })
  void promptsHaveExactlyTheAskedSizeAndAreAllDifferent(String model, int tokens, int prompts) {
    TokenCounter counter = TokenCounter.forModel(model);
    PromptBuilder builder = new PromptBuilder(counter, 1);
    Set<String> texts = new HashSet<>();

    for (int i = 0; i < prompts; i++) {
      List<Message> prompt = builder.prompt(i, tokens, NO_INSTRUCTION);
      assertThat(counter.countMessages(prompt)).isEqualTo(tokens);
      texts.add(prompt.get(0).text());
    }
    assertThat(texts).hasSize(prompts);
  }

  @ParameterizedTest
  @CsvSource({"gpt-4o, 500", "gpt-4, 500", "gpt-4o, 7", "gpt-4o, 128000"})
  void sizeIsExactWithInstructionAndPrefixToo(String model, int maxTokens) {
    TokenCounter counter = TokenCounter.forModel(model);
    PromptBuilder builder = new PromptBuilder(counter, 1).preventingCaching(77);
    OptionalInt wanted = OptionalInt.of(maxTokens);

    int smallest = builder.smallestContext(wanted);
    for (int tokens = smallest; tokens < smallest + 100; tokens++) {
      assertThat(counter.countMessages(builder.prompt(tokens, tokens, wanted))).isEqualTo(tokens);
    }
  }

  @Test
  void promptEndsWithTheWholeInstruction() {
    for (int tokens = 26; tokens < 60; tokens++) {
      assertThat(text(BUILDER.prompt(3, tokens, OptionalInt.of(500))))
          .endsWith(".\n\nWrite a detailed essay about the text above, in at least 500 tokens.");
    }
  }

  @Test
  void smallestSizesNeverRepeatAPromptWithinAHundredThousand() {
    long different =
        LongStream.range(0, 100_000)
            .mapToObj(i -> text(BUILDER.prompt(i, 10, NO_INSTRUCTION)))
            .distinct()
            .count();

    assertThat(different).isEqualTo(100_000);
  }

  @Test
  void neighboursShareNoLongRunOfWords() {
    Set<String> runs = runsOfFiveWords(text(BUILDER.prompt(0, 2_000, NO_INSTRUCTION)));
    Set<String> others = runsOfFiveWords(text(BUILDER.prompt(1, 2_000, NO_INSTRUCTION)));

    assertThat(runs).hasSizeGreaterThan(1_000);
    assertThat(Collections.disjoint(runs, others)).isTrue();
  }

  @Test
  void promptDoesNotDependOnOrderOrThread() {
    List<String> inOrder =
        IntStream.range(0, 100)
            .mapToObj(i -> text(BUILDER.prompt(i, 200, NO_INSTRUCTION)))
            .toList();
    PromptBuilder other = new PromptBuilder(TokenCounter.standard(), 42);

    List<String> inParallel =
        IntStream.range(0, 100)
            .parallel()
            .map(i -> 99 - i)
            .mapToObj(i -> text(other.prompt(i, 200, NO_INSTRUCTION)))
            .toList();

    assertThat(inParallel.get(0)).isEqualTo(inOrder.get(99));
    assertThat(inParallel).containsExactlyInAnyOrderElementsOf(inOrder);
  }

  @Test
  void seedReproducesTheText() {
    assertThat(text(BUILDER.prompt(5, 30, NO_INSTRUCTION)))
        .isEqualTo(
            "Month store. Another workshop usually directed this horizontal climate beside their"
                + " test, and that smooth hammer highly heated our agreement.");
  }

  @Test
  void otherSeedGivesOtherTexts() {
    assertThat(new PromptBuilder(COUNTER, 43).prompt(0, 100, NO_INSTRUCTION))
        .isNotEqualTo(BUILDER.prompt(0, 100, NO_INSTRUCTION));
  }

  @Test
  void textLooksLikeSentences() {
    String text = text(BUILDER.prompt(8, 2_000, NO_INSTRUCTION));

    assertThat(text.split("(?<=\\.)\\s+"))
        .hasSizeGreaterThan(100)
        .allMatch(sentence -> sentence.matches("[A-Z][a-z]*(,? [a-z]+)+\\."));
  }

  @Test
  void prefixAgainstCachingIsAtTheVeryStartAndDiffersByRunAndCall() {
    PromptBuilder run1 = BUILDER.preventingCaching(1);
    PromptBuilder run2 = BUILDER.preventingCaching(2);

    String first = text(run1.prompt(0, 100, NO_INSTRUCTION));
    assertThat(first).matches("(?s)[0-9]{15}\\.\n\n[A-Z].*");
    assertThat(
            List.of(
                first.substring(0, 15),
                text(run1.prompt(1, 100, NO_INSTRUCTION)).substring(0, 15),
                text(run2.prompt(0, 100, NO_INSTRUCTION)).substring(0, 15)))
        .doesNotHaveDuplicates();
    assertThat(run1.prompt(0, 100, NO_INSTRUCTION))
        .hasToString(run1.prompt(0, 100, NO_INSTRUCTION).toString());
  }

  @Test
  void runsWithoutThePrefixHaveEqualPrompts() {
    assertThat(new PromptBuilder(COUNTER, 42).prompt(9, 300, NO_INSTRUCTION))
        .isEqualTo(BUILDER.prompt(9, 300, NO_INSTRUCTION));
  }

  @Test
  void sizeTooSmallForTheFixedPartsIsRefusedWithTheSmallest() {
    assertThatThrownBy(() -> BUILDER.prompt(0, 9, NO_INSTRUCTION))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("contextTokens must be >= 10 for this prompt, was 9");
    assertThatThrownBy(() -> BUILDER.prompt(0, 10, OptionalInt.of(500)))
        .hasMessage("contextTokens must be >= 26 for this prompt, was 10");
    assertThatThrownBy(() -> BUILDER.preventingCaching(1).prompt(0, 10, NO_INSTRUCTION))
        .hasMessage("contextTokens must be >= 16 for this prompt, was 10");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -3})
  void impossibleOutputSizeIsRefusedWithItsValue(int maxTokens) {
    assertThatThrownBy(() -> BUILDER.prompt(0, 500, OptionalInt.of(maxTokens)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxTokens must be >= 1, was " + maxTokens);
  }

  @Test
  void negativeIndexIsRefused() {
    assertThatThrownBy(() -> BUILDER.prompt(-1, 500, NO_INSTRUCTION))
        .hasMessage("index must be >= 0, was -1");
  }

  private static String text(List<Message> prompt) {
    assertThat(prompt).hasSize(1);
    assertThat(prompt.get(0).role()).isEqualTo(Message.Role.USER);
    return prompt.get(0).text();
  }

  private static Set<String> runsOfFiveWords(String text) {
    List<String> words = List.of(text.split("\\s+"));
    Set<String> runs = new HashSet<>();
    for (int i = 0; i + 5 <= words.size(); i++) {
      runs.add(String.join(" ", words.subList(i, i + 5)));
    }
    return runs;
  }
}
