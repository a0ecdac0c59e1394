package dev.gatlingllm.target;

import dev.gatlingllm.config.ConfigReader;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.secret.Secret;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a module makes its service of.
 *
 * @param settings reads the provider's section
 * @param client what the clients of all services have in common
 * @param machine the keys and identities of this machine
 * @param region whose service it is; empty for that of the provider's own section
 */
record Setup(
    ConfigReader settings,
    ClientSettings client,
    CredentialTraces machine,
    Optional<Region> region) {

  /** An entry of {@code llm.regions}, or a target that has an address of its own. */
  record Region(String name, URI address) {}

  Setup in(Region one) {
    return new Setup(settings, client, machine, Optional.of(one));
  }

  /** The value of a key that must be set. */
  String required(String key) {
    String value = settings.text(key).strip();
    if (value.isEmpty()) {
      throw missing(key);
    }
    return value;
  }

  /** The address of the region, else that of a key that must be set. */
  URI address(String key) {
    return region
        .map(Region::address)
        .or(() -> settings.address(key))
        .orElseThrow(() -> missing(key));
  }

  /** What to throw where a key must be set. */
  ConfigurationException missing(String key) {
    return new ConfigurationException(
        key + " must be set for llm.provider = " + settings.text("llm.provider"));
  }

  /** The client's settings; a key of the provider says whether a secret may go without TLS. */
  ClientSettings client(String plainHttpKey) {
    boolean allowed = settings.choice(plainHttpKey, List.of("auto", "allow")).equals("allow");
    return client.with(client.network().withPlainHttp(allowed));
  }

  /** Whether a default credential chain is searched without a trace of an identity. */
  boolean searchesChain(String key) {
    return settings.choice(key, List.of("auto", "chain")).equals("chain");
  }

  /** The key in an environment variable, or in that of the region: {@code NAME_REGION}. */
  Optional<Secret> key(String variable) {
    return region
        .map(one -> variable + "_" + suffix(one.name()))
        .flatMap(machine::key)
        .or(() -> machine.key(variable));
  }

  /** The key in the first of these variables that holds one. */
  Optional<Secret> firstKey(List<String> variables) {
    return variables.stream().flatMap(name -> key(name).stream()).findFirst();
  }

  private static String suffix(String region) {
    return region.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
