package dev.gatlingllm.simulator;

import io.netty.buffer.ByteBuf;

/** Hears of each request that came in complete, before anything is done with it. */
@FunctionalInterface
interface RequestWatch {

  /** Nobody wants to know. */
  RequestWatch NONE = (requestId, body) -> {};

  /**
   * A request came, on its event loop.
   *
   * @param requestId what its answer will say
   * @param body valid until this returns
   */
  void received(String requestId, ByteBuf body);
}
