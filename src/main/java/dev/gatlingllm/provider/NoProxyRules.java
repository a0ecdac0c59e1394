package dev.gatlingllm.provider;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Hosts that are reached without the proxy. No name is looked up for it.
 *
 * @param names regular expressions of hosts, in lower case, each with the port it is limited to
 * @param networks ranges of addresses
 */
public record NoProxyRules(List<Name> names, List<Network> networks) {

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*");

  /** A host or a group of hosts. */
  public record Name(String regex, Optional<Integer> port) {}

  /** Addresses whose first bits are these. */
  public record Network(InetAddress address, int bits) {

    boolean contains(InetAddress other) {
      byte[] mine = address.getAddress();
      byte[] theirs = other.getAddress();
      int free = mine.length * 8 - bits;
      return mine.length == theirs.length
          && new BigInteger(1, mine)
              .shiftRight(free)
              .equals(new BigInteger(1, theirs).shiftRight(free));
    }
  }

  /** {@code http.nonProxyHosts}: names between bars, a star at the beginning or end. */
  static NoProxyRules ofProperty(String value) {
    return new NoProxyRules(
        entries(value, "\\|").map(entry -> new Name(glob(entry), Optional.empty())).toList(),
        List.of());
  }

  /**
   * {@code NO_PROXY}: names between commas or spaces, each with all names below it; addresses,
   * ranges such as {@code 10.0.0.0/8}, a port behind a colon, or a star for everything.
   */
  static NoProxyRules ofVariable(String value) {
    return new NoProxyRules(
        entries(value, "[,\\s]+")
            .filter(entry -> !entry.contains("/"))
            .map(NoProxyRules::name)
            .toList(),
        entries(value, "[,\\s]+")
            .filter(entry -> entry.contains("/"))
            .flatMap(entry -> network(entry).stream())
            .toList());
  }

  private static Stream<String> entries(String value, String separator) {
    return Arrays.stream(value.split(separator))
        .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
        .filter(entry -> !entry.isEmpty());
  }

  private static String glob(String entry) {
    return Arrays.stream(entry.split("\\*", -1))
        .map(Pattern::quote)
        .reduce((left, right) -> left + ".*" + right)
        .orElse("");
  }

  private static Name name(String entry) {
    if (entry.equals("*")) {
      return new Name(".*", Optional.empty());
    }
    if (ADDRESS.matcher(entry).matches() && entry.chars().filter(c -> c == ':').count() != 1) {
      return new Name(Pattern.quote(entry), Optional.empty());
    }
    int colon = entry.lastIndexOf(':');
    boolean port = colon > 0 && entry.substring(colon + 1).matches("\\d{1,5}");
    String host = (port ? entry.substring(0, colon) : entry).replaceFirst("^\\*?\\.", "");
    return new Name(
        "(.*\\.)?" + Pattern.quote(host.replaceAll("[\\[\\]]", "")),
        port ? Optional.of(Integer.valueOf(entry.substring(colon + 1))) : Optional.empty());
  }

  private static Optional<Network> network(String entry) {
    String[] parts = entry.split("/", 2);
    if (!ADDRESS.matcher(parts[0]).matches() || !parts[1].matches("\\d{1,3}")) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(parts[1]);
    return address(parts[0])
        .filter(address -> bits <= address.getAddress().length * 8)
        .map(address -> new Network(address, bits));
  }

  /** Of a host that is an address: no look-up. */
  private static Optional<InetAddress> address(String host) {
    if (!ADDRESS.matcher(host).matches() || !host.matches(".*[.:].*")) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(host));
    } catch (UnknownHostException ignored) {
      // Digits and dots that are no address: no rule either.
      return Optional.empty();
    }
  }

  /** The names without a port of their own, as regular expressions. */
  public Set<String> hosts() {
    return names.stream()
        .filter(name -> name.port().isEmpty())
        .map(Name::regex)
        .collect(Collectors.toSet());
  }

  /** Whether an address is reached without the proxy. */
  public boolean contains(URI address) {
    String host =
        ServiceAddress.host(address)
            .map(name -> name.toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", ""))
            .orElse("");
    int port = ServiceAddress.port(address);
    return names.stream()
            .anyMatch(
                name ->
                    name.port().map(only -> only == port).orElse(true)
                        && Pattern.matches(name.regex(), host))
        || address(host)
            .filter(one -> networks.stream().anyMatch(network -> network.contains(one)))
            .isPresent();
  }
}
