package dev.gatlingllm.prompt;

import dev.gatlingllm.input.InputException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The words that texts are put together from, reduced to those that are exactly one token in the
 * counter's encoding. The encodings split a text before every space and after every full stop with
 * its line ends, and only then look for tokens, so the size of a text made of these words is known
 * without counting it. Immutable.
 */
final class Vocabulary {

  private final Map<WordKind, List<String>> words = new EnumMap<>(WordKind.class);
  private final List<String> openers;
  private final List<String> starters;
  private final String paragraph;

  /** Keeps the words that are one token each for this counter. */
  Vocabulary(Tokenizer counter) {
    Map<WordKind, List<String>> all = WordList.read();
    all.forEach((kind, list) -> words.put(kind, counter.singleTokens(" ", list)));
    openers = counter.singleTokens("", capitalised(all.get(WordKind.NOUN)));
    List<String> everywhere = counter.singleTokens("", capitalised(all.get(WordKind.DETERMINER)));
    boolean joined =
        counter.countText("It is so.\n\nIt is so.") == counter.countText("It is so. It is so.");
    starters = counter.singleTokens(" ", everywhere);
    paragraph = joined ? "\n\n" : " ";
    if (openers.isEmpty()
        || starters.isEmpty()
        || words.values().stream().anyMatch(List::isEmpty)) {
      throw new InputException(
          "the tokenizer must know common English words as one token each, to build prompts of an"
              + " exact size");
    }
  }

  private static List<String> capitalised(List<String> list) {
    return list.stream().map(Vocabulary::capitalised).toList();
  }

  /** What stands between two paragraphs, so that it adds no token. */
  String paragraph() {
    return paragraph;
  }

  private static String capitalised(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /** A word of this kind: one token when a space precedes it. */
  String word(WordKind kind, RandomGenerator random) {
    return any(words.get(kind), random);
  }

  /** A capitalised word to begin a sentence with: one token with and without a space before it. */
  String starter(RandomGenerator random) {
    return any(starters, random);
  }

  private static String any(List<String> list, RandomGenerator random) {
    return list.get(random.nextInt(list.size()));
  }

  /** How many different topics there are. */
  long topics() {
    return (long) openers.size() * words.get(WordKind.NOUN).size();
  }

  /** Two words, two tokens at the start of a line, another pair for each number from 0. */
  String topic(long number) {
    List<String> nouns = words.get(WordKind.NOUN);
    int opener = (int) (number % openers.size());
    int noun = (int) (number / openers.size());
    return openers.get(opener) + " " + nouns.get(noun);
  }
}
