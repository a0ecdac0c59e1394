package dev.gatlingllm.simulator;

/**
 * When which chunk of an answer is due.
 *
 * @param dueNanos for each chunk its instant, relative to the start of service, ascending
 * @param tokens for each chunk how many tokens it carries
 * @param reasoningChunks how many chunks, from the first on, carry reasoning
 * @param endNanos when the answer is complete, relative to the start of service: with its last
 *     chunk
 */
@SuppressWarnings("ArrayRecordComponent") // one plan per call, never compared: boxing would cost
record CallPlan(long[] dueNanos, int[] tokens, int reasoningChunks, long endNanos) {

  /** When the prompt has been computed. */
  long firstNanos() {
    return dueNanos.length == 0 ? endNanos : dueNanos[0];
  }

  int chunks() {
    return dueNanos.length;
  }

  boolean reasoning(int chunk) {
    return chunk < reasoningChunks;
  }
}
