package dev.gatlingllm.provider.connection;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A resolved address that carries what is left of the connect limit. The transport tries the
 * addresses of a name in turn, each on a channel of its own, and hands that channel only the
 * address.
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
