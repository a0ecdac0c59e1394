package dev.gatlingllm.simulator;

import java.util.concurrent.atomic.LongAdder;

/** What was done for calls since the start, as a server counts and tells it. Thread-safe. */
final class ServedTally {

  private final LongAdder calls = new LongAdder();
  private final LongAdder waitedNanos = new LongAdder();
  private final LongAdder promptTokens = new LongAdder();
  private final LongAdder cachedTokens = new LongAdder();
  private final LongAdder madeTokens = new LongAdder();

  /** A call has begun to be served, after so long in the queue. */
  void begun(long queueNanos) {
    waitedNanos.add(queueNanos);
    calls.increment();
  }

  void prompt(int tokens, int cached) {
    promptTokens.add(tokens);
    cachedTokens.add(cached);
  }

  void made(int tokens) {
    madeTokens.add(tokens);
  }

  double calls() {
    return (double) calls.sum();
  }

  double waitedSeconds() {
    return waitedNanos.sum() / 1e9;
  }

  double promptTokens() {
    return (double) promptTokens.sum();
  }

  double cachedTokens() {
    return (double) cachedTokens.sum();
  }

  double madeTokens() {
    return (double) madeTokens.sum();
  }
}
