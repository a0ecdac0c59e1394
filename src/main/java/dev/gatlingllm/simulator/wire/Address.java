package dev.gatlingllm.simulator.wire;

import java.io.InputStream;
import java.util.OptionalInt;

/**
 * What the address of a request says.
 *
 * @param api the API it belongs to
 * @param service the service it is meant for
 * @param model deployment or model id, decoded; empty if the address has none
 * @param streaming whether the address asks for a stream; always false where the body says so
 */
public record Address(WireApi api, SimulatedService service, String model, boolean streaming) {

  /**
   * Reads the body of a request to this address and counts its tokens. Takes milliseconds for long
   * prompts, so it does not belong on an event loop.
   *
   * @param cacheMinTokens the smallest prefix that a prompt cache keeps; empty if there is no cache
   * @param stored the conversations that the service keeps
   * @throws InvalidRequestException if it cannot be served
   */
  public CallRequest read(InputStream body, OptionalInt cacheMinTokens, StoredResponses stored)
      throws InvalidRequestException {
    return api.read(this, RequestBody.parse(body, cacheMinTokens, stored));
  }
}
