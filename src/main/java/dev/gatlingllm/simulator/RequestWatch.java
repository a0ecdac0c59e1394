package dev.gatlingllm.simulator;

import io.netty.buffer.ByteBuf;

/** Observer of requests: called for each complete request before it is handled. */
@FunctionalInterface
interface RequestWatch {

  /** Ignores them. */
  RequestWatch NONE = (requestId, body) -> {};

  /**
   * A request came, on its event loop.
   *
   * @param requestId what its answer will say
   * @param body valid until this returns
   */
  void received(String requestId, ByteBuf body);
}
