package dev.gatlingllm.simulator.wire;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Optional;

/**
 * An API that the simulator speaks: where it is found, how its requests are read and, by the format
 * in what is read, how they are answered. Safe for use by many threads.
 */
interface WireApi {

  /**
   * The address that a request target has in this API; empty if it belongs to another.
   *
   * @param accept the {@code Accept} header, or nothing
   */
  Optional<Address> address(QueryStringDecoder target, String accept);

  /**
   * Reads the body of a request to one of this API's addresses.
   *
   * @throws InvalidRequestException if it cannot be served
   */
  CallRequest read(Address address, RequestBody body) throws InvalidRequestException;

  /** A deployment or model id in a path, decoded. */
  static String decoded(String component) {
    return QueryStringDecoder.decodeComponent(component.replace("+", "%2B"));
  }
}
