package dev.gatlingllm.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordListTest {

  private static List<String> words() {
    return WordList.read().values().stream().flatMap(List::stream).toList();
  }

  @Test
  void holdsMoreThanAThousandDistinctPlainWords() {
    assertThat(words())
        .hasSizeGreaterThan(1_000)
        .doesNotHaveDuplicates()
        .allMatch(word -> word.matches("[a-z]+"));
  }

  @Test
  void hasWordsOfEveryKind() {
    assertThat(WordList.read()).containsOnlyKeys(WordKind.values());
    assertThat(WordList.read().values()).allMatch(words -> words.size() >= 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-4o", "gpt-4"})
  void everyWordAfterASpaceIsOneToken(String model) {
    TokenCounter counter = TokenCounter.forModel(model);

    assertThat(words()).allMatch(word -> counter.countText(" " + word) == 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-4o", "gpt-4"})
  void topicsAreDifferentPairsOfTwoTokens(String model) {
    TokenCounter counter = TokenCounter.forModel(model);
    Vocabulary vocabulary = new Vocabulary(counter);

    assertThat(vocabulary.topics()).isBetween(200_000L, 1_000_000L);
    assertThat(
            LongStream.range(0, vocabulary.topics()).mapToObj(vocabulary::topic).distinct().count())
        .isEqualTo(vocabulary.topics());
    assertThat(counter.countText(vocabulary.topic(vocabulary.topics() - 1))).isEqualTo(2);
  }
}
