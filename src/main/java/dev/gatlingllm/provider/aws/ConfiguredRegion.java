package dev.gatlingllm.provider.aws;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.profiles.ProfileProperty;

/** The region that is set outside of this program, where all of AWS's tools look for one. */
public final class ConfiguredRegion {

  private ConfiguredRegion() {}

  /**
   * The region of the property {@code aws.region}, of {@code AWS_REGION}, of {@code
   * AWS_DEFAULT_REGION} or of the profile. Reads the profile's files.
   *
   * @param environment looks up an environment variable; null if it is not set
   */
  public static Optional<String> find(Function<String, String> environment) {
    return Stream.of(
            System.getProperty("aws.region"),
            environment.apply("AWS_REGION"),
            environment.apply("AWS_DEFAULT_REGION"))
        .filter(value -> value != null && !value.isBlank())
        .map(String::strip)
        .findFirst()
        .or(ConfiguredRegion::ofProfile);
  }

  private static Optional<String> ofProfile() {
    String name = ProfileFileSystemSetting.AWS_PROFILE.getStringValue().orElse("default");
    return profile(name)
        .flatMap(found -> found.property(ProfileProperty.REGION))
        .map(String::strip)
        .filter(region -> !region.isEmpty());
  }

  private static Optional<Profile> profile(String name) {
    try {
      return ProfileFile.defaultProfileFile().profile(name);
    } catch (RuntimeException unreadable) {
      // Whoever needs credentials of it will say so.
      return Optional.empty();
    }
  }
}
