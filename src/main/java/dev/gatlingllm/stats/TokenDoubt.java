package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecord.Tokens;
import dev.gatlingllm.record.Outcome;
import java.util.Arrays;
import java.util.Optional;

/**
 * Why the token counts that a provider gave for an answer cannot be right, or make no rate, as its
 * record shows.
 */
public enum TokenDoubt {
  /** Output came, and the provider counted none. */
  NO_TOKENS("zero", "The provider counted no output token, though output came,"),
  /** Less than one token for every other chunk. */
  FEWER_THAN_CHUNKS(
      "fewer-than-chunks", "The provider counted far fewer output tokens than chunks came"),
  /** More reasoning than output, of which it is a part. */
  REASONING_ABOVE_OUTPUT(
      "reasoning-exceeds-output", "The provider counted more reasoning than output tokens"),
  /** A total that is not the sum of its parts. */
  TOTAL_DIFFERS("total-differs", "The provider's total is not the sum of input and output tokens"),
  /** The thousand tokens of an image come in one chunk, however long they took. */
  MEDIA(
      "media",
      "Audio or an image came, whose tokens say nothing of the time between chunks, so there is no"
          + " tok/s and no TPOT,"),
  /** In one chunk, or in chunks that came together: there is no time between its tokens. */
  AT_ONCE(
      "at-once",
      "The whole answer came in one chunk, or in chunks less than 100 µs apart, so there is no tok/s"
          + " and no TPOT,"),
  /** No stream is decoded that fast: most of them came with the first chunk, or were not sent. */
  TOO_MANY_FOR_THE_TIME(
      "too-many-for-the-time",
      "More output tokens were counted than can come in the time from the first to the last chunk,"
          + " so there is no tok/s and no TPOT,");

  private static final int CHUNKS_PER_TOKEN = 2;

  private final String code;
  private final String sentence;

  TokenDoubt(String code, String sentence) {
    this.code = code;
    this.sentence = sentence;
  }

  /** The word in machine-readable output. */
  public String code() {
    return code;
  }

  /**
   * The beginning of a sentence that goes on with the calls, for a reader.
   *
   * @param code one that has no constant here is named
   */
  public static String sentence(String code) {
    return Arrays.stream(values())
        .filter(doubt -> doubt.code.equals(code))
        .map(doubt -> doubt.sentence)
        .findFirst()
        .orElse("The token counts contradict each other (" + code + ")");
  }

  /** Whether tokens of audio or an image are among those of a stream. */
  static boolean isOfMedia(CallRecord call) {
    return call.tokens().doubt().equals(MEDIA.code);
  }

  /** The doubt in the counts of a succeeded call; empty if there is none. */
  static Optional<String> of(CallRecord call) {
    return call.outcome() == Outcome.SUCCEEDED && !call.tokens().doubt().isEmpty()
        ? Optional.of(call.tokens().doubt())
        : derived(call).map(TokenDoubt::code);
  }

  /**
   * What the record of a run of an earlier version shows as well; of estimated counts, the time.
   */
  private static Optional<TokenDoubt> derived(CallRecord call) {
    Tokens tokens = call.tokens();
    if (call.outcome() != Outcome.SUCCEEDED || tokens.output().isEmpty()) {
      return Optional.empty();
    }
    return tokens.estimated() ? tooFast(call) : ofCounts(call);
  }

  private static Optional<TokenDoubt> tooFast(CallRecord call) {
    if (BufferedStream.is(call)) {
      return Optional.empty();
    }
    if (CallArithmetic.cameAtOnce(call)) {
      return Optional.of(AT_ONCE);
    }
    return CallArithmetic.isTooFast(call) ? Optional.of(TOO_MANY_FOR_THE_TIME) : Optional.empty();
  }

  private static Optional<TokenDoubt> ofCounts(CallRecord call) {
    Tokens tokens = call.tokens();
    long output = tokens.output().getAsLong();
    if (output == 0 && call.chunks() > 0) {
      return Optional.of(NO_TOKENS);
    }
    if (CHUNKS_PER_TOKEN * output < call.chunks()) {
      return Optional.of(FEWER_THAN_CHUNKS);
    }
    if (tokens.reasoning().orElse(0) > output) {
      return Optional.of(REASONING_ABOVE_OUTPUT);
    }
    return tooFast(call);
  }
}
