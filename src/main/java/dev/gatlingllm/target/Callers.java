package dev.gatlingllm.target;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.provider.aws.BedrockHost;
import dev.gatlingllm.provider.aws.BedrockTokens;
import dev.gatlingllm.provider.aws.ConfiguredRegion;
import dev.gatlingllm.provider.aws.DefaultChain;
import dev.gatlingllm.provider.aws.SigV4;
import dev.gatlingllm.provider.azure.EntraTokens;
import dev.gatlingllm.provider.transport.Authorization;
import dev.gatlingllm.secret.Secret;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who calls, for a provider that reaches several clouds: a key, an identity of Entra ID, or one of
 * AWS. {@code authMethod} of the provider's section says it.
 */
final class Callers {

  /**
   * A service, by what decides who may call it.
   *
   * @param baseUrl its address
   * @param azure whether it is one of Azure's
   * @param variables the environment variables that may hold its key, the first one before the next
   */
  record Place(URI baseUrl, boolean azure, List<String> variables) {}

  /**
   * Who calls.
   *
   * @param authorization stands in for a key
   * @param check throws a {@link ConfigurationException} if this machine has no such identity
   */
  record Caller(Optional<Secret> key, Optional<Authorization> authorization, Runnable check) {}

  private static final String AUTO = "auto";
  private static final String KEY = "key";
  private static final String ENTRA = "entra";
  private static final String SIGV4 = "sigv4";
  private static final String TOKEN = "bedrock-token";
  private static final String NOBODY = "nobody";
  private static final List<String> METHODS = List.of(AUTO, KEY, ENTRA, SIGV4, TOKEN);
  private static final List<String> OF_AWS = List.of(SIGV4, TOKEN);

