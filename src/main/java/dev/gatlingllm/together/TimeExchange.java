package dev.gatlingllm.together;

/**
 * One question to another clock and its answer. Whatever each way took, the question was sent
 * before it was received, and so was the answer: that bounds how far the clocks are apart.
 *
 * @param sentNanos when the question was sent, on the own monotonic clock
 * @param receivedThere when the other had it, nanoseconds since the epoch by its clock
 * @param sentThere when the other sent the answer, likewise
 * @param answeredNanos when the answer was there, on the own monotonic clock
 */
record TimeExchange(long sentNanos, long receivedThere, long sentThere, long answeredNanos) {

  /** The least that is added to the own clock to get the other. */
  long least() {
    return sentThere - answeredNanos;
  }

  /** The most that is added to the own clock to get the other. */
  long most() {
    return receivedThere - sentNanos;
  }
}
