package dev.gatlingllm.provider;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** The rules for an address that a key is sent to. */
public final class ServiceAddress {

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");

  private ServiceAddress() {}

  /**
   * Checks an address and takes trailing slashes off its path.
   *
   * @param key the setting the address came from, named when it is refused
   * @throws IllegalArgumentException unless the address is {@code https}, or {@code http} on a
   *     loopback host, without user info, query and fragment
   */
  public static URI check(String key, URI address) {
    String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
    boolean plainLoopback = scheme.equals("http") && isLoopback(address);
    if (address.getHost() == null || !(scheme.equals("https") || plainLoopback)) {
      throw refused(key, address, "an https address, or http on a loopback host");
    }
    if (address.getRawUserInfo() != null
        || address.getRawQuery() != null
        || address.getRawFragment() != null) {
      throw refused(key, address, "an address without user info, query and fragment");
    }
    return URI.create(address.toString().replaceAll("/+$", ""));
  }

  /**
   * Refuses an address of another machine.
   *
   * @throws IllegalArgumentException naming {@code key}
   */
  public static void checkLoopback(String key, URI address) {
    if (!isLoopback(address)) {
      throw refused(key, address, "an address on a loopback host");
    }
  }

  /** Whether the address points to this machine: localhost, 127.0.0.0/8 or ::1. */
  public static boolean isLoopback(URI address) {
    String host = address.getHost();
    return host != null && LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  // The message leaves out everything that may hold a secret: user info, query and fragment.
  private static IllegalArgumentException refused(String key, URI address, String accepted) {
    String shown = address.getScheme() + "://" + address.getHost();
    return new IllegalArgumentException(key + " must be " + accepted + ", was " + shown);
  }
}
