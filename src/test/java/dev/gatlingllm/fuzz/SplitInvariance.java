package dev.gatlingllm.fuzz;

import dev.gatlingllm.provider.Transcript;

/** What must hold of the transcripts of one body in two cuts. */
final class SplitInvariance {

  private SplitInvariance() {}

  static void check(Transcript whole, Transcript cut) {
    if (!whole.breaches().isEmpty() || !cut.breaches().isEmpty()) {
      throw new AssertionError("broke the contract: " + whole.breaches() + cut.breaches());
    }
    if (!whole.texts().equals(cut.texts())) {
      throw new AssertionError("whole: " + whole.texts() + "\ncut: " + cut.texts());
    }
  }
}
