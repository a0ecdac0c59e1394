package dev.gatlingllm.prompt;

import dev.gatlingllm.provider.Message;
import dev.gatlingllm.text.Figures;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Prompts cut from a text, each from another place, followed by an instruction to answer at some
 * length. The size is what {@link TokenCounter#countMessages} counts. A piece is looked for until
 * it has exactly that size, up to {@value #MOST_TRIES} times; texts in words need one or two tries.
 * Of a text where none fits, the nearest is taken.
 *
 * <p>Prompt {@code i} of a seed is always cut from the same place. Safe for use by many threads.
 */
public final class SourcePrompts implements PromptSource {

  private static final int MOST_TRIES = 20;

  /** No provider's prompt cache takes note of a prompt as small as this. */
  private static final int FEWEST_TOKENS_WITH_PREFIX = 40;

  private final SourceText text;
  private final TokenCounter counter;
  private final long seed;
  private final OptionalLong runNonce;
  private final Map<String, Integer> sizes = new ConcurrentHashMap<>();

  private SourcePrompts(SourceText text, TokenCounter counter, long seed, OptionalLong runNonce) {
    this.text = text;
    this.counter = counter;
    this.seed = seed;
    this.runNonce = runNonce;
  }

  /** Prompts that are the same in every run of the same seed. */
  public SourcePrompts(SourceText text, TokenCounter counter, long seed) {
    this(text, counter, seed, OptionalLong.empty());
  }

  /**
   * The same prompts, each of 40 tokens and more with digits at the very start that no other run
   * has; they count towards the size.
   *
   * @param newRunNonce a number that differs from run to run
   */
  public SourcePrompts preventingCaching(long newRunNonce) {
    return new SourcePrompts(text, counter, seed, OptionalLong.of(newRunNonce));
  }

  @Override
  public List<Message> prompt(long index, int contextTokens, OptionalInt maxTokens) {
    String instruction = PromptBuilder.instruction(maxTokens);
    int smallest = smallestContext(maxTokens);
    if (contextTokens < smallest) {
      throw new IllegalArgumentException(
          Figures.fill(
              "contextTokens must be >= %d for this prompt, was %d", smallest, contextTokens));
    }
    boolean marked = runNonce.isPresent() && contextTokens >= FEWEST_TOKENS_WITH_PREFIX + smallest;
    String prefix = marked ? prefix(index) : "";
    int length = contextTokens - fixedTokens(marked ? 6 : 0, instruction);
    SplittableRandom random = new SplittableRandom(PromptBuilder.mixed(seed, index));
    return nearest(random, contextTokens, length, prefix, instruction);
  }

  private List<Message> nearest(
      SplittableRandom random, int wanted, int length, String prefix, String instruction) {
    List<Message> best = List.of();
    int least = Integer.MAX_VALUE;
    int next = length;
    for (int tries = 0; tries < MOST_TRIES && least > 0; tries++) {
      int place = text.placeFor(random.nextInt(text.size()), next);
      List<Message> candidate =
          List.of(Message.user(prefix + text.piece(place, next) + instruction));
      int missing = wanted - counter.countMessages(candidate);
      if (Math.abs(missing) < least) {
        least = Math.abs(missing);
        best = candidate;
      }
      next = Math.max(1, length + (tries % 2 == 0 ? missing : 0));
    }
    return best;
  }

  @Override
  public int smallestContext(OptionalInt maxTokens) {
    return fixedTokens(0, PromptBuilder.instruction(maxTokens)) + 1;
  }

  private int fixedTokens(int prefixTokens, String instruction) {
    return prefixTokens
        + sizes.computeIfAbsent(
            instruction, fixed -> counter.countMessages(List.of(Message.user(fixed.strip()))));
  }

  /** Digits in groups of three, as the encodings split numbers: six tokens, whatever the digits. */
  private String prefix(long index) {
    long mixed = PromptBuilder.mixed(PromptBuilder.mixed(seed, runNonce.getAsLong()), index);
    return Figures.fill("%015d.\n\n", Math.floorMod(mixed, PromptBuilder.PREFIXES));
  }
}
