package dev.gatlingllm.run;

/**
 * What follows the end of a call: its record, and its user's next step. Safe for use by many
 * threads.
 */
public interface CallEnd {

  /** Keeps the record of a call that has ended, from what is known, unless that was done. */
  void recordNow();

  /**
   * Gives up on code that should have finished with an ended call this long ago, such as a
   * tokenizer that hangs: the call becomes a crashed one, and its user is to go on.
   *
   * @return whether the call was given up
   */
  boolean endIfStuck(long graceNanos);

  /** Whether the user has gone on. */
  boolean isOver();
}
