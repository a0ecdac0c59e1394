package dev.gatlingllm.size;

import dev.gatlingllm.input.InputException;
import dev.gatlingllm.text.Figures;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * System prompts before the prompts of calls, of which a prompt cache can know those that calls
 * share.
 *
 * @param tokens size of each; 0 for none
 * @param variants how many different ones are shared
 * @param share of the calls that begin with one of these, from 0 to 1; every other one has a system
 *     prompt of its own
 */
public record SharedPrefix(int tokens, int variants, double share) {

  /** Calls begin with their own prompts. */
  public static final SharedPrefix NONE = new SharedPrefix(0, 1, 1);

  /** Room for the fixed parts of a message. */
  private static final int LEAST = 16;

  /** Rejects a size that has no room for words. */
  public SharedPrefix {
    if (tokens != 0 && tokens < LEAST) {
      throw new InputException("tokens must be 0 or at least " + LEAST + ", was " + tokens);
    }
  }

  CallSize.Prefix draw(SplittableRandom random) {
    if (tokens == 0) {
      return CallSize.Prefix.NONE;
    }
    boolean shared = random.nextDouble() < share;
    int variant = random.nextInt(variants);
    return new CallSize.Prefix(tokens, shared ? OptionalInt.of(variant) : OptionalInt.empty());
  }

  /** Such as {@code , after a system prompt of 2,000 tokens (80 % of the calls share 4)}. */
  String words() {
    return tokens == 0
        ? ""
        : ", after a system prompt of "
            + Figures.count(tokens)
            + " tokens ("
            + Figures.number(100 * share)
            + " % of the calls share "
            + Figures.count(variants)
            + ")";
  }
}
