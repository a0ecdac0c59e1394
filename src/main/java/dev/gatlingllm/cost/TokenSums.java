package dev.gatlingllm.cost;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecord.Tokens;
import dev.gatlingllm.record.Outcome;

/**
 * The tokens of billed calls, each counted once: whole numbers, so their sum is the same in every
 * order. Confined to one thread.
 */
final class TokenSums {

  private long calls;
  private long input;
  private long cachedInput;
  private long cacheWrite;
  private long output;
  private long reasoning;
  private boolean tellsOfCache;

  /** A provider bills what it answered, also if the answer was cut or did not pass a check. */
  static boolean billed(CallRecord call) {
    return call.outcome() == Outcome.SUCCEEDED
        || call.tokens().input().isPresent()
        || call.tokens().output().isPresent();
  }

  void add(CallRecord call) {
    Tokens tokens = call.tokens();
    long cached = tokens.cachedInput().orElse(0);
    long written = tokens.cacheWrite().orElse(0);
    long thought = tokens.reasoning().orElse(0);
    tellsOfCache |= tokens.cachedInput().isPresent() || tokens.cacheWrite().isPresent();
    calls++;
    cachedInput += cached;
    cacheWrite += written;
    reasoning += thought;
    input += Math.max(0, tokens.input().orElse(0) - cached - written);
    output += Math.max(0, tokens.output().orElse(0) - thought);
  }

  long calls() {
    return calls;
  }

  long input() {
    return input;
  }

  long cachedInput() {
    return cachedInput;
  }

  long cacheWrite() {
    return cacheWrite;
  }

  long output() {
    return output;
  }

  long reasoning() {
    return reasoning;
  }

  /** Whether any call said how many tokens went through a prompt cache, be it none. */
  boolean tellsOfCache() {
    return tellsOfCache;
  }
}
