package dev.gatlingllm.provider.bedrock;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;

/**
 * An address of Bedrock that is set outside of this program, where all of AWS's tools look for one
 * (AWS SDKs and Tools Reference Guide, service-specific endpoints).
 *
 * @param source the variable or the profile that has it
 * @param address where calls go
 */
public record ConfiguredEndpoint(String source, URI address) {

  private static final String IGNORE = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";

  /** System properties and variables, those of the service before those of all services. */
  private static final List<List<String>> SOURCES =
      List.of(
          List.of("aws.endpointUrlBedrockRuntime", "AWS_ENDPOINT_URL_BEDROCK_RUNTIME"),
          List.of("aws.endpointUrl", "AWS_ENDPOINT_URL"));

  /**
   * The address, if there is one. Reads the profile's files.
   *
   * @param environment looks up an environment variable; null if it is not set
   * @throws IllegalArgumentException naming the source, if its value is no address
   */
  public static Optional<ConfiguredEndpoint> find(Function<String, String> environment) {
    if ("true".equalsIgnoreCase(environment.apply(IGNORE))) {
      return Optional.empty();
    }
    return SOURCES.stream()
        .flatMap(names -> first(names.get(0), names.get(1), environment).stream())
        .findFirst()
        .or(ConfiguredEndpoint::ofProfile);
  }

  private static Optional<ConfiguredEndpoint> first(
      String property, String variable, Function<String, String> environment) {
    return Stream.of(
            of(property, System.getProperty(property)), of(variable, environment.apply(variable)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<ConfiguredEndpoint> of(String source, String value) {
    if (value == null || value.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ConfiguredEndpoint(source, URI.create(value.strip())));
    } catch (IllegalArgumentException ignored) {
      // Its message quotes the value, which may hold a password.
      throw new IllegalArgumentException(source + " must be an address, and is none");
    }
  }

  private static Optional<ConfiguredEndpoint> ofProfile() {
    ProfileFile file = profiles();
    String name = ProfileFileSystemSetting.AWS_PROFILE.getStringValue().orElse("default");
    return file.profile(name)
        .filter(
            profile -> !profile.booleanProperty("ignore_configured_endpoint_urls").orElse(false))
        .flatMap(
            profile ->
                ofServices(file, profile)
                    .or(() -> profile.property("endpoint_url"))
                    .flatMap(value -> of("endpoint_url of the profile " + name, value)));
  }

  private static Optional<String> ofServices(ProfileFile file, Profile profile) {
    return profile
        .property("services")
        .flatMap(section -> file.getSection("services", section))
        .flatMap(services -> services.property("bedrock_runtime.endpoint_url"));
  }

  private static ProfileFile profiles() {
    try {
      return ProfileFile.defaultProfileFile();
    } catch (RuntimeException unreadable) {
      // Whoever needs credentials of it will say so.
      return ProfileFile.aggregator().build();
    }
  }
}
