package dev.gatlingllm.faults;

/** What the proxy does to a connection. */
public enum Fault {
  /** Nobody listens for a while. */
  REFUSED,
  /** The connection is accepted and closed. */
  CLOSED_AT_ONCE,
  /** The connection is accepted and reset. */
  RESET_AT_ONCE,
  /** The connection is accepted, and nothing is read from it or written to it. */
  BLACK_HOLE,

  /** Both sides are closed in order. */
  CUT,
  /** The client's side is reset. */
  RESET,
  /** The receiver of this direction sees the end of it, the other direction goes on. */
  HALF_CLOSED,
  /** The next byte comes some milliseconds later. */
  DELAYED,
  /** The next bytes come one by one. */
  DRIPPED,
  /** Nothing is read for a while, which may be longer than a limit of the call. */
  PAUSED,
  /** Nothing is read any more until every call has given up. */
  DEAF,

  /** Interim answers come before the answer. */
  INTERIM,
  /** A GOAWAY frame comes between two others. */
  GOAWAY
}
