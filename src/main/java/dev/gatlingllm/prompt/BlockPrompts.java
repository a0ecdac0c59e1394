package dev.gatlingllm.prompt;

import dev.gatlingllm.input.TraceFile;
import dev.gatlingllm.provider.Message;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * Builds prompts out of the blocks of a trace, so that prompts that begin with the same blocks
 * begin with the same text: what a prompt cache saw in the trace, it sees again. The size is exact
 * to the token, as that of {@link PromptBuilder}.
 *
 * <p>A block is words in no order; the instruction to answer at some length follows where the last
 * block, which is rarely full, has room for it. Safe for use by many threads.
 */
public final class BlockPrompts {

  private final TokenCounter counter;
  private final Vocabulary vocabulary;
  private final long seed;
  private final int frameTokens;

  /**
   * Blocks of a seed.
   *
   * @param seed the text of each block depends on it: another seed for each run keeps a prompt
   *     cache from knowing the blocks of the run before
   */
  public BlockPrompts(TokenCounter counter, long seed) {
    this.counter = counter;
    this.vocabulary = new Vocabulary(counter);
    this.seed = seed;
    this.frameTokens = counter.countMessages(List.of(Message.user("")));
  }

  /**
   * A prompt of a row's size, or of the smallest possible if that is greater.
   *
   * @param unique number of the prompt, for what the row has no block for
   */
  public List<Message> prompt(TraceFile.Row row, long unique) {
    int tokens = Math.max(1, row.contextTokens() - frameTokens);
    String instruction = "." + PromptBuilder.instruction(OptionalInt.of(row.generatedTokens()));
    int instructionTokens = counter.countText(instruction);
    int blockTokens = row.blockTokens();
    int lastBlock = (tokens - 1) % blockTokens + 1;
    boolean room = lastBlock > instructionTokens;
    int words = room ? tokens - instructionTokens : tokens;
    StringBuilder text = new StringBuilder(words * 7);
    for (int from = 0; from < words; from += blockTokens) {
      int index = from / blockTokens;
      long block = index < row.blocks().size() ? row.blocks().get(index) : ~unique;
      append(text, block, Math.min(blockTokens, words - from));
    }
    return List.of(Message.user(room ? text.append(instruction).toString() : text.toString()));
  }

  private void append(StringBuilder text, long block, int words) {
    SplittableRandom random = new SplittableRandom(PromptBuilder.mixed(seed, block));
    for (int i = 0; i < words; i++) {
      text.append(' ').append(vocabulary.word(WordKind.NOUN, random));
    }
  }
}
