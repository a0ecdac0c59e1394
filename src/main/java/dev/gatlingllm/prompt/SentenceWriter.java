package dev.gatlingllm.prompt;

import static dev.gatlingllm.prompt.WordKind.ADJECTIVE;
import static dev.gatlingllm.prompt.WordKind.ADVERB;
import static dev.gatlingllm.prompt.WordKind.CONJUNCTION;
import static dev.gatlingllm.prompt.WordKind.DETERMINER;
import static dev.gatlingllm.prompt.WordKind.NOUN;
import static dev.gatlingllm.prompt.WordKind.PREPOSITION;
import static dev.gatlingllm.prompt.WordKind.VERB;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Appends a text of an exact number of tokens: a topic of two words, then sentences of varying
 * length in paragraphs. Every word, comma and full stop is one token; spaces and line ends belong
 * to the token beside them. Confined to one thread.
 */
record SentenceWriter(Vocabulary vocabulary, RandomGenerator random, StringBuilder text) {

  /** A topic and its full stop. */
  static final int SMALLEST_TOKENS = 3;

  private static final int SHORTEST_SENTENCE = 5;
  private static final int SENTENCE_LENGTHS = 16;
  private static final int SENTENCES_PER_PARAGRAPH = 6;
  private static final int SHORTEST_CLAUSE = 4;

  /** The order of words; adjectives and adverbs are left out half of the time. */
  private static final List<WordKind> CLAUSE =
      List.of(
          DETERMINER,
          ADJECTIVE,
          NOUN,
          ADVERB,
          VERB,
          DETERMINER,
          ADJECTIVE,
          NOUN,
          PREPOSITION,
          DETERMINER,
          ADJECTIVE,
          NOUN,
          CONJUNCTION);

  /** Appends {@code tokens} tokens, at least {@link #SMALLEST_TOKENS}, the last a full stop. */
  void write(long topic, int tokens) {
    boolean tooFewForSentences = tokens < SMALLEST_TOKENS + SHORTEST_SENTENCE;
    int titleTokens = tooFewForSentences ? tokens : SMALLEST_TOKENS;
    writeTitle(topic, titleTokens);
    int left = tokens - titleTokens;
    while (left > 0) {
      int length = sentenceLength(left);
      writeSentence(length);
      left -= length;
    }
  }

  private void writeTitle(long topic, int tokens) {
    text.append(vocabulary.topic(topic));
    for (int left = tokens - SMALLEST_TOKENS; left > 0; left--) {
      writeWord(NOUN);
    }
    text.append('.');
  }

  private int sentenceLength(int left) {
    int length = SHORTEST_SENTENCE + random.nextInt(SENTENCE_LENGTHS);
    return left - length < SHORTEST_SENTENCE ? left : length;
  }

  private void writeSentence(int tokens) {
    boolean newParagraph = random.nextInt(SENTENCES_PER_PARAGRAPH) == 0;
    text.append(newParagraph ? vocabulary.paragraph() : " ").append(vocabulary.starter(random));
    int position = CLAUSE.indexOf(DETERMINER);
    for (int left = tokens - 2; left > 0; left--) {
      position = nextPosition(position);
      WordKind kind = CLAUSE.get(position);
      if (kind == CONJUNCTION && left > SHORTEST_CLAUSE) {
        text.append(',');
        left--;
      }
      writeWord(left > 1 || kind == VERB ? kind : NOUN);
    }
    text.append('.');
  }

  private int nextPosition(int position) {
    int next = (position + 1) % CLAUSE.size();
    WordKind kind = CLAUSE.get(next);
    boolean optional = kind == ADJECTIVE || kind == ADVERB;
    return optional && random.nextBoolean() ? next + 1 : next;
  }

  private void writeWord(WordKind kind) {
    text.append(' ').append(vocabulary.word(kind, random));
  }
}
