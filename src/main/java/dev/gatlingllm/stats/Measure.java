package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.EnumSet;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * Everything that is measured of a call, with the definition that reports print beside the number.
 * All but the schedule delay and the utilisation are taken from succeeded calls alone: how long a
 * call took that failed says nothing about how long an answer takes.
 *
 * <p>Of calls that the client was to cancel there are counts of tokens and chunks, but neither
 * latencies nor rates: only the fast ones among them end before they are cancelled. Which calls
 * these are is drawn before they are sent, so the others are a fair sample of all. The time to the
 * first token of those that were to wait for it is known whether they are cancelled or not, and
 * counts.
 */
public enum Measure {
  TTFT(
      "ttftMillis",
      "TTFT",
      "ms",
      Direction.LOW_IS_GOOD,
      "Time to first token: from the actual start to the first chunk with any model output"
          + " (content, reasoning, a tool call from its name on, media).",
      call -> CallArithmetic.sinceStart(call, call.times().firstOutput())),
  TTFVT(
      "ttfvtMillis",
      "TTFVT",
      "ms",
      Direction.LOW_IS_GOOD,
      "Time to first visible token: from the actual start to the first chunk that is not"
          + " reasoning.",
      call -> CallArithmetic.sinceStart(call, call.times().firstVisible())),
  TTLT(
      "ttltMillis",
      "TTLT",
      "ms",
      Direction.LOW_IS_GOOD,
      "Time to last token: from the actual start to the last chunk with model output.",
      call -> CallArithmetic.sinceStart(call, call.times().lastOutput())),
  E2E(
      "e2eMillis",
      "e2e",
      "ms",
      Direction.LOW_IS_GOOD,
      "End to end: from the actual start until the stream is complete, usage and terminator read.",
      CallArithmetic::e2eMillis),
  TPOT(
      "tpotMillis",
      "TPOT",
      "ms",
      Direction.LOW_IS_GOOD,
      "Time per output token: (last chunk − first chunk) / (n − f), n the output tokens streamed"
          + " and f those of the first chunk: 1, or, of 1.5 tokens a chunk or more, the share of n"
          + " that its text is of the whole. Reasoning that was not streamed, or of which just a"
          + " summary was, is not in n, and the window then begins with the visible output."
          + " Undefined for n < 2, for an answer that came at once, and for a stream that was"
          + " buffered on its way.",
      CallArithmetic::tpotMillis),
  TOKENS_PER_SECOND(
      "tokensPerSecond",
      "tokens/s",
      "tok/s",
      Direction.HIGH_IS_GOOD,
      "Decode rate of one call, 1 / TPOT: the wait for the first token is not in it.",
      CallArithmetic::decodeRate),
  TOKENS_PER_SECOND_E2E(
      "tokensPerSecondE2e",
      "tokens/s (e2e)",
      "tok/s",
      Direction.HIGH_IS_GOOD,
      "Output tokens / e2e of one call: the wait for the first token is in it.",
      CallArithmetic::e2eRate),
  INTER_CHUNK(
      "interChunkMillis",
      "inter-chunk latency",
      "ms",
      Direction.LOW_IS_GOOD,
      "Each time between two consecutive chunks, of all calls together but those whose stream was"
          + " buffered on its way; n counts these times. They are recorded to three digits, within"
          + " 0.5 %; the maximum is exact.",
      call -> OptionalDouble.empty()),
  MAX_INTER_CHUNK(
      "maxInterChunkMillis",
      "max inter-chunk latency",
      "ms",
      Direction.LOW_IS_GOOD,
      "The longest time between two consecutive chunks of one call.",
      CallArithmetic::maxInterChunkMillis),
  TTFB(
      "ttfbMillis",
      "TTFB",
      "ms",
      Direction.LOW_IS_GOOD,
      "Time to first byte: from the actual start to the first byte of the response.",
      call -> CallArithmetic.sinceStart(call, call.times().head())),
  TTFT_FROM_ARRIVAL(
      "ttftFromArrivalMillis",
      "TTFT (user)",
      "ms",
      Direction.LOW_IS_GOOD,
      "TTFT counted from the instant at which the call was meant to start: a late start is in it. A"
          + " call that was dropped, held back or timed out, or was in flight at the end, ranks"
          + " above all that succeeded; a percentile that falls among them is > x.",
      call -> CallArithmetic.sinceArrival(call, call.times().firstOutput())),
  E2E_FROM_ARRIVAL(
      "e2eFromArrivalMillis",
      "e2e (user)",
      "ms",
      Direction.LOW_IS_GOOD,
      "e2e counted from the instant at which the call was meant to start: a late start is in it. A"
          + " call that was dropped, held back or timed out, or was in flight at the end, ranks"
          + " above all that succeeded; a percentile that falls among them is > x.",
      call -> CallArithmetic.sinceArrival(call, OptionalLong.of(call.times().end()))),
  SCHEDULE_DELAY(
      "scheduleDelayMillis",
      "schedule delay",
      "ms",
      Direction.LOW_IS_GOOD,
      "Actual start − the instant at which the call was meant to start, of every started call.",
      call -> CallArithmetic.sinceArrival(call, call.times().start())),
  INPUT_TOKENS(
      "inputTokens",
      "input tokens",
      "tok",
      Direction.NEUTRAL,
      "Input tokens of one call, those read from a prompt cache and written to it included, as the"
          + " provider counts them.",
      call -> CallArithmetic.count(call.tokens().input())),
  CACHED_INPUT_TOKENS(
      "cachedInputTokens",
      "cached input tokens",
      "tok",
      Direction.NEUTRAL,
      "Input tokens of one call that were read from a prompt cache.",
      call -> CallArithmetic.count(call.tokens().cachedInput())),
  CACHE_WRITE_TOKENS(
      "cacheWriteTokens",
      "cache-write tokens",
      "tok",
      Direction.NEUTRAL,
      "Input tokens of one call that were written to a prompt cache.",
      call -> CallArithmetic.count(call.tokens().cacheWrite())),
  OUTPUT_TOKENS(
      "outputTokens",
      "output tokens",
      "tok",
      Direction.NEUTRAL,
      "Output tokens of one call, reasoning included, as the provider counts them.",
      call -> CallArithmetic.count(call.tokens().output())),
  REASONING_TOKENS(
      "reasoningTokens",
      "reasoning tokens",
      "tok",
      Direction.NEUTRAL,
      "Output tokens of one call that are reasoning.",
      call -> CallArithmetic.count(call.tokens().reasoning())),
  CHUNKS(
      "chunks",
      "chunks",
      "chunks",
      Direction.NEUTRAL,
      "Events of one call that carried model output; one may hold several tokens.",
      call -> OptionalDouble.of(call.chunks())),
  UTILIZATION(
      "utilizationPercent",
      "utilisation",
      "%",
      Direction.NEUTRAL,
      "Utilisation of a provisioned deployment, as any response reported it, refusals included.",
      call -> call.service().utilizationPercent());

