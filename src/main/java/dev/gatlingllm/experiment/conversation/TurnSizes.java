package dev.gatlingllm.experiment.conversation;

/** How many tokens a turn of a made-up session has. Safe for use by many threads. */
interface TurnSizes {

  /** The size of a turn's question; turns are numbered from 0. */
  int question(long session, int turn);

  /** Upper bound of the answer to it. */
  int answer(long session, int turn);
}
