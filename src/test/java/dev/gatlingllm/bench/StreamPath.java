package dev.gatlingllm.bench;

import java.net.URI;
import java.util.function.Consumer;

/** One way to read a streamed answer, of those that are compared. */
interface StreamPath extends AutoCloseable {

  /**
   * Starts a call and returns at once.
   *
   * @param onEnd told what was seen, on any thread; also if the call failed
   */
  void stream(String prompt, int tokens, Consumer<CallStamps> onEnd);

  @Override
  void close();

  /** The path of this name to a simulated endpoint. */
  static StreamPath of(String name, URI endpoint) {
    return switch (name) {
      case "netty" -> new RawNettyPath(endpoint);
      case "azure-openai", "openai", "anthropic", "bedrock", "bedrock-http1" ->
          new OurPath(name, endpoint);
      case "stock azure-openai" -> new StockAzurePath(endpoint);
      case "stock bedrock" -> new StockBedrockPath(endpoint);
      default -> throw new IllegalArgumentException("unknown path " + name);
    };
  }
}
