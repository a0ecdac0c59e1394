package dev.gatlingllm.simulator;

/** How a call ended, seen from the server. */
public enum Ending {
  /** Status 200, and everything that belongs to the answer was written. */
  ANSWERED,
  /** An error status. */
  REFUSED,
  /** A fault left the answer unfinished or spoilt it. */
  BROKEN,
  /** The client went away before the end. */
  ABANDONED
}
