package dev.gatlingllm.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/**
 * The answer to one call as bytes. Made for one call, whose constant parts it prepares; confined to
 * the call's event loop. Texts are UTF-8 without anything that JSON would escape.
 */
interface WireFormat {

  /** Content type of the stream. */
  String streamType();

  /** The events before the first chunk. */
  ByteBuf opening(ByteBufAllocator alloc);

  /** One event with model output. */
  ByteBuf chunk(ByteBufAllocator alloc, boolean reasoning, byte[] text);

  /** The events after the last chunk. */
  ByteBuf closing(ByteBufAllocator alloc, Tail tail);

  /** An event that says that the model failed. */
  ByteBuf errorEvent(ByteBufAllocator alloc);

  /** An event with model output that cannot be decoded. */
  ByteBuf malformedEvent(ByteBufAllocator alloc);

  /** Something that every reader skips; nothing where the format has no such thing. */
  default ByteBuf keepAlive(ByteBufAllocator alloc) {
    return Unpooled.EMPTY_BUFFER;
  }

  /** The answer in one piece of JSON. */
  byte[] whole(byte[] reasoning, byte[] content, Tail tail);

  /** The format of a call's answer. */
  static WireFormat of(Api api, CallRequest request, String requestId) {
    return switch (api) {
      case AZURE_OPENAI, OPENAI -> new ChatCompletionsFormat(api, request, requestId);
      case BEDROCK -> new ConverseFormat();
      case ORCHESTRATOR -> new OrchestratorFormat(request.question(), requestId);
    };
  }
}
