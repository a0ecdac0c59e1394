package dev.gatlingllm.provider;

import java.math.BigDecimal;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Token counts as the provider's usage report gives them. A count that was not reported is absent,
 * not zero.
 *
 * @param input all input tokens, those read from a prompt cache and written to it included, whether
 *     or not the provider counts them apart
 * @param cachedInput the part of {@code input} that was read from a prompt cache
 * @param cacheWrite the part of {@code input} that was written to a prompt cache
 * @param output all output tokens, reasoning included
 * @param reasoning the part of {@code output} that is reasoning
 * @param totalDiffers whether the provider reported a total as well, which is not the sum of its
 *     parts
 * @param rejected the part of {@code output} that is the rest of a prediction which came with the
 *     request and did not become part of the answer: counted and paid for, but never sent
 */
public record TokenUsage(
    OptionalLong input,
    OptionalLong cachedInput,
    OptionalLong cacheWrite,
    OptionalLong output,
    OptionalLong reasoning,
    boolean totalDiffers,
    OptionalLong rejected) {

  /**
   * More tokens than one call can have: ten times the largest context window that is sold (ten
   * million tokens, Llama 4 Scout). A greater count is a mistake of the service.
   */
  public static final long MOST_PLAUSIBLE = 100_000_000;

  private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,20}(\\.0+)?");

  /** No count was reported. */
  public static final TokenUsage NONE =
      new TokenUsage(
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty());

  /** Counts without a total that contradicts them, of a call without a prediction. */
  public TokenUsage(
      OptionalLong input,
      OptionalLong cachedInput,
      OptionalLong cacheWrite,
      OptionalLong output,
      OptionalLong reasoning) {
    this(input, cachedInput, cacheWrite, output, reasoning, false, OptionalLong.empty());
  }

  /** Stands for what was reported as a count and cannot be one. */
  public static final long NO_COUNT = Long.MAX_VALUE;

  /** A reported number as a count; {@link #NO_COUNT} if it is negative, broken or fits no long. */
  public static long count(BigDecimal reported) {
    boolean inRange =
        reported.signum() >= 0 && reported.compareTo(BigDecimal.valueOf(NO_COUNT)) <= 0;
    return inRange && (reported.signum() == 0 || reported.stripTrailingZeros().scale() <= 0)
        ? reported.longValue()
        : NO_COUNT;
  }

  /** A count that a gateway reported as a text; absent if the text is no number. */
  public static OptionalLong count(String reported) {
    return WHOLE_NUMBER.matcher(reported).matches()
        ? OptionalLong.of(count(new BigDecimal(reported)))
        : OptionalLong.empty();
  }

  /** Whether a count is greater than {@link #MOST_PLAUSIBLE}, or a part than its whole. */
  public boolean implausible() {
    return tooGreat() || cacheExceedsInput();
  }

  private boolean cacheExceedsInput() {
    return input.isPresent()
        && sum(cachedInput.orElse(0), cacheWrite.orElse(0)) > input.getAsLong();
  }

  private boolean tooGreat() {
    return Stream.of(input, cachedInput, cacheWrite, output, reasoning, rejected)
        .flatMapToLong(OptionalLong::stream)
        .anyMatch(count -> count > MOST_PLAUSIBLE);
  }

  /** These counts without the implausible ones. */
  public TokenUsage plausible() {
    if (!implausible()) {
      return this;
    }
    boolean withCache = !cacheExceedsInput();
    return new TokenUsage(
        plausible(input),
        withCache ? plausible(cachedInput) : OptionalLong.empty(),
        withCache ? plausible(cacheWrite) : OptionalLong.empty(),
        plausible(output),
        plausible(reasoning),
        totalDiffers,
        plausible(rejected));
  }

  /**
   * The counts after a further report of the same call. A count that the later report leaves out,
   * or that has fallen to 0, stays: some services report input and output apart, and some end with
   * a report of zeros.
   */
  public TokenUsage then(TokenUsage later) {
    return new TokenUsage(
        later(input, later.input),
        later(cachedInput, later.cachedInput),
        later(cacheWrite, later.cacheWrite),
        later(output, later.output),
        later(reasoning, later.reasoning),
        later.output.orElse(0) > 0 ? later.totalDiffers : totalDiffers || later.totalDiffers,
        later(rejected, later.rejected));
  }

  private static OptionalLong later(OptionalLong before, OptionalLong now) {
    return now.orElse(0) > 0 || before.isEmpty() ? now : before;
  }

  private static OptionalLong plausible(OptionalLong count) {
    return count.orElse(0) > MOST_PLAUSIBLE ? OptionalLong.empty() : count;
  }

  /** The sum of counts that are not negative; {@code Long.MAX_VALUE} where it would be greater. */
  public static long sum(long... counts) {
    long sum = 0;
    for (long count : counts) {
      sum = sum > Long.MAX_VALUE - count ? Long.MAX_VALUE : sum + count;
    }
    return sum;
  }
}
