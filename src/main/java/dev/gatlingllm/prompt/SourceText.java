package dev.gatlingllm.prompt;

import com.knuddels.jtokkit.api.IntArrayList;
import dev.gatlingllm.input.InputException;
import dev.gatlingllm.input.InputLines;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A text as a ring of tokens, to cut pieces from. White space of any length becomes one blank, so
 * that a piece that begins and ends between words has as many tokens as were cut.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class SourceText {

  /** With fewer, prompts from different places would hardly differ. */
  static final int FEWEST_TOKENS = 100;

  private final TokenCounter counter;
  private final IntArrayList tokens;
  private final BitSet beginnings;

  private SourceText(TokenCounter counter, IntArrayList tokens) {
    this.counter = counter;
    this.tokens = tokens;
    this.beginnings = beginnings(counter, tokens);
  }

  /**
   * Reads a text file in UTF-8.
   *
   * @throws InputException if the file is absent, is not UTF-8 or holds fewer than 100 tokens
   */
  public static SourceText read(Path file, TokenCounter counter) {
    StringJoiner text = new StringJoiner(" ");
    try (InputLines lines = InputLines.open(file)) {
      for (Optional<InputLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
        text.add(line.get().text());
      }
    }
    return of(text.toString(), file.toString(), counter);
  }

  /**
   * The text itself.
   *
   * @param name what to call it in messages
   * @throws InputException if it holds fewer than 100 tokens
   */
  public static SourceText of(String text, String name, TokenCounter counter) {
    IntArrayList tokens = counter.encode(" " + text.strip().replaceAll("\\s+", " "));
    if (tokens.size() < FEWEST_TOKENS) {
      throw InputException.of(
          name, "text", "at least " + FEWEST_TOKENS + " tokens long", tokens.size() + " tokens");
    }
    return new SourceText(counter, tokens);
  }

  /** Where words begin; in a script without blanks, where characters do. */
  private static BitSet beginnings(TokenCounter counter, IntArrayList tokens) {
    BitSet words = new BitSet(tokens.size());
    BitSet characters = new BitSet(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      byte first = counter.bytesOf(tokens.get(i))[0];
      words.set(i, first == ' ');
      characters.set(i, (first & 0xC0) != 0x80);
    }
    return words.cardinality() * 4 >= tokens.size() ? words : characters;
  }

  /** How many tokens the text has. */
  int size() {
    return tokens.size();
  }

  /**
   * The first place at or after {@code from}, round the ring, from which a piece of this length
   * both begins and ends between words; {@code from} itself if there is none.
   */
  int placeFor(int from, int length) {
    for (int i = 0; i < size(); i++) {
      int place = (from + i) % size();
      if (beginnings.get(place) && beginnings.get((place + length) % size())) {
        return place;
      }
    }
    return from;
  }

  /** A piece of this many tokens, which may go round the ring more than once. */
  String piece(int place, int length) {
    IntArrayList piece = new IntArrayList(length);
    for (int i = 0; i < length; i++) {
      piece.add(tokens.get((place + i) % size()));
    }
    return counter.decode(piece).strip();
  }
}
