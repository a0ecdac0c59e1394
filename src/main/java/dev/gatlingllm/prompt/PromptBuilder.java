package dev.gatlingllm.prompt;

import dev.gatlingllm.input.InputException;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.text.Figures;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Builds prompts of an exact size: what {@link TokenCounter#countMessages} counts is what was asked
 * for, to the token. A prompt is one user message of made-up sentences, followed by an instruction
 * to answer at some length.
 *
 * <p>Prompt {@code i} of a seed is always the same, whatever was built before it and on whichever
 * thread. Prompts of different indexes differ from their first word on; only at the smallest sizes,
 * where hardly more than two words fit, do they repeat, after some hundred thousand indexes.
 *
 * <p>The size is not found by counting but by construction (see {@link Vocabulary}), because the
 * load generator pays for it: building 50,000 tokens took 4 to 5 ms on two busy cores, counting
 * them 60 to 90 ms.
 *
 * <p>Safe for use by many threads.
 */
public final class PromptBuilder implements PromptSource {

  private static final long TOPIC_STRIDE = 1_000_003;
  private static final int MEASURED = 500;
  private static final int MOST_MEASURED = 100_000_000;
  static final long PREFIXES = 1_000_000_000_000_000L;

  private final Tokenizer counter;
  private final Vocabulary vocabulary;
  private final long seed;
  private final OptionalLong runNonce;
  private final Map<OptionalInt, Integer> smallestContexts = new ConcurrentHashMap<>();

  private PromptBuilder(
      Tokenizer counter, Vocabulary vocabulary, long seed, OptionalLong runNonce) {
    this.counter = counter;
    this.vocabulary = vocabulary;
    this.seed = seed;
    this.runNonce = runNonce;
  }

  /** Prompts that are the same in every run of the same seed, so a prompt cache may know them. */
  public PromptBuilder(Tokenizer counter, long seed) {
    this(counter, new Vocabulary(counter), seed, OptionalLong.empty());
  }

  /** System prompts of the same words. */
  public SystemPrompts systemPrompts(long newSeed) {
    return new SystemPrompts(counter, vocabulary, newSeed);
  }

  /**
   * Asks a counter that takes long all that it will be asked, so that building prompts asks nothing
   * any more: an instruction of as many digits is taken to be as long.
   *
   * @throws InputException if a prompt of some sizes is not what the counter says, within 1 % or 2
   *     tokens
   */
  public PromptBuilder measured() {
    smallestContext(OptionalInt.empty());
    for (int tokens = 5; tokens < MOST_MEASURED; tokens *= 10) {
      smallestContext(OptionalInt.of(tokens));
    }
    for (int tokens : List.of(MEASURED, 8 * MEASURED)) {
      int counted = counter.countMessages(prompt(tokens, tokens, OptionalInt.of(MEASURED)));
      if (Math.abs(counted - tokens) > Math.max(2, tokens / 100)) {
        throw new InputException(
            Figures.fill(
                "a prompt built to %d tokens must be counted within 1 %% of it, was counted as %d",
                tokens, counted));
      }
    }
    return this;
  }

  /**
   * The same prompts, each with digits at the very start that no other run has, so that no prompt
   * cache can know them. The digits count towards the size.
   *
   * @param newRunNonce a number that differs from run to run
   */
  public PromptBuilder preventingCaching(long newRunNonce) {
    return new PromptBuilder(counter, vocabulary, seed, OptionalLong.of(newRunNonce));
  }

  /**
   * A prompt of {@code contextTokens} tokens.
   *
   * @param index number of the prompt, at least 0
   * @param contextTokens size of the messages, at least {@link #smallestContext}
   * @param maxTokens how many tokens the instruction asks for at least, 1 or more; without it there
   *     is no instruction
   * @throws IllegalArgumentException if a number is out of its range
   */
  @Override
  public List<Message> prompt(long index, int contextTokens, OptionalInt maxTokens) {
    int smallest = smallestContext(maxTokens);
    if (contextTokens < smallest) {
      throw new IllegalArgumentException(
          Figures.fill(
              "contextTokens must be >= %d for this prompt, was %d", smallest, contextTokens));
    }
    if (index < 0) {
      throw new IllegalArgumentException("index must be >= 0, was " + index);
    }
    StringBuilder text = new StringBuilder(prefix(index));
    int bodyTokens = contextTokens - smallest + SentenceWriter.SMALLEST_TOKENS;
    SplittableRandom random = new SplittableRandom(mixed(seed, index));
    new SentenceWriter(vocabulary, random, text).write(topic(index), bodyTokens);
    return List.of(Message.user(text.append(instruction(maxTokens)).toString()));
  }

  @Override
  public int smallestContext(OptionalInt maxTokens) {
    return smallestContexts.computeIfAbsent(asLong(maxTokens), this::countSmallest);
  }

  /** A bound of as many digits, where asking for each would take long. */
  private OptionalInt asLong(OptionalInt maxTokens) {
    if (counter instanceof TokenCounter || maxTokens.isEmpty()) {
      return maxTokens;
    }
    int digits = Integer.toString(maxTokens.getAsInt()).length();
    return OptionalInt.of(5 * (int) Math.pow(10, digits - 1));
  }

  private int countSmallest(OptionalInt maxTokens) {
    String fixed = prefix(0) + vocabulary.topic(0) + "." + instruction(maxTokens);
    return counter.countMessages(List.of(Message.user(fixed)));
  }

  /** Digits in groups of three, as the encodings split numbers: six tokens, whatever the digits. */
  private String prefix(long index) {
    if (runNonce.isEmpty()) {
      return "";
    }
    long digits = Math.floorMod(mixed(mixed(seed, runNonce.getAsLong()), index), PREFIXES);
    return Figures.fill("%015d.\n\n", digits);
  }

  /** The line ends join the full stop before them, so they add no token to the instruction. */
  static String instruction(OptionalInt maxTokens) {
    if (maxTokens.isEmpty()) {
      return "";
    }
    if (maxTokens.getAsInt() < 1) {
      throw new IllegalArgumentException("maxTokens must be >= 1, was " + maxTokens.getAsInt());
    }
    return "\n\nWrite a detailed essay about the text above, in at least "
        + maxTokens.getAsInt()
        + " tokens.";
  }

  /** Goes through all topics before one comes back: the stride is a prime beyond their number. */
  private long topic(long index) {
    long topics = vocabulary.topics();
    return Math.floorMod(index % topics * TOPIC_STRIDE + Math.floorMod(seed, topics), topics);
  }

  public static long mixed(long first, long second) {
    return mix64(mix64(first) + second);
  }

  /** Variant 13 of D. Stafford, "Better Bit Mixing", 2011: neighbouring numbers end far apart. */
  private static long mix64(long number) {
    long z = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
