package dev.gatlingllm.provider.connection;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks up the addresses of a name. May block. */
@FunctionalInterface
public interface NameLookup {

  /** As the JDK does, with its cache and the machine's own rules. */
  NameLookup JDK = host -> List.of(InetAddress.getAllByName(host));

  /**
   * The addresses of a name, at least one.
   *
   * @throws UnknownHostException if it has none
   */
  List<InetAddress> addresses(String host) throws UnknownHostException;
}