  private static final Pattern REGION = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)+");

  /** What a signature says itself. */
  private static final List<String> SIGNED =
      List.of("authorization", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token");

  private final String section;
  private final String mantlePath;
  private final Authorization entra = EntraTokens.ofEnvironment();
  private Optional<DefaultChain> chain = Optional.empty();

  /**
   * The callers of a provider.
   *
   * @param section of the settings, such as {@code llm.openai}
   * @param mantlePath where Bedrock's mantle endpoint has the provider's API
   */
  Callers(String section, String mantlePath) {
    this.section = section;
    this.mantlePath = mantlePath;
  }

  /**
   * The address that the settings give: that of Bedrock's mantle endpoint, if they name no other
   * but a region, or who calls Bedrock.
   */
  Optional<URI> address(Setup setup) {
    Optional<URI> given =
        setup.region().map(Setup.Region::address).or(() -> setup.settings().address(baseUrlKey()));
    return given.isEmpty() && (!regionSetting(setup).isEmpty() || OF_AWS.contains(method(setup)))
        ? Optional.of(BedrockHost.mantle(region(setup, Optional.empty()), mantlePath))
        : given;
  }

  private String baseUrlKey() {
    return section + ".baseUrl";
  }

  private String method(Setup setup) {
    return setup.settings().choice(section + ".authMethod", METHODS);
  }

  /** Who calls a place. Sends nothing and looks nothing up. */
  Caller caller(Setup setup, Place place) {
    String chosen = method(setup);
    Optional<Secret> key =
        chosen.equals(AUTO) || chosen.equals(KEY)
            ? setup.firstKey(place.variables())
            : Optional.empty();
    String method = chosen.equals(AUTO) ? automatic(key, place) : chosen;
    checkRegion(setup, place, method);
    checkHeaders(setup, method);
    return new Caller(
        key,
        authorization(setup, place, method),
        () -> check(setup, place, method, chosen.equals(AUTO), key.isPresent()));
  }

  private static String automatic(Optional<Secret> key, Place place) {
    if (key.isPresent()) {
      return KEY;
    }
    if (place.azure()) {
      return ENTRA;
    }
    return BedrockHost.of(place.baseUrl()).isPresent() ? SIGV4 : NOBODY;
  }

  private Optional<Authorization> authorization(Setup setup, Place place, String method) {
    return switch (method) {
      case ENTRA -> Optional.of(entra);
      case SIGV4 -> Optional.of(new SigV4(chain(), service(place), regionOf(setup, place)));
      case TOKEN -> Optional.of(new BedrockTokens(chain(), regionOf(setup, place)));
      default -> Optional.empty();
    };
  }

  private synchronized DefaultChain chain() {
    if (chain.isEmpty()) {
      chain = Optional.of(new DefaultChain(InstantSource.system()));
    }
    return chain.get();
  }

  private static String service(Place place) {
    return BedrockHost.of(place.baseUrl()).map(BedrockHost::service).orElse(BedrockHost.MANTLE);
  }

  private void check(Setup setup, Place place, String method, boolean automatic, boolean hasKey) {
    String service = baseUrlKey() + " = " + place.baseUrl();
    switch (method) {
      case ENTRA ->
          EntraIdentity.of(setup).require(setup.machine(), service, place.variables().get(0));
      case SIGV4, TOKEN -> AwsIdentity.of(setup).require(setup.machine(), service, automatic);
      case KEY -> checkKey(place, service, hasKey);
      default -> {}
    }
  }

  private void checkKey(Place place, String service, boolean present) {
    if (!present) {
      throw new ConfigurationException(
          "no key for "
              + service
              + ", which "
              + section
              + ".authMethod = key needs: set the environment variable "
              + String.join(" or ", place.variables()));
    }
  }

  /** The region that a signature for a place names. */
  String regionOf(Setup setup, Place place) {
    return region(setup, BedrockHost.of(place.baseUrl()).map(BedrockHost::region));
  }

  /** What the address says, else the settings, else AWS's own variables and profiles. */
  private String region(Setup setup, Optional<String> ofAddress) {
    return ofAddress
        .or(() -> Optional.of(regionSetting(setup)).filter(set -> !set.isEmpty()))
        .or(() -> setup.region().map(Setup.Region::name).filter(Callers::isRegion))
        .or(() -> ConfiguredRegion.find(setup.machine().environment()).filter(Callers::isRegion))
        .orElseThrow(
            () ->
                new ConfigurationException(
                    section
                        + ".region must be set to the region of Amazon Bedrock, such as us-east-1:"
                        + " neither the address nor AWS_REGION, AWS_DEFAULT_REGION or the profile"
                        + " says one"));
  }

  static boolean isRegion(String name) {
    return REGION.matcher(name).matches();
  }

  private String regionSetting(Setup setup) {
    String key = section + ".region";
    String region = setup.settings().text(key).strip();
    if (!region.isEmpty() && !isRegion(region)) {
      throw new ConfigurationException(
          key + " must be a region of AWS such as us-east-1, was " + region);
    }
    return region;
  }

  /** A region that nothing would use is a mistake. An entry of llm.regions has one of its own. */
  private void checkRegion(Setup setup, Place place, String method) {
    String region = regionSetting(setup);
    if (region.isEmpty() || setup.region().isPresent()) {
      return;
    }
    Optional<BedrockHost> host = BedrockHost.of(place.baseUrl());
    if (host.isEmpty() && !OF_AWS.contains(method)) {
      throw new ConfigurationException(
          section
              + ".region is that of Amazon Bedrock, but "
              + baseUrlKey()
              + " = "
              + place.baseUrl()
              + " is none of its hosts: leave it empty, or set "
              + section
              + ".authMethod = sigv4 or bedrock-token");
    }
    if (host.isPresent() && !host.get().region().equals(region)) {
      throw new ConfigurationException(
          section
              + ".region = "
              + region
              + " contradicts "
              + baseUrlKey()
              + " = "
              + place.baseUrl()
              + ": leave one of them empty");
    }
  }

  private static void checkHeaders(Setup setup, String method) {
    if (method.equals(SIGV4)) {
      setup.client().network().headers().values().keySet().stream()
          .filter(name -> SIGNED.stream().anyMatch(name::equalsIgnoreCase))
          .findFirst()
          .ifPresent(
              name -> {
                throw new ConfigurationException(
                    "llm.request.headers."
                        + name
                        + " cannot be set for requests that are signed (sigv4): the signature says"
                        + " this header itself");
              });
    }
  }
}
