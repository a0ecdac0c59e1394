package dev.gatlingllm.report.live;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;

/**
 * What a browser may call this server. A page of another site that has its own name resolve to this
 * machine (DNS rebinding) sends that name, and is refused.
 *
 * @param bound where the server listens
 */
record KnownHosts(InetSocketAddress bound) {

  private static final int HTTP = 80;

  /** Whether a request with this {@code Host} header is answered. */
  boolean accept(String header) {
    if (header == null) {
      return false;
    }
    String host = header.strip().toLowerCase(Locale.ROOT);
    int colon = host.lastIndexOf(':');
    boolean hasPort = colon > host.lastIndexOf(']');
    String port = hasPort ? host.substring(colon + 1) : String.valueOf(HTTP);
    String name = hasPort ? host.substring(0, colon) : host;
    return port.equals(String.valueOf(bound.getPort())) && isKnown(name);
  }

  private boolean isKnown(String name) {
    String address = name.startsWith("[") && name.endsWith("]") ? inner(name) : name;
    InetAddress known = NetUtil.createInetAddressFromIpAddressString(address);
    // No name of a site is an address, so rebinding cannot lead to one.
    return name.equals("localhost")
        || (known != null
            && (known.isLoopbackAddress() || !bound.getAddress().isLoopbackAddress()));
  }

  private static String inner(String bracketed) {
    return bracketed.substring(1, bracketed.length() - 1);
  }
}
