package dev.gatlingllm.provider.connection;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * An address that was looked up, with what is left to connect to it. The client's transport tries
 * the addresses of a name one after the other, each on a channel of its own that knows nothing of
 * the look-up and of the others but their address.
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
