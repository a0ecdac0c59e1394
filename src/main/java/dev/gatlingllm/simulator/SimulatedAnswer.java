package dev.gatlingllm.simulator;

/** The answer to a call that is being served. Confined to the call's event loop. */
interface SimulatedAnswer {

  void begin();

  /** The client has gone: nothing more is due. */
  void cancel();
}
