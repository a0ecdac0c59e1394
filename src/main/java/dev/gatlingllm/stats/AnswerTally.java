package dev.gatlingllm.stats;

import dev.gatlingllm.record.BrokenByStall;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecord.Tokens;
import dev.gatlingllm.record.FinishReason;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what is odd about the answers of succeeded calls, and the stalls that ended the others.
 * Confined to one thread.
 */
final class AnswerTally {

  private final Map<String, Long> tokenDoubts = new TreeMap<>();
  private long stalls;
  private long estimatedTokens;
  private long uncountedTokens;
  private long implausibleTokens;
  private long judgedStreams;
  private long bufferedStreams;
  private long blocked;

  /** Adds a succeeded call. */
  void add(CallRecord call) {
    addStream(call);
    addTokens(call.tokens());
    TokenDoubt.of(call).ifPresent(doubt -> tokenDoubts.merge(doubt, 1L, Long::sum));
    blocked += isBlocked(call) ? 1 : 0;
  }

  /** Adds a call that broke off: the stall that ended it, and those before. */
  void addBrokenOff(CallRecord call) {
    stalls += BrokenByStall.is(call) ? 1 + call.interChunks().stalls() : 0;
  }

  void addAll(AnswerTally other) {
    other.tokenDoubts.forEach((doubt, calls) -> tokenDoubts.merge(doubt, calls, Long::sum));
    stalls += other.stalls;
    estimatedTokens += other.estimatedTokens;
    uncountedTokens += other.uncountedTokens;
    implausibleTokens += other.implausibleTokens;
    judgedStreams += other.judgedStreams;
    bufferedStreams += other.bufferedStreams;
    blocked += other.blocked;
  }

  /** Whether a filter of the service withheld the answer or its rest, or the model refused. */
  static boolean isBlocked(CallRecord call) {
    return FinishReason.meaningOf(call.service().finishReason()) == FinishReason.Meaning.BLOCKED;
  }

  private void addStream(CallRecord call) {
    boolean buffered = BufferedStream.is(call);
    judgedStreams += BufferedStream.isJudged(call) ? 1 : 0;
    bufferedStreams += buffered ? 1 : 0;
    stalls += buffered ? 0 : call.interChunks().stalls();
  }

  private void addTokens(Tokens tokens) {
    estimatedTokens += tokens.estimated() ? 1 : 0;
    uncountedTokens += tokens.output().isEmpty() ? 1 : 0;
    implausibleTokens += tokens.implausible() ? 1 : 0;
  }

  /** The counts so far, with two that are of every started call. */
  DataQuality result(long lateEvents, long otherLatencyMode) {
    return new DataQuality(
        stalls,
        lateEvents,
        estimatedTokens,
        uncountedTokens,
        implausibleTokens,
        tokenDoubts,
        new BufferedStreams(bufferedStreams, judgedStreams),
        blocked,
        otherLatencyMode);
  }
}
