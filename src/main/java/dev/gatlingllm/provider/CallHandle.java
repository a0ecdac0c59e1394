package dev.gatlingllm.provider;

/** A running attempt, seen from whoever may want to give it up. */
@FunctionalInterface
public interface CallHandle {

  /**
   * Gives the attempt up and releases its connection. Safe from any thread, any number of times and
   * after the end. A listener may still be told of one terminal event afterwards.
   */
  void cancel();
}
