package dev.gatlingllm.provider;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules for an address that a key is sent to. */
public final class ServiceAddress {

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");

  /** Names of containers may have an underscore, which {@link URI#getHost} does not know. */
  private static final Pattern NAME_AND_PORT =
      Pattern.compile("([A-Za-z0-9_][A-Za-z0-9._-]*)(?::(\\d{1,5})?)?");

  /** A port of one digit, or a colon without one, and all before it. */
  private static final Pattern SHORT_PORT =
      Pattern.compile("^([A-Za-z]+://[^/?#]*):(\\d?)(?=[/?#]|$)");

  private static final int HIGHEST_PORT = 65_535;

  private ServiceAddress() {}

  /**
   * The host of an address, with the brackets of an IPv6 address; a name may have underscores, as
   * containers have them. Empty if there is none.
   */
  public static Optional<String> host(URI address) {
    return address.getHost() != null
        ? Optional.of(address.getHost())
        : named(address).map(name -> name.group(1));
  }

  /** The port of an address; if it names none, that of its scheme. */
  public static int port(URI address) {
    if (address.getPort() >= 0) {
      return address.getPort();
    }
    return named(address)
        .map(name -> name.group(2))
        .map(Integer::parseInt)
        .orElse("https".equalsIgnoreCase(address.getScheme()) ? HTTPS : HTTP);
  }

  /** Whether a port is named that there can be, or none. */
  public static boolean hasPossiblePort(URI address) {
    int port = port(address);
    return port > 0 && port <= HIGHEST_PORT;
  }

  /**
   * The same address for Reactor Netty, which takes a port of one digit, or a colon without a port,
   * for a part of the host's name.
   */
  public static String forNetty(String url) {
    Matcher port = SHORT_PORT.matcher(url);
    if (!port.find()) {
      return url;
    }
    String padded = port.group(2).isEmpty() ? "" : ":0" + port.group(2);
    return port.group(1) + padded + url.substring(port.end());
  }

  private static Optional<Matcher> named(URI address) {
    return Optional.ofNullable(address.getHost() == null ? address.getRawAuthority() : null)
        .map(NAME_AND_PORT::matcher)
        .filter(Matcher::matches);
  }

  /**
   * Checks an address and takes trailing slashes off its path.
   *
   * @param key the setting the address came from, named when it is refused
   * @param plainHttp whether it may be {@code http} on another machine
   * @throws IllegalArgumentException unless the address is {@code https}, or {@code http} where
   *     that is allowed, without user info, query and fragment
   */
  public static URI check(String key, URI address, PlainHttp plainHttp) {
    String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
    if (host(address).isEmpty() || !(scheme.equals("https") || scheme.equals("http"))) {
      throw refused(key, address, "an https address, or http on a loopback host", "");
    }
    if (scheme.equals("http") && !isLoopback(address) && !plainHttp.allowed()) {
      throw refused(
          key,
          address,
          "an https address, or http on a loopback host, while a key goes with the calls",
          "; to send the key in plain text, set " + plainHttp.key() + " = allow");
    }
    if (address.getRawUserInfo() != null
        || address.getRawQuery() != null
        || address.getRawFragment() != null) {
      throw refused(key, address, "an address without user info, query and fragment", "");
    }
    return URI.create(address.toString().replaceAll("/+$", ""));
  }

  /** As the other method, for an address that a key always goes to. */
  public static URI check(String key, URI address) {
    boolean plain = "http".equalsIgnoreCase(address.getScheme());
    if (plain && host(address).isPresent() && !isLoopback(address)) {
      throw refused(key, address, "an https address, or http on a loopback host", "");
    }
    return check(key, address, new PlainHttp(key, true));
  }

  /**
   * Whether an address of another machine may do without TLS.
   *
   * @param key the setting that allows it
   * @param allowed whether it does, or there is no key that could be read on the way
   */
  public record PlainHttp(String key, boolean allowed) {}

  /**
   * Refuses an address of another machine.
   *
   * @throws IllegalArgumentException naming {@code key}
   */
  public static void checkLoopback(String key, URI address) {
    if (!isLoopback(address)) {
      throw refused(key, address, "an address on a loopback host", "");
    }
  }

  /** Whether the address points to this machine: localhost, 127.0.0.0/8 or ::1. */
  public static boolean isLoopback(URI address) {
    return host(address)
        .filter(host -> LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches())
        .isPresent();
  }

  // The message leaves out everything that may hold a secret: user info, query and fragment.
  private static IllegalArgumentException refused(
      String key, URI address, String accepted, String advice) {
    String shown = address.getScheme() + "://" + host(address).orElse("");
    return new IllegalArgumentException(key + " must be " + accepted + ", was " + shown + advice);
  }
}
