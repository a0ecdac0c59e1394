package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecord.InterChunks;
import dev.gatlingllm.record.CallRecord.Times;
import dev.gatlingllm.record.CallRecord.Tokens;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Turns the instants and counts of one call into the values of a {@link Measure}. */
final class CallArithmetic {

  /** Fewer tokens than this to a chunk are one each, and some that brought no chunk. */
  private static final double SEVERAL_TOKENS = 1.5;

  private CallArithmetic() {}

  static OptionalDouble e2eMillis(CallRecord call) {
    return sinceStart(call, OptionalLong.of(call.times().end()));
  }

  static OptionalDouble tpotMillis(CallRecord call) {
    OptionalDouble millis = windowMillisPerToken(call);
    return isTooFast(millis) || cameAtOnce(call) || BufferedStream.is(call)
        ? OptionalDouble.empty()
        : millis;
  }

  /** Whether the counted tokens are more than can be decoded between the first and last chunk. */
  static boolean isTooFast(CallRecord call) {
    return isTooFast(windowMillisPerToken(call));
  }

  private static boolean isTooFast(OptionalDouble millisPerToken) {
    return millisPerToken.isPresent()
        && millisPerToken.getAsDouble() < 1e3 / BufferedStream.MOST_TOKENS_PER_SECOND;
  }

  private static OptionalDouble windowMillisPerToken(CallRecord call) {
    Times times = call.times();
    long hidden = hiddenReasoning(call.tokens(), times);
    double tokens = tokensInWindow(call) - tokensOfFirstChunk(call);
    // Of hidden reasoning a summary may have come, whose chunks stand for none of these tokens.
    OptionalLong first = hidden > 0 ? times.firstVisible() : times.firstOutput();
    if (TokenDoubt.isOfMedia(call)
        || tokensInWindow(call) < 2
        || tokens <= 0
        || first.isEmpty()
        || times.lastOutput().isEmpty()) {
      return OptionalDouble.empty();
    }
    long window = times.lastOutput().getAsLong() - first.getAsLong();
    // An answer in a single chunk has no decode time: a rate would be infinite.
    return window > 0 ? OptionalDouble.of(window / 1e6 / tokens) : OptionalDouble.empty();
  }

  /**
   * The tokens that were there when the window began, so that none of its time is theirs: one, or,
   * where chunks hold several tokens, those of the first by its share of the text. A record without
   * that share is taken to have chunks of equal size.
   */
  private static double tokensOfFirstChunk(CallRecord call) {
    long tokens = tokensInWindow(call);
    if (call.chunks() == 0 || tokens < SEVERAL_TOKENS * call.chunks()) {
      return 1;
    }
    OptionalLong known = call.tokens().firstChunk();
    return known.isPresent() ? (double) known.getAsLong() : (double) tokens / call.chunks();
  }

  /** Whether a stream of several tokens came at once, so that its decoding took no time to see. */
  static boolean cameAtOnce(CallRecord call) {
    Times times = call.times();
    if (!call.streaming()
        || call.chunks() == 0
        || tokensInWindow(call) < 2
        || times.firstOutput().isEmpty()
        || times.lastOutput().isEmpty()) {
      return false;
    }
    long window = times.lastOutput().getAsLong() - times.firstOutput().getAsLong();
    return window <= 1000 * InterChunks.TOGETHER_MICROS * (call.chunks() - 1L);
  }

  /** The output tokens that were streamed; 0 if none were counted. */
  static long tokensInWindow(CallRecord call) {
    return call.tokens().output().orElse(0)
        - hiddenReasoning(call.tokens(), call.times())
        - call.tokens().rejected().orElse(0);
  }

  /** Of a buffered stream the collector's pauses are no pauses of the service. */
  static OptionalDouble maxInterChunkMillis(CallRecord call) {
    return BufferedStream.is(call)
        ? OptionalDouble.empty()
        : millis(call.interChunks().longestNanos());
  }

  /** A run of an earlier version does not say: there, output before the visible one tells. */
  private static long hiddenReasoning(Tokens tokens, Times times) {
    boolean nothingBefore = times.firstOutput().equals(times.firstVisible());
    return tokens.hiddenReasoning().orElse(nothingBefore ? tokens.reasoning().orElse(0) : 0);
  }

  static OptionalDouble e2eRate(CallRecord call) {
    OptionalDouble millis = e2eMillis(call);
    return call.tokens().output().isPresent() && millis.isPresent() && millis.getAsDouble() > 0
        ? OptionalDouble.of(call.tokens().output().getAsLong() / millis.getAsDouble() * 1e3)
        : OptionalDouble.empty();
  }

  /** Absent without an output token: a call of none has no time for each. */
  static OptionalDouble e2eMillisPerToken(CallRecord call) {
    OptionalDouble millis = e2eMillis(call);
    return call.tokens().output().orElse(0) > 0 && millis.isPresent()
        ? OptionalDouble.of(millis.getAsDouble() / call.tokens().output().getAsLong())
        : OptionalDouble.empty();
  }

  static OptionalDouble decodeRate(CallRecord call) {
    OptionalDouble millisPerToken = tpotMillis(call);
    return millisPerToken.isPresent()
        ? OptionalDouble.of(1e3 / millisPerToken.getAsDouble())
        : OptionalDouble.empty();
  }

  static OptionalDouble sinceStart(CallRecord call, OptionalLong instant) {
    OptionalLong start = call.times().start();
    return start.isPresent() && instant.isPresent()
        ? OptionalDouble.of((instant.getAsLong() - start.getAsLong()) / 1e6)
        : OptionalDouble.empty();
  }

  static OptionalDouble sinceArrival(CallRecord call, OptionalLong instant) {
    return instant.isPresent()
        ? OptionalDouble.of((instant.getAsLong() - call.times().arrival()) / 1e6)
        : OptionalDouble.empty();
  }

  static OptionalDouble millis(OptionalLong nanos) {
    return nanos.isPresent() ? OptionalDouble.of(nanos.getAsLong() / 1e6) : OptionalDouble.empty();
  }

  static OptionalDouble count(OptionalLong tokens) {
    return tokens.isPresent()
        ? OptionalDouble.of((double) tokens.getAsLong())
        : OptionalDouble.empty();
  }
}
