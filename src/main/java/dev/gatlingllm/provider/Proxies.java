package dev.gatlingllm.provider;

import dev.gatlingllm.secret.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The proxies of this machine, as the JVM's properties or else the environment name them:
 *
 * <ul>
 *   <li>{@code https.proxyHost}, {@code https.proxyPort}, {@code https.proxyUser}, {@code
 *       https.proxyPassword} for {@code https} addresses, the same with {@code http} for {@code
 *       http} addresses, and {@code http.nonProxyHosts};
 *   <li>{@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY}, also in
 *       lower case, with credentials in the address.
 * </ul>
 *
 * <p>This machine itself is always reached directly.
 */
public final class Proxies {

  /** Every address is reached directly. */
  public static final Proxies NONE = new Proxies(name -> null, new Properties());

  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private final UnaryOperator<String> environment;
  private final Properties properties;

  private Proxies(UnaryOperator<String> environment, Properties properties) {
    this.environment = environment;
    this.properties = properties;
  }

  /**
   * The proxies of an environment.
   *
   * @param environment the value of a variable, null if it is not set
   * @param properties those of the JVM
   */
  public static Proxies of(UnaryOperator<String> environment, Properties properties) {
    return new Proxies(environment, properties);
  }

  /**
   * The proxy on the way to an address; empty if there is none.
   *
   * @throws IllegalArgumentException if the variable or property that applies cannot be used; the
   *     message names it and shows no credential
   */
  public Optional<Proxy> of(URI address) {
    if (ServiceAddress.host(address).isEmpty() || ServiceAddress.isLoopback(address)) {
      return Optional.empty();
    }
    String scheme = address.getScheme().toLowerCase(Locale.ROOT);
    return property(scheme + ".proxyHost").isPresent()
        ? ofProperties(scheme, address)
        : ofEnvironment(scheme, address);
  }

  /** The rules for hosts that are reached directly although there is a proxy. */
  public NoProxyRules exceptions(String scheme) {
    return property(scheme + ".proxyHost").isPresent()
        ? NoProxyRules.ofProperty(property("http.nonProxyHosts").orElse(""))
        : NoProxyRules.ofVariable(variable("NO_PROXY").orElse(""));
  }

  private Optional<Proxy> ofProperties(String scheme, URI address) {
    if (exceptions(scheme).contains(address)) {
      return Optional.empty();
    }
    String key = scheme + ".proxyPort";
    int port =
        property(key)
            .map(text -> port(key, text))
            .orElse(scheme.equals("https") ? HTTPS_PORT : HTTP_PORT);
    return Optional.of(
        new Proxy(
            property(scheme + ".proxyHost").orElseThrow(),
            port,
            property(scheme + ".proxyUser"),
            property(scheme + ".proxyPassword").map(Secret::of)));
  }

  private static int port(String name, String text) {
    if (!text.matches("\\d{1,5}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > 65_535) {
      throw new IllegalArgumentException(name + " must be a port from 1 to 65535, was " + text);
    }
    return Integer.parseInt(text);
  }

  private Optional<Proxy> ofEnvironment(String scheme, URI address) {
    Optional<String> name =
        Stream.of(scheme.toUpperCase(Locale.ROOT) + "_PROXY", "ALL_PROXY")
            .filter(each -> variable(each).isPresent())
            .findFirst();
    return name.filter(each -> !exceptions(scheme).contains(address))
        .map(each -> parsed(each, variable(each).orElseThrow()));
  }

  /** Such as {@code http://user:password@host:3128}; the scheme may be left out. */
  private static Proxy parsed(String variable, String value) {
    try {
      URI uri = new URI(value.contains("://") ? value : "http://" + value);
      if (!"http".equalsIgnoreCase(uri.getScheme()) || ServiceAddress.host(uri).isEmpty()) {
        throw refused(variable);
      }
      List<String> identity = identity(uri.getRawUserInfo());
      return new Proxy(
          ServiceAddress.host(uri).orElseThrow(),
          port("the port in " + variable, "" + ServiceAddress.port(uri)),
          identity.stream().findFirst(),
          identity.stream().skip(1).findFirst().map(Secret::of));
    } catch (URISyntaxException ignored) {
      // Its message quotes the whole address, with the credentials.
      throw refused(variable);
    }
  }

  private static IllegalArgumentException refused(String variable) {
    return new IllegalArgumentException(
        variable
            + " must be the address of an HTTP proxy such as http://host:3128 or"
            + " http://user:password@host:3128 (the value is not shown)");
  }

  private static List<String> identity(String userInfo) {
    List<String> parts = new ArrayList<>();
    if (userInfo != null && !userInfo.isEmpty()) {
      for (String part : userInfo.split(":", 2)) {
        parts.add(decoded(part));
      }
    }
    return parts;
  }

  private static String decoded(String part) {
    // A plus is a plus here, unlike in a form.
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private Optional<String> variable(String name) {
    return Stream.of(name.toLowerCase(Locale.ROOT), name)
        .map(environment)
        .filter(value -> value != null && !value.isBlank())
        .map(String::strip)
        .findFirst();
  }

  private Optional<String> property(String name) {
    return Optional.ofNullable(properties.getProperty(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  /** Shows nothing: an address may hold a password. */
  @Override
  public String toString() {
    return "Proxies";
  }
}