  private static final Set<Measure> COUNTS =
      EnumSet.of(
          INPUT_TOKENS,
          CACHED_INPUT_TOKENS,
          CACHE_WRITE_TOKENS,
          OUTPUT_TOKENS,
          REASONING_TOKENS,
          CHUNKS);

  private static final Set<Measure> TO_FIRST_TOKEN = EnumSet.of(TTFB, TTFT, TTFT_FROM_ARRIVAL);

  private final String field;
  private final String label;
  private final String unit;
  private final Direction direction;
  private final String definition;

  // A function without state, though its type cannot say so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Function<CallRecord, OptionalDouble> extractor;

  Measure(
      String field,
      String label,
      String unit,
      Direction direction,
      String definition,
      Function<CallRecord, OptionalDouble> extractor) {
    this.field = field;
    this.label = label;
    this.unit = unit;
    this.direction = direction;
    this.definition = definition;
    this.extractor = extractor;
  }

  /** The name in machine-readable output, with its unit: {@code ttftMillis}. */
  public String field() {
    return field;
  }

  /** The name in print. */
  public String label() {
    return label;
  }

  /** The unit in print. */
  public String unit() {
    return unit;
  }

  /** Which end is the good one. */
  public Direction direction() {
    return direction;
  }

  /** One or two sentences that say what the number means. */
  public String definition() {
    return definition;
  }

  /**
   * The value of one call; absent if it was not measured, or the call does not count for it. Always
   * absent for {@link #INTER_CHUNK}, of which a call has many.
   */
  public OptionalDouble of(CallRecord call) {
    boolean ofEvery = this == SCHEDULE_DELAY || this == UTILIZATION;
    boolean counts = ofEvery ? call.outcome().started() : countsOfEnd(call);
    return counts ? extractor.apply(call) : OptionalDouble.empty();
  }

  /**
   * Whether the times between the chunks of a call are values of {@link #INTER_CHUNK}: it
   * succeeded, was not to be cancelled and was not buffered on its way.
   */
  public static boolean countsInterChunks(CallRecord call) {
    return call.outcome() == Outcome.SUCCEEDED
        && !call.cancel().cancels()
        && !BufferedStream.is(call);
  }

  private boolean countsOfEnd(CallRecord call) {
    boolean succeeded = call.outcome() == Outcome.SUCCEEDED;
    if (!call.cancel().cancels() || COUNTS.contains(this)) {
      return succeeded;
    }
    boolean knownAnyway = call.cancel().waitsForFirstToken() && TO_FIRST_TOKEN.contains(this);
    return knownAnyway && (succeeded || call.outcome() == Outcome.CANCELLED);
  }
}
