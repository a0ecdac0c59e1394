package dev.gatlingllm.provider.connection;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A resolved address, with what is left of the limit for connecting to it. The client's transport
 * tries the addresses of a name one after the other, each on its own channel, to which nothing but
 * the address passes that on.
 */
final class LimitedAddress extends InetSocketAddress {

  private static final long serialVersionUID = 1;

  private final transient Opening opening;

  LimitedAddress(InetAddress address, int port, Opening opening) {
    super(address, port);
    this.opening = opening;
  }

  Opening opening() {
    return opening;
  }
}
