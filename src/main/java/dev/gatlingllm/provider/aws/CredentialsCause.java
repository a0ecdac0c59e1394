package dev.gatlingllm.provider.aws;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Finds out why the SDK's default chain gave no credentials. The chain's own message is a list of
 * all providers, those that nobody set up among them, and hides the one cause; so the provider that
 * was set up is asked once more. Reads files and may ask a service, so not for an event loop.
 */
final class CredentialsCause {

  private static final int LONGEST = 330;
  private static final String DEFAULT_PROFILE = "default";
  private static final String START = "no AWS credentials from ";
  private static final String NONE =
      "no AWS credentials: set AWS_BEARER_TOKEN_BEDROCK to a Bedrock API key, or"
          + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or run with a container or"
          + " instance role";

  private CredentialsCause() {}

  /** The reason in words, ending with the root cause. */
  static String text() {
    boolean id = set(SdkSystemSetting.AWS_ACCESS_KEY_ID);
    if (id != set(SdkSystemSetting.AWS_SECRET_ACCESS_KEY)) {
      return id
          ? "no AWS credentials: AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY"
          : "no AWS credentials: AWS_SECRET_ACCESS_KEY is set without AWS_ACCESS_KEY_ID";
    }
    if (set(SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE)) {
      return because(
          "the web identity of AWS_WEB_IDENTITY_TOKEN_FILE",
          WebIdentityTokenFileCredentialsProvider.create());
    }
    // Where nobody chose one, the SDK says "default", too.
    String profile = ProfileFileSystemSetting.AWS_PROFILE.getStringValue().orElse(DEFAULT_PROFILE);
    boolean chosen = !profile.equals(DEFAULT_PROFILE);
    if (chosen || profileExists(profile)) {
      return ofProfile(profile, chosen);
    }
    if (set(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI)
        || set(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI)) {
      return because("the role of the container", ContainerCredentialsProvider.create());
    }
    return NONE;
  }

  private static String ofProfile(String name, boolean chosen) {
    String profile = "the profile " + name + (chosen ? " (AWS_PROFILE)" : "");
    return profileExists(name)
        ? because(profile, ProfileCredentialsProvider.create(name))
        : START
            + profile
            + ": it is in neither AWS_CONFIG_FILE (~/.aws/config) nor AWS_SHARED_CREDENTIALS_FILE"
            + " (~/.aws/credentials)";
  }

  private static boolean set(SdkSystemSetting setting) {
    return setting.getStringValue().filter(text -> !text.isBlank()).isPresent();
  }

  private static boolean profileExists(String name) {
    try {
      return ProfileFile.defaultProfileFile().profile(name).isPresent();
    } catch (RuntimeException unreadable) {
      // The profile's provider says what is wrong with the file.
      return true;
    }
  }

  private static String because(String who, AwsCredentialsProvider provider) {
    String start = START + who;
    try {
      var unused = provider.resolveCredentials();
      return start + " at first, though they are there now";
    } catch (RuntimeException cause) {
      return start + ": " + causes(cause);
    } finally {
      if (provider instanceof SdkAutoCloseable closeable) {
        closeable.close();
      }
    }
  }

  /** The messages from the outermost to the root; if they are long, the outer ones are cut. */
  static String causes(Throwable thrown) {
    Set<String> messages = new LinkedHashSet<>();
    for (Throwable at = thrown; at != null; at = at.getCause() == at ? null : at.getCause()) {
      if (at.getCause() == null || !at.getCause().toString().equals(at.getMessage())) {
        messages.add(message(at));
      }
    }
    String all = String.join("; ", messages);
    return all.length() <= LONGEST ? all : "…" + all.substring(all.length() - LONGEST + 1);
  }

  /**
   * Without the dump of the profile file that the SDK appends; of network errors with the class.
   */
  private static String message(Throwable thrown) {
    String name = thrown.getClass().getSimpleName();
    String text = thrown.getMessage() == null ? "" : thrown.getMessage().strip();
    String said =
        text.replaceFirst("(?s): ProfileFile\\(.*", "")
            .replaceFirst("(?s) in the chain .*", "; set AWS_REGION");
    // A reader of JSON quotes what it read, which is a key.
    if (said.isEmpty() || name.startsWith("Json")) {
      return name;
    }
    return thrown instanceof IOException ? name + ": " + said : said;
  }
}
