package dev.gatlingllm.together;

/** Waits; a test passes one that does not. */
@FunctionalInterface
interface Sleep {

  /** That of the thread. */
  Sleep OF_THREAD = Thread::sleep;

  void millis(long millis) throws InterruptedException;
}
